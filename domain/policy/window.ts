import { type Instant, milliseconds } from '../time/duration.ts';
import type { Policy } from './policy.ts';

/** `end` is the first moment after it, in milliseconds of the epoch; `isExtended` where a dated extension sets that. */
export type Window = { readonly end: number; readonly isExtended: boolean };

/**
 * The time in which goods may come back. The day of delivery doesn't count and the last day counts to its end (Regulation
 * (EEC, Euratom) No 1182/71, Art. 3). Days are those of UTC, as no zone is known here.
 */
export function windowOf(
  deliveredAt: Instant,
  { days, extensions }: Pick<Policy['window'], 'days' | 'extensions'>,
): Window {
  const delivered = Date.parse(deliveredAt);
  const day = milliseconds('P1D');
  const regular = (Math.floor(delivered / day) + days + 1) * day;
  const extended = extensions
    .filter(({ from, to }) => Date.parse(from) <= delivered && delivered < Date.parse(to))
    .map(({ until }) => Date.parse(until));
  const end = Math.max(regular, ...extended);
  return { end, isExtended: end > regular };
}
