import type { Grade } from '../goods/grading.ts';
import type { Duration } from '../time/duration.ts';

/**
 * What was agreed with a borrower. Amounts are minor units of the loan's currency, net: tax on them is on the shop's own invoice.
 * Days of fees are started days of 24 hours.
 */
export type LoanTerms = {
  /** How long before the end the borrower is reminded, and how long after it of what is still out. */
  readonly reminders: readonly Duration[];
  readonly overdueReminders: readonly Duration[];
  /** What comes back within this after the end costs nothing; later, all days since the end count. */
  readonly grace: Duration;
  /** A unit a day. */
  readonly overdueFee: number;
  /** The most that a unit's overdue fees come to; null: its price of replacement. */
  readonly overdueCap: number | null;
  /** What a unit is worth less in each grade, of its price of replacement; the difference is charged. */
  readonly damageBasisPoints: Readonly<Record<Grade, number>>;
  /** So much of the price of replacement is wear that nobody pays for. */
  readonly wearBasisPoints: number;
  /** What is still out so long after the end counts as lost. */
  readonly lostAfter: Duration;
  /** Longer by so much in all is agreed by itself, while the term runs, for so much a unit a day; null: a person decides each time. */
  readonly extension: { readonly upTo: Duration; readonly feePerDay: number } | null;
};

/** Starting points, to be replaced by a merchant's own: without fees, as no amount is right in every currency. */
export const defaultLoanTerms: LoanTerms = {
  reminders: ['P7D', 'P1D'],
  overdueReminders: ['P1D', 'P7D', 'P14D'],
  grace: 'P1D',
  overdueFee: 0,
  overdueCap: null,
  damageBasisPoints: { A: 0, B: 1000, C: 4000, D: 10_000 },
  wearBasisPoints: 500,
  lostAfter: 'P30D',
  extension: null,
};
