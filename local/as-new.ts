/** What an inspector reports to the API of goods as good as new. */
export const asNew = {
  packaging: 'sealed',
  cosmetic: 'pristine',
  function: 'works',
  completeness: 'complete',
  expiry: 'not_applicable',
  contamination: 'none',
} as const;
