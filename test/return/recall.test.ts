import { expect, test } from 'vitest';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

const policy = defaultPolicies.find(({ program }) => program === 'recall') ?? {};

/** Three mugs of a recalled lot that a consignee holds. */
const recalled = (wish: Wish = {}): Wish => ({
  policy,
  order: { kind: 'recall', ...wish.order },
  payments: [],
  lines: [
    {
      reason: 'recalled',
      sold: { deliveredAt: null, price: 0, discount: 0, tax: 0, unitCost: 0, recalled: true, lots: ['L1'] },
    },
  ],
  request: { program: 'recall', ...wish.request },
});

test('goods of a recall come back without a review, wait for a person, and are nobody’s to sell', () => {
  const journey = aReceivedReturn(recalled(), [{ sku: 'MUG-1', quantity: 3, lot: 'L1' }]);
  expect(journey.all('line_decided')[0]).toMatchObject({ verdict: 'eligible' });
  expect(journey.now.quote.amount).toBe(0);
  journey.inspect('P1-1');
  expect(journey.now.items['P1-1']?.choice).toMatchObject({ disposition: 'quarantine', vetoes: ['recalled'] });
  for (const disposition of ['restock', 'liquidate', 'donate', 'return_to_customer'] as const) {
    expect(journey.send({ type: 'dispose', item: 'P1-1', disposition, note: 'N' }).refusal).toBe('disposition_vetoed');
  }
  journey.send({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N' }).confirm('P1-1');
  expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed', refunds: {} });
});

test('goods of a recall come back by its program alone, and nothing else does', () => {
  const codes = (wish: Wish) => aCustomerReturn(recalled(wish)).all('line_decided')[0]?.codes;
  expect(codes({ request: { program: 'customer' } })).toContain('program_not_offered');
  expect(codes({ order: { kind: 'sale' } })).toContain('program_not_offered');
});
