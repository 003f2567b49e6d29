/**
 * Which units of an order line a return holds, as half-open ranges [from, to) of the positions 0 … n-1.
 * Two returns never hold the same position, so the shares of price, discount and tax that each gets add up to the
 * whole line whatever the order in which they are settled (see money/shares.ts).
 */
export type UnitRange = readonly [from: number, to: number];
export type Units = readonly UnitRange[];

/** How many units the ranges hold. */
export function countUnits(units: Units): number {
  return units.reduce((sum, [from, to]) => sum + (to - from), 0);
}

/** Splits off the first `count` units; `rest` keeps the others. Asking for more than there are is a bug and throws. */
export function takeUnits(units: Units, count: number): { taken: Units; rest: Units } {
  if (!Number.isInteger(count) || count < 0 || count > countUnits(units)) {
    throw new RangeError(`cannot take ${count} of ${countUnits(units)} units`);
  }
  const taken: UnitRange[] = [];
  const rest: UnitRange[] = [];
  let left = count;
  for (const [from, to] of units) {
    const cut = Math.min(to, from + left);
    if (cut > from) taken.push([from, cut]);
    if (to > cut) rest.push([cut, to]);
    left -= cut - from;
  }
  return { taken, rest };
}

/** All units of both, sorted, adjoining ranges made one. */
export function joinUnits(a: Units, b: Units): Units {
  const joined: [number, number][] = [];
  for (const [from, to] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const last = joined.at(-1);
    if (last !== undefined && last[1] >= from) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** The units without some of them. */
export function withoutUnits(units: Units, gone: Units): Units {
  let left: UnitRange[] = [...units];
  for (const [from, to] of gone) {
    left = left.flatMap(([start, end]): UnitRange[] =>
      [[start, Math.min(end, from)] as const, [Math.max(start, to), end] as const].filter(([a, b]) => b > a),
    );
  }
  return left;
}
