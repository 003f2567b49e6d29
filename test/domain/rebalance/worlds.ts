import fc from 'fast-check';
import type { Network } from '../../../domain/rebalance/plan/network.ts';

const facilities = ['A', 'B', 'C', 'D'] as const;
const skus = ['MUG', 'LAMP'] as const;
const small = (most: number) => fc.integer({ min: 0, max: most });

/** Small networks of any shape: lanes with and without bounds and shipments, a trip with little room, stock anywhere. */
export const networks: fc.Arbitrary<Network> = fc.record({
  positions: fc.tuple(
    ...skus.flatMap((sku) =>
      facilities.map((facility) =>
        fc.record({
          sku: fc.constant(sku),
          facility: fc.constant(facility),
          onHand: small(6),
          supply: small(1),
          demand: small(4),
          minimum: small(1),
          maximum: fc.integer({ min: 1, max: 3 }),
          value: small(40),
        }),
      ),
    ),
  ),
  lanes: fc.uniqueArray(
    fc.record({
      origin: fc.constantFrom(...facilities),
      destination: fc.constantFrom(...facilities),
      perUnit: small(12),
      perShipment: fc.oneof(fc.constant(0), small(40)),
      days: fc.integer({ min: 1, max: 4 }),
      capacity: fc.oneof(fc.constant(null), small(3)),
    }),
    { selector: ({ origin, destination }) => `${origin} ${destination}`, maxLength: 6 },
  ),
  trips: fc.array(
    fc.record({
      trip: fc.constant('T1'),
      stops: fc.constantFrom(['A', 'B', 'C', 'A'], ['D', 'A', 'D', 'B']),
      legs: fc.tuple(...[1, 2, 3].map(() => fc.record({ millilitres: small(4_000), grams: small(3_000) }))),
      perUnit: small(3),
      days: fc.constant(1),
    }),
    { maxLength: 1 },
  ),
  sizes: fc.constantFrom(
    [{ sku: 'MUG', millilitres: 1_000, grams: 400 }],
    [
      { sku: 'MUG', millilitres: 700, grams: 400 },
      { sku: 'LAMP', millilitres: 1_500, grams: 900 },
    ],
  ),
  edits: fc.constant([]),
  terms: fc.record({ horizonDays: fc.constant(3), perSpareUnit: small(2) }),
});
