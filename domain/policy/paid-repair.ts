import type { Duration } from '../time/duration.ts';
import type { AmountByCurrency } from './policy.ts';

/** How goods are mended that no warranty covers: for what their owner agrees to pay. Amounts are net of tax. */
export type PaidRepairTerms = {
  /** How long an owner has to answer a quote; who doesn't gets the goods back as they came. */
  readonly quoteValidFor: Duration;
  /** When the owner is reminded of it, each counted from the quote. */
  readonly reminders: readonly Duration[];
  /** What an owner owes for an item that was looked at, and then isn't to be mended; absent: nothing. */
  readonly diagnosisFee?: AmountByCurrency;
  /** What mending a unit costs, by category; of what isn't named a person writes each quote. */
  readonly prices?: Readonly<Record<string, AmountByCurrency>>;
  /** For how many calendar months what was mended so is covered, from when it is back. Absent: no longer than it was. */
  readonly coverMonths?: number;
};
