import type { CertifiedTerms } from './events.ts';

/** What a certified disposal waits for where nothing else was agreed: starting points, to be replaced by a merchant's own. */
export const defaultCertifiedTerms: CertifiedTerms = {
  handoverWithin: 'P14D',
  certificateWithin: 'P30D',
  reminders: ['P20D', 'P27D'],
  massBasisPoints: 0,
  weightBasisPoints: 200,
};
