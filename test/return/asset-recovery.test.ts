import { expect, test } from 'vitest';
import type { Disposition } from '../../domain/goods/disposition.ts';
import type { ConditionFacts } from '../../domain/goods/grading.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

const policy = defaultPolicies.find(({ program }) => program === 'asset_recovery') ?? {};
const inUse: Partial<ConditionFacts> = { packaging: 'missing', cosmetic: 'light_wear' };

/** A laptop of ours that stands in the books for 340.00, from an employee who has left. */
const aLaptop = (wish: Wish = {}): Wish => ({
  policy,
  order: { kind: 'assets' },
  payments: [],
  request: { program: 'asset_recovery' },
  lines: [
    {
      quantity: 1,
      reason: 'no_longer_needed',
      sold: {
        quantity: 1,
        fulfilled: 1,
        deliveredAt: null,
        price: 0,
        discount: 0,
        tax: 0,
        unitCost: 0,
        bookValue: 34_000,
      },
    },
  ],
  ...wish,
});

const inspected = (facts: Partial<ConditionFacts> = inUse) => aReceivedReturn(aLaptop()).inspect('P1-1', { facts });
const ended = (disposition: Disposition, proceeds?: number) => {
  const journey = inspected().send({ type: 'dispose', item: 'P1-1', disposition, note: 'N-1' });
  const sold = proceeds === undefined ? {} : { proceeds };
  return journey.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'DOC-1', ...sold });
};

test('equipment that works is used again: nobody is paid, and it stays in the books', () => {
  const journey = inspected();
  expect(journey.now.quote.amount).toBe(0);
  expect(journey.now.items['P1-1']?.choice?.disposition).toBe('restock');
  journey.confirm('P1-1');
  expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  expect(
    journey.posted.money.filter(({ debit, credit }) => debit.includes('asset') || credit.includes('asset')),
  ).toEqual([]);
  expect([journey.balance('payable_to_customer'), journey.balance('inventory_at_cost')]).toEqual([0, 0]);
});

test.each([
  ['sold for more, it brings a gain', 'liquidate', 41_000, -7000],
  ['sold for less, it brings a loss', 'liquidate', 10_000, 24_000],
  ['scrapped, it is lost whole', 'recycle', undefined, 34_000],
] as const)('%s', (_what, disposition, proceeds, loss) => {
  const journey = ended(disposition, proceeds);
  expect(journey.now.phase).toBe('closed');
  expect(journey.balance('asset_disposals')).toBe(loss);
  expect(journey.balance('fixed_assets')).toBe(-34_000);
  expect(journey.balance('cash_clearing')).toBe(proceeds ?? 0);
});

test('what goes back to its holder stays in the books', () => {
  const journey = ended('return_to_customer');
  expect(journey.now.phase).toBe('closed');
  expect([journey.balance('fixed_assets'), journey.balance('asset_disposals')]).toEqual([0, 0]);
});

test('what doesn’t work is not used again', () => {
  const journey = inspected({ ...inUse, function: 'defective' });
  expect(journey.now.items['P1-1']?.choice?.disposition).not.toBe('restock');
  expect(journey.send({ type: 'dispose', item: 'P1-1', disposition: 'restock', note: 'N-1' }).refusal).toBe(
    'disposition_vetoed',
  );
});

test('what is used again, and what was never an asset, brings no proceeds', () => {
  expect(ended('restock', 5).refusal).toBe('no_proceeds');
  expect(ended('liquidate', -5).refusal).toBe('amount_not_positive');
  const mugs = aReceivedReturn()
    .inspect('P1-1', { facts: { function: 'defective' } })
    .refunded('S1-1');
  mugs.send({ type: 'dispose', item: 'P1-1', disposition: 'liquidate', note: 'N-1' });
  expect(mugs.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'X', proceeds: 5 }).refusal).toBe(
    'no_proceeds',
  );
});

test('assets come back by their own program alone', () => {
  const codes = (wish: Wish) => aCustomerReturn(aLaptop(wish)).all('line_decided')[0]?.codes;
  expect(codes({ request: { program: 'customer' } })).toContain('program_not_offered');
  expect(codes({ order: {} })).toContain('program_not_offered');
});
