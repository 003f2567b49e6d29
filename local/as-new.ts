/** What an inspector reports of goods as good as new. */
export const asNew = {
  packaging: 'sealed',
  cosmetic: 'pristine',
  function: 'works',
  completeness: 'complete',
  expiry: 'not_applicable',
  contamination: 'none',
} as const;
