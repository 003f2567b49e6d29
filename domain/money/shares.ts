import type { Units } from '../goods/units.ts';

/**
 * amount × numerator ÷ denominator, rounded half up (away from zero for a negative amount), exact however large the
 * product is: the bigint stays in here, as payloads carry none.
 */
export function roundHalfUp(amount: number, numerator: number, denominator: number): number {
  const twice = BigInt(denominator) * 2n;
  const rounded = (BigInt(Math.abs(amount)) * BigInt(numerator) * 2n + BigInt(denominator)) / twice;
  return amount < 0 ? 0 - Number(rounded) : Number(rounded);
}

/**
 * What some units get of a figure that grows along the line: the sum over their ranges of what is due up to the end less
 * what is due up to the start. Ranges that together cover the line so get all of it, whatever their order.
 */
export function sumOverUnits(units: Units, upTo: (position: number) => number): number {
  return units.reduce((sum, [from, to]) => sum + upTo(to) - upTo(from), 0);
}

/** The share of some of a line's units in a total of the line, in the total's minor units. */
export function shareOf(total: number, quantity: number, units: Units): number {
  return sumOverUnits(units, (position) => roundHalfUp(total, position, quantity));
}
