import { expect, test } from 'vitest';
import type { ConditionFacts } from '../../domain/goods/grading.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

const policy = defaultPolicies.find(({ program }) => program === 'rental') ?? {};
const inUse: Partial<ConditionFacts> = { packaging: 'missing', cosmetic: 'light_wear' };

const lent = (number: number) => ({
  orderLine: `LN-1:U${number}`,
  quantity: 1,
  reason: 'term_ended' as const,
  sold: {
    ...{ orderLine: `LN-1:U${number}`, sku: 'DRILL', serials: [`S-${number}`], quantity: 1, fulfilled: 1 },
    ...{ deliveredAt: null, price: 0, discount: 0, tax: 0, unitCost: 0, bookValue: 20_000 },
  },
});

/** Drills that a builder had on loan. */
const drills = (wish: Wish = {}): Wish => ({
  policy,
  order: { kind: 'loan' },
  payments: [],
  request: { program: 'rental' },
  lines: [lent(1), lent(2)],
  ...wish,
});

test('units of one SKU come each to the line that its serial was lent on', () => {
  const journey = aCustomerReturn(drills());
  journey.send({
    ...{ type: 'receive', parcel: null, partial: false },
    contents: [{ sku: 'DRILL', quantity: 2, serials: ['S-2', 'S-1'] }],
  });
  const items = Object.values(journey.now.items).map(({ line, serials }) => [line, ...serials]);
  expect(items.toSorted()).toEqual([
    ['L1', 'S-1'],
    ['L2', 'S-2'],
  ]);
  expect(journey.queue).toEqual([]);
});

test('what was lent and works is used again: nobody is paid, and it stays in the books', () => {
  const journey = aReceivedReturn(drills({ lines: [lent(1)] })).inspect('P1-1', { facts: inUse });
  expect(journey.now.quote.amount).toBe(0);
  expect(journey.now.items['P1-1']?.choice?.disposition).toBe('restock');
  journey.confirm('P1-1');
  expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  expect([journey.balance('fixed_assets'), journey.balance('inventory_at_cost')]).toEqual([0, 0]);
});

test('goods on loan come back by their own program alone', () => {
  const codes = (wish: Wish) => aCustomerReturn(drills(wish)).all('line_decided')[0]?.codes;
  expect(codes({ request: { program: 'asset_recovery' } })).toContain('program_not_offered');
  expect(codes({ order: { kind: 'assets' } })).toContain('program_not_offered');
});
