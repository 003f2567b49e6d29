import type { PaidRepairTerms } from '../policy/paid-repair.ts';
import type { LineRules } from '../policy/rules-for.ts';
import { windowOf } from '../policy/window.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Instant } from '../time/duration.ts';
import { monthsAfter } from '../time/months.ts';
import type { OrderLineFacts } from './order.ts';

/** For how long a policy stands for what was sold, in calendar months. */
export type WarrantyTerms = {
  /** From delivery. */
  readonly months: number;
  readonly byCategory: Readonly<Record<string, number>>;
  /** What goods that replace others under the warranty have at least, from when they were shipped. */
  readonly replacementMonths: number;
  /**
   * By how much the time of a unit gets longer with its first repair (Directive (EU) 2019/771, Art. 10(2a), by Directive (EU)
   * 2024/1799). Absent: not at all.
   */
  readonly repairMonths?: number;
  /** What a repair may cost, as basis points of what the goods were sold for net of tax. Absent: a person says it each time. */
  readonly repairBasisPoints?: number;
  /** How what isn't covered is mended against payment. Absent: it isn't, and is barred. */
  readonly paidRepair?: PaidRepairTerms;
};

/** The terms for goods of one category. */
export type WarrantyTerm = Omit<WarrantyTerms, 'byCategory'>;

/** Why goods come back under a warranty: they aren't as they should be, and were not from the start or came to be so. */
export const defectReasons: readonly ReasonCode[] = [
  'defective',
  'quality',
  'missing_parts',
  'not_as_described',
  'damaged_in_transit',
  'recalled',
];

/**
 * The first moment after the warranty of a unit, in milliseconds of the epoch: what was agreed for its serial where it
 * replaced another one, else so many months from the delivery of its line; null where it wasn't delivered. A policy
 * without terms means its window.
 */
export function warrantyEnd(
  { deliveredAt, coveredUntil = {} }: Pick<OrderLineFacts, 'deliveredAt' | 'coveredUntil'>,
  { window, warranty }: Pick<LineRules, 'window' | 'warranty'>,
  serial: string | null,
): number | null {
  const carried = serial !== null && Object.hasOwn(coveredUntil, serial) ? coveredUntil[serial] : undefined;
  if (carried !== undefined) return Date.parse(carried);
  if (deliveredAt === null) return null;
  return warranty == null ? windowOf(deliveredAt, window).end : monthsAfter(deliveredAt, warranty.months);
}

/**
 * Until when a unit is covered that takes the place of another: for the rest of that one's time, or for the least that the
 * policy gives a replacement, whichever is longer.
 */
export function carriedOver(rest: number | null, { warranty }: Pick<LineRules, 'warranty'>, at: Instant): Instant {
  const least = monthsAfter(at, warranty?.replacementMonths ?? 0);
  return new Date(Math.max(rest ?? 0, least)).toISOString();
}

/**
 * Until when a repaired unit is covered: for its time, and the first time that it is repaired for what the policy adds to
 * that; null where that is over.
 */
export function coveredAfterRepair(
  { deliveredAt, coveredUntil, repaired = [] }: Pick<OrderLineFacts, 'deliveredAt' | 'coveredUntil' | 'repaired'>,
  rules: Pick<LineRules, 'window' | 'warranty'>,
  serial: string,
  at: Instant,
): Instant | null {
  const sold = coveredUntil === undefined ? { deliveredAt } : { deliveredAt, coveredUntil };
  const end = warrantyEnd(sold, rules, serial);
  if (end === null) return null;
  const more = repaired.includes(serial) ? 0 : (rules.warranty?.repairMonths ?? 0);
  // The day before the first moment after it is the last one that is covered.
  const until = more === 0 ? end : monthsAfter(new Date(end - 1).toISOString(), more);
  return until > Date.parse(at) ? new Date(until).toISOString() : null;
}

/**
 * Until when a unit is covered that its owner paid to have mended: for the time that the policy gives such a repair, or for
 * its own where that is longer; null where neither is left.
 */
export function coveredAfterPaidRepair(
  sold: Pick<OrderLineFacts, 'deliveredAt' | 'coveredUntil'>,
  rules: Pick<LineRules, 'window' | 'warranty'>,
  serial: string,
  at: Instant,
): Instant | null {
  const months = rules.warranty?.paidRepair?.coverMonths;
  const until = Math.max(warrantyEnd(sold, rules, serial) ?? 0, months === undefined ? 0 : monthsAfter(at, months));
  return until > Date.parse(at) ? new Date(until).toISOString() : null;
}
