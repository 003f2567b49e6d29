import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UnitRange, Units } from '../../../domain/goods/units.ts';
import { roundHalfUp, shareOf } from '../../../domain/money/shares.ts';

/** A line of n units, cut into ranges that are dealt to returns at will: every unit to exactly one of them. */
const aPartition = fc
  .tuple(
    fc.integer({ min: 1, max: 60 }),
    fc.array(fc.nat(), { maxLength: 12 }),
    fc.integer({ min: 1, max: 4 }),
    fc.nat(),
  )
  .map(([quantity, cuts, returns, seed]) => {
    const edges = [...new Set([0, quantity, ...cuts.map((cut) => cut % quantity)])].sort((a, b) => a - b);
    const parts: UnitRange[][] = Array.from({ length: returns }, () => []);
    edges.slice(1).forEach((to, index) => {
      parts[(seed + index * 7) % returns]?.unshift([edges[index] ?? 0, to]);
    });
    return { quantity, parts };
  });

describe('shares', () => {
  test('add up to the whole, however the units are dealt and in whatever order', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), aPartition, (total, { quantity, parts }) => {
        const shares = parts.map((units) => shareOf(total, quantity, units));
        expect(shares.reduce((sum, share) => sum + BigInt(share), 0n)).toBe(BigInt(total));
      }),
    );
  });

  test('are each within one minor unit of the exact share', () => {
    fc.assert(
      fc.property(fc.nat(1e9), aPartition, (total, { quantity, parts }) => {
        for (const range of parts.flat()) {
          const exact = (total * (range[1] - range[0])) / quantity;
          expect(Math.abs(shareOf(total, quantity, [range]) - exact)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  const cases: [string, number, Units, number][] = [
    ['the first third of 10.00 EUR', 1000, [[0, 1]], 333],
    ['the second', 1000, [[1, 2]], 334],
    ['the third', 1000, [[2, 3]], 333],
    [
      'two of three, apart',
      1000,
      [
        [2, 3],
        [0, 1],
      ],
      666,
    ],
    ['the first third of 100 JPY', 100, [[0, 1]], 33],
    ['the second', 100, [[1, 2]], 34],
    ['the first third of 2.000 KWD', 2000, [[0, 1]], 667],
    ['the second', 2000, [[1, 2]], 666],
    ['nothing for no units', 1000, [], 0],
  ];
  test.each(cases)('%s', (_, total, units, share) => {
    expect(shareOf(total, 3, units)).toBe(share);
  });
});

describe('rounding', () => {
  test.each([
    [1, 1, 2, 1],
    [1, 1, 3, 0],
    [3, 1, 2, 2],
    [-1, 1, 2, -1],
    [-1, 1, 3, 0],
    [999, 1500, 10_000, 150],
  ])('%i × %i ÷ %i is %i', (amount, numerator, denominator, rounded) => {
    expect(roundHalfUp(amount, numerator, denominator)).toBe(rounded);
  });

  test('is exact where the product is more than a safe integer', () => {
    expect(roundHalfUp(9_007_199_254_740_991, 9999, 10_000)).toBe(9_006_298_534_815_517);
    expect(shareOf(9_007_199_254_740_991, 1000, [[0, 999]])).toBe(8_998_192_055_486_250);
  });
});
