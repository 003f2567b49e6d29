import type { Instant } from '../time/duration.ts';

/**
 * What moves packaging that is to come back (pallets, totes, kegs) to or from a partner. `lost`: the partner has said that it won't
 * come, or somebody here has given it up.
 */
export const packagingDirections = ['out', 'in', 'lost'] as const;
export type PackagingDirection = (typeof packagingDirections)[number];

/** So many pieces of one type that a partner got, gave back or lost. */
export type PackagingMovement = {
  readonly direction: PackagingDirection;
  readonly quantity: number;
  readonly at: Instant;
};

/** Pieces that a partner has had since the same moment. */
export type Layer = { readonly at: Instant; readonly quantity: number };

export type PackagingBalance = {
  /** What the partner has of ours; less than nothing where it gave back more than it got. */
  readonly balance: number;
  /** The same by when they went out, the oldest first: what comes back is taken for the oldest. */
  readonly layers: readonly Layer[];
  /** Of what went out, how much was lost, in basis points; null while nothing did. */
  readonly lossBasisPoints: number | null;
};

const WHOLE = 10_000;

/** What a partner has of a type, and since when. Movements may be told late and in any order: their own times count. */
export function balanceOf(movements: readonly PackagingMovement[]): PackagingBalance {
  const total = (...directions: readonly PackagingDirection[]) =>
    movements.reduce((sum, { direction, quantity }) => sum + (directions.includes(direction) ? quantity : 0), 0);
  const [out, lost] = [total('out'), total('lost')];
  let back = total('in', 'lost');
  const wentOut = movements
    .filter(({ direction }) => direction === 'out')
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const layers = wentOut.flatMap(({ at, quantity }): Layer[] => {
    const taken = Math.min(back, quantity);
    back -= taken;
    return taken === quantity ? [] : [{ at, quantity: quantity - taken }];
  });
  return {
    balance: out - total('in', 'lost'),
    layers,
    lossBasisPoints: out === 0 ? null : Math.round((lost * WHOLE) / out),
  };
}

/** Pieces that a partner has had for so many days and no more, by the last day of each span; the last span has no end. */
const ageSpans = [30, 60, 90] as const;
const DAY = 86_400_000;

/** How many pieces of these layers fall into each span of age: up to 30 days, 60, 90, and beyond. */
export function byAge(layers: readonly Layer[], now: Instant): readonly number[] {
  const spans = [...ageSpans, Number.POSITIVE_INFINITY];
  const ages = layers.map(({ at, quantity }) => ({ days: (Date.parse(now) - Date.parse(at)) / DAY, quantity }));
  return spans.map((upTo, index) => {
    const from = spans[index - 1] ?? Number.NEGATIVE_INFINITY;
    return ages.reduce((sum, { days, quantity }) => sum + (days > from && days <= upTo ? quantity : 0), 0);
  });
}
