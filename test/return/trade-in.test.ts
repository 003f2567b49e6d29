import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Grade, grades } from '../../domain/goods/grading.ts';
import { asNew } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

const creditByGrade = { A: 1000, B: 601, C: 333, D: 0 };

/** Three phones that we never sold, taken in under an offer, for store credit. */
const anOffer = (wish: Wish = {}): Wish => ({
  ...wish,
  order: { kind: 'offer', validUntil: '2026-06-01T00:00:00.000Z', ...wish.order },
  payments: [],
  lines: [
    { sold: { deliveredAt: null, price: 3000, discount: 0, tax: 0, unitCost: 0, creditByGrade }, ...wish.lines?.[0] },
  ],
  request: { program: 'trade_in', instrument: 'store_credit', ...wish.request },
});

const found = {
  A: asNew,
  B: { ...asNew, packaging: 'opened' },
  C: { ...asNew, packaging: 'opened', cosmetic: 'damaged' },
  D: { ...asNew, packaging: 'opened', function: 'defective' },
} as const;

const graded = (journey: Journey): Grade[] => Object.values(journey.now.items).flatMap(({ grade }) => grade ?? []);
const credited = (journey: Journey): number => 0 - journey.balance('store_credit_liability');

test('an offer quotes the best grade and credits the one found, item by item', () => {
  const journey = aReceivedReturn(anOffer());
  expect(journey.now.quote.amount).toBe(3000);
  expect(journey.all('line_decided')).toMatchObject([{ verdict: 'eligible' }]);
  journey.inspect('P1-1', { quantity: 1, facts: found.A });
  expect(credited(journey)).toBe(1000);
  journey.inspect('P1-1', { quantity: 1, facts: found.B });
  expect(credited(journey)).toBe(1601);
  journey.inspect('P1-1', { quantity: 1, facts: found.D });
  expect(graded(journey)).toEqual(expect.arrayContaining(['A', 'B', 'D']));
  expect(credited(journey)).toBe(1601);
  expect(journey.balance('payable_to_customer')).toBe(0);
});

test('goods taken in are carried at what was given for them, until they leave', () => {
  const journey = aReceivedReturn(anOffer());
  expect(journey.balance('inventory_at_cost')).toBe(0);
  journey.inspect('P1-1', { facts: found.B });
  expect(journey.balance('inventory_at_cost')).toBe(3 * 601);
  journey.inspect('P1-1', { facts: found.C });
  expect(journey.balance('inventory_at_cost')).toBe(3 * 333);
  journey.send({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N-1' }).confirm('P1-1');
  expect([journey.balance('inventory_at_cost'), journey.balance('write_off')]).toEqual([0, 3 * 333]);
});

test('nothing is credited before its grade is known, even by a policy that pays at receipt', () => {
  const journey = aReceivedReturn(anOffer({ timing: 'receipt' }));
  expect(journey.happened).toEqual(['parcel_received']);
  expect(credited(journey.inspect('P1-1', { facts: found.B }))).toBe(3 * 601);
});

test('what is still locked to its owner is credited only if a person takes it', () => {
  const locked = () => aReceivedReturn(anOffer()).inspect('P1-1', { facts: found.B, found: ['activation_locked'] });
  expect(locked().queue).toEqual(['not_authorized P1-1']);
  expect(credited(locked())).toBe(0);
  const refused = locked().resolve('not_authorized', 'reject');
  expect(refused.now.items['P1-1']?.choice?.disposition).toBe('return_to_customer');
  expect(credited(refused.confirm('P1-1'))).toBe(0);
  expect(credited(locked().resolve('not_authorized', 'accept'))).toBe(3 * 601);
});

test.each([
  ['an offer that is over', { order: { validUntil: '2026-01-01T00:00:00.000Z' } }, 'outside_offer'],
  ['another program', { request: { program: 'customer' as const } }, 'program_not_offered'],
  ['a sale', { order: { kind: 'sale' as const } }, 'program_not_offered'],
])('%s takes nothing in', (_what, wish, code) => {
  expect(aCustomerReturn(anOffer(wish)).all('line_decided')[0]?.codes).toContain(code);
});

test('whatever is found, each unit gets its grade’s credit to the last minor unit', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<Grade>(...grades), { minLength: 3, maxLength: 3 }), (each) => {
      const journey = aReceivedReturn(anOffer());
      for (const grade of each) journey.inspect('P1-1', { quantity: 1, facts: found[grade] });
      const given = graded(journey).reduce((sum, grade) => sum + creditByGrade[grade], 0);
      expect(credited(journey)).toBe(given);
      expect(journey.balance('inventory_at_cost')).toBe(given);
    }),
  );
});

test('goods are not graded below what others have given for them', () => {
  const journey = aReceivedReturn(anOffer()).inspect('P1-1', { facts: found.A });
  const [item = ''] = Object.keys(journey.now.items);
  journey.send({ type: 'record_recovery', item, from: 'vendor', reference: 'VR-1', amount: 900 });
  expect(journey.refusal).toBeNull();
  expect(journey.inspect(item, { facts: found.D }).refusal).toBe('recovery_recorded');
  expect(journey.inspect(item, { facts: found.B }).refusal).toBeNull();
});
