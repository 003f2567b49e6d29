import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Kit, leavesWholeKits, splitByWeights } from '../../../domain/sale/kit.ts';

const amount = fc.oneof(fc.nat(20), fc.nat(Number.MAX_SAFE_INTEGER));

test('parts of an amount add up to it, each within a cent of its share', () => {
  fc.assert(
    fc.property(amount, fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 9 }), (whole, weights) => {
      const parts = splitByWeights(whole, weights);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(whole));
      for (const [index, part] of parts.entries()) {
        const weight = total === 0 ? 1 : (weights[index] ?? 0);
        const off = BigInt(part) * BigInt(total || weights.length) - BigInt(whole) * BigInt(weight);
        expect(off < BigInt(total || weights.length) && -off < BigInt(total || weights.length)).toBe(true);
      }
    }),
  );
});

test('no part of a discount is more than the price that it is taken off', () => {
  const sold = fc
    .array(fc.nat(1_000_000), { minLength: 1, maxLength: 9 })
    .chain((prices) =>
      fc.record({ prices: fc.constant(prices), discount: fc.nat(prices.reduce((sum, price) => sum + price, 0)) }),
    );
  fc.assert(
    fc.property(sold, ({ prices, discount }) => {
      const parts = splitByWeights(discount, prices);
      expect(parts.every((part, index) => part >= 0 && part <= (prices[index] ?? 0))).toBe(true);
    }),
  );
});

test('cents that are left over go to the largest remainders, the first where they are alike', () => {
  expect(splitByWeights(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(splitByWeights(10_000, [5000, 3000, 7000])).toEqual([3333, 2000, 4667]);
  expect(splitByWeights(5, [0, 0])).toEqual([3, 2]);
  expect(splitByWeights(0, [3, 4])).toEqual([0, 0]);
});

const desk: Kit = {
  kit: 'O-1-1',
  sku: 'DESK',
  components: [
    { orderLine: 'TOP', units: 1, returnable: 2 },
    { orderLine: 'LEG', units: 4, returnable: 8 },
  ],
};

test.each([
  ['all', 2, 8, true],
  ['one kit', 1, 4, true],
  ['a top without its legs', 1, 0, false],
  ['legs without their top', 0, 4, false],
  ['too few legs', 1, 3, false],
  ['nothing', 0, 0, true],
])('whether whole kits are kept when %s comes back', (_what, tops, legs, whole) => {
  expect(
    leavesWholeKits(
      desk,
      new Map([
        ['TOP', tops],
        ['LEG', legs],
      ]),
    ),
  ).toBe(whole);
});

test('what is left of a kit whose other parts came back before comes back by itself', () => {
  const rest: Kit = {
    ...desk,
    components: [
      { orderLine: 'TOP', units: 1, returnable: 0 },
      { orderLine: 'LEG', units: 4, returnable: 4 },
    ],
  };
  expect(leavesWholeKits(rest, new Map([['LEG', 4]]))).toBe(true);
  expect(leavesWholeKits(rest, new Map([['LEG', 3]]))).toBe(false);
});
