import { expect, test } from 'vitest';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

const policy = defaultPolicies.find(({ program }) => program === 'end_of_life') ?? {};
const serials = ['SN-1', 'SN-2', 'SN-3'];
const used = { packaging: 'missing', cosmetic: 'damaged', function: 'untested' } as const;

/** Three used laptops that we never sold, collected for so much each. */
const aTakeBack = (credit = 0, wish: Wish = {}): Wish => ({
  policy,
  order: { kind: 'take_back', ...wish.order },
  payments: [],
  lines: [
    {
      reason: 'no_longer_needed',
      sold: {
        ...{ deliveredAt: null, price: credit * 3, discount: 0, tax: 0, unitCost: 0, dataBearing: true, serials },
        creditByGrade: { A: credit, B: credit, C: credit, D: credit },
      },
    },
  ],
  request: { program: 'end_of_life', ...wish.request },
});

const collected = (credit = 0, wish: Wish = {}): Journey =>
  aReceivedReturn(aTakeBack(credit, wish), [{ sku: 'MUG-1', quantity: 3, serials }]).inspect('P1-1', { facts: used });

const wiped = {
  type: 'record_evidence',
  item: 'P1-1',
  evidence: { kind: 'data_wiped', certificate: 'WIPE-1', serials, method: 'purge', tool: 'ERASER-3' },
} as const;

test('used equipment is wiped before anything else, then recycled with a certificate, for no money', () => {
  const journey = collected();
  expect(journey.now.quote.amount).toBe(0);
  expect(journey.now.items['P1-1']?.choice).toMatchObject({ disposition: 'quarantine', vetoes: ['data_not_wiped'] });
  expect(journey.send({ type: 'dispose', item: 'P1-1', disposition: 'recycle', note: 'N' }).refusal).toBe(
    'disposition_vetoed',
  );
  journey.send(wiped);
  expect(journey.now.items['P1-1']?.choice?.disposition).toBe('recycle');
  journey.send({ type: 'take_up', item: 'P1-1', execution: 'CD-1', disposition: 'recycle', quantity: 3 });
  journey.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'CD-1', execution: 'CD-1' });
  expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed', refunds: {} });
});

test('to recycle or destroy it without a certificate is refused, whoever says so', () => {
  for (const disposition of ['recycle', 'destroy'] as const) {
    const journey = collected().send(wiped).send({ type: 'dispose', item: 'P1-1', disposition, note: 'N' });
    expect(journey.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' }).refusal).toBe(
      'certificate_needed',
    );
  }
});

test('what may still be of use to somebody is given away by hand', () => {
  const journey = collected().send(wiped).send({ type: 'dispose', item: 'P1-1', disposition: 'donate', note: 'N' });
  expect(journey.confirm('P1-1').now.phase).toBe('closed');
});

test('a policy may give a little for each unit, whatever state it is in', () => {
  const journey = collected(500, { request: { instrument: 'store_credit' } });
  expect(journey.now.quote.amount).toBe(1500);
  expect(0 - journey.balance('store_credit_liability')).toBe(1500);
  expect(journey.balance('payable_to_customer')).toBe(0);
});

test('collected equipment comes back by its own program alone', () => {
  const codes = (wish: Wish) => aCustomerReturn(aTakeBack(0, wish)).all('line_decided')[0]?.codes;
  expect(codes({})).toEqual(['within_window']);
  expect(codes({ request: { program: 'customer' } })).toContain('program_not_offered');
  expect(codes({ order: { kind: 'sale' } })).toContain('program_not_offered');
});
