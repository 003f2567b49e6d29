import { roundHalfUp } from '../money/shares.ts';

/**
 * Splits an amount by weights so that the parts add up to it exactly, in any currency, and none is more than its weight
 * where the amount is no more than all weights together: a part is what is due up to its end less what is due up to its
 * start, as with the positions of an order line (see domain/money/shares.ts).
 *
 * @param amount whole minor units
 * @param weights whole and not negative; their sum is above zero where the amount is
 */
export function split(amount: number, weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  let upTo = 0;
  return weights.map((weight) => {
    const start = roundHalfUp(amount, upTo, total);
    upTo += weight;
    return roundHalfUp(amount, upTo, total) - start;
  });
}
