import type { Instant } from './duration.ts';
import { monthsAfter } from './months.ts';
import type { OrderLineFacts } from './order.ts';
import type { ReasonCode } from './reasons.ts';
import type { LineRules } from './rules-for.ts';
import { windowOf } from './window.ts';

/** For how long a policy stands for what was sold, in calendar months. */
export type WarrantyTerms = {
  /** From delivery. */
  readonly months: number;
  readonly byCategory: Readonly<Record<string, number>>;
  /** What goods that replace others under the warranty have at least, from when they were shipped. */
  readonly replacementMonths: number;
};

/** The terms for goods of one category. */
export type WarrantyTerm = Pick<WarrantyTerms, 'months' | 'replacementMonths'>;

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
