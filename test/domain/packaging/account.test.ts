import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, byAge, type PackagingMovement, packagingDirections } from '../../../domain/packaging/account.ts';

const day = (days: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + days * 86_400_000).toISOString();
const moved = (direction: PackagingMovement['direction'], quantity: number, days: number): PackagingMovement => ({
  ...{ direction, quantity, at: day(days) },
});

test('what comes back is taken for the oldest that is out', () => {
  const movements = [moved('out', 10, 0), moved('out', 5, 20), moved('in', 7, 30), moved('lost', 2, 40)];
  expect(balanceOf(movements)).toEqual({
    ...{ balance: 6, lossBasisPoints: 1333 },
    layers: [
      { at: day(0), quantity: 1 },
      { at: day(20), quantity: 5 },
    ],
  });
});

test('a partner that gave back more than it got is owed them, and what goes out next settles that', () => {
  expect(balanceOf([moved('in', 4, 0)])).toEqual({ balance: -4, layers: [], lossBasisPoints: null });
  expect(balanceOf([moved('in', 4, 0), moved('out', 5, 1)]).layers).toEqual([{ at: day(1), quantity: 1 }]);
});

test('pieces are counted by how long they have been out', () => {
  const layers = [0, 30, 31, 60, 61, 90, 91].map((days) => ({ at: day(100 - days), quantity: 1 }));
  expect(byAge(layers, day(100))).toEqual([2, 2, 2, 1]);
});

test('whatever moves, in whatever order it is told, pieces are conserved', () => {
  const movement = fc.record({
    direction: fc.constantFrom(...packagingDirections),
    quantity: fc.integer({ min: 1, max: 50 }),
    at: fc.nat(300).map(day),
  });
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 40 }), (movements) => {
      const { balance, layers } = balanceOf(movements);
      const out = layers.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(out).toBe(Math.max(0, balance));
      expect(layers.every(({ quantity }) => quantity > 0)).toBe(true);
      expect(byAge(layers, day(301)).reduce((sum, each) => sum + each, 0)).toBe(out);
      for (let days = 1; days <= 301; days += 50) {
        expect(byAge(balanceOf(movements.toReversed()).layers, day(days))).toEqual(byAge(layers, day(days)));
      }
    }),
    { numRuns: 2000 },
  );
});
