import { describe, expect, test } from 'vitest';
import type { Policy } from '../../domain/policy/policy.ts';
import { moneyStatus, settledAmount } from '../../domain/return/status.ts';
import { aPolicy } from '../domain/sale.ts';
import { plusDays } from './calendar.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aLabelledReturn, aReceivedReturn, type Wish } from './world.ts';

const refund = (changes: Partial<Policy['refund']>): Pick<Wish, 'policy'> => ({
  policy: { refund: { ...aPolicy().refund, ...changes } },
});
const early = (timing: 'authorization' | 'first_scan', changes: Partial<Policy['refund']> = {}): Wish =>
  refund({ timing, adjustAfterSettlement: 'claim', ...changes });
const damaged = { facts: { cosmetic: 'damaged' } } as const;
const advanced = (wish: Wish = {}): Journey => aLabelledReturn({ ...early('authorization'), ...wish }).refunded('S1-1');

describe('money in advance', () => {
  test('is due with the authorization, and nothing more when the goods come as claimed', () => {
    const journey = aCustomerReturn(early('authorization'));
    expect(journey.happened.slice(-2)).toEqual(['parcel_expected', 'settlement_due']);
    expect(journey.effects).toContainEqual(expect.objectContaining({ id: 'refund:S1-1#0', amount: 3213 }));
    journey
      .labelBought()
      .refunded('S1-1')
      .track('in_transit')
      .receive([{ sku: 'MUG-1', quantity: 3 }]);
    expect(journey.now.items['P1-1']?.settled).toBe(false);
    expect(journey.inspect('P1-1').happened).toEqual(['item_inspected', 'item_accepted', 'item_disposed']);
    expect(journey.confirm('P1-1').now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect([moneyStatus(journey.now), journey.balance('cash_clearing')]).toEqual(['full', -3213]);
  });

  test('is due with the first scan', () => {
    const journey = aLabelledReturn(early('first_scan'));
    expect(journey.effects).toEqual([]);
    expect(journey.track('pre_transit').happened).toEqual(['parcel_tracked']);
    expect(journey.later(1).track('in_transit').happened).toEqual(['parcel_tracked', 'settlement_due']);
  });

  test('waits for the inspection where the parcel is too light to be the goods, without a person', () => {
    const journey = aLabelledReturn(early('first_scan'));
    const scan = { type: 'track', parcel: 'P1', status: 'in_transit', at: journey.at } as const;
    expect(journey.send({ ...scan, weightGrams: 200 }).happened).toEqual(['parcel_tracked']);
    expect(journey.queue).toEqual([]);
    journey.receive([{ sku: 'MUG-1', quantity: 3 }]);
    expect(journey.inspect('P1-1').happened).toContain('settlement_due');
    const heavy = aLabelledReturn(early('first_scan'));
    expect(heavy.send({ ...scan, weightGrams: 1200 }).happened).toEqual(['parcel_tracked', 'settlement_due']);
  });

  test('takes the fee for the way back that was quoted, once', () => {
    const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] } as const;
    const journey = aCustomerReturn({ policy: { ...early('authorization').policy, fees } });
    expect(journey.now.settlements['S1']).toMatchObject({ shippingFee: 495, total: journey.now.quote.amount });
  });

  test('is not paid again where we bear the loss of the parcel', () => {
    const journey = advanced().track('in_transit').later(15).fires('lost:P1');
    expect(journey.resolve('parcel_lost', 'accept').happened).not.toContain('settlement_due');
    expect(journey.all('clawback_due')).toEqual([]);
  });
});

describe('a claw-back', () => {
  test('is due where the goods never come, and a person has it after the reminders', () => {
    const journey = advanced().later(22).fires('reminder').fires('reminder').fires('escalation').fires('expiry');
    expect(journey.happened).toContain('clawback_due');
    expect(journey.now.clawbacks).toMatchObject({ C1: { cause: 'not_returned', total: 3213, outstanding: 3213 } });
    expect(journey.balance('receivable_from_customer')).toBe(3213);
    expect([journey.balance('returns'), journey.balance('tax')]).toEqual([0, 0]);
    expect(journey.due.map(({ deadline }) => deadline)).toContain('dunning:C1');
    expect(journey.fires('dunning:C1').happened).toEqual(['clawback_reminded']);
    expect(journey.fires('dunning:C1').happened).toEqual(['clawback_reminded']);
    expect(journey.fires('dunning:C1').queue).toEqual(['clawback_unpaid C1']);
    expect(journey.resolve('clawback_unpaid', 'retry').happened).toEqual(['attention_resolved', 'clawback_pursued']);
    expect(journey.due.find(({ deadline }) => deadline === 'dunning:C1')?.at).toBe(plusDays(7, journey.at));
  });

  test.each([
    ['paid', 'cash_clearing', 0, 0],
    ['waived', 'goodwill', 3213, 3213],
    ['written_off', 'write_off', 3213, 3213],
    ['external', 'external_collection', 3213, 3213],
  ] as const)('ends %s', (how, account, amount, given) => {
    const journey = advanced().send({ type: 'cancel', note: null }).labelVoided();
    expect(journey.now.phase).toBe('open');
    journey.send({ type: 'settle_clawback', clawback: 'C1', how, note: 'N' });
    expect(journey.now).toMatchObject({ phase: 'closed', clawbacks: { C1: { state: how, outstanding: 0 } } });
    expect([journey.balance('receivable_from_customer'), journey.balance(account)]).toEqual([0, amount]);
    expect(settledAmount(journey.now)).toBe(given);
    const again = { type: 'settle_clawback', clawback: 'C1', how, note: 'N' } as const;
    expect(journey.send(again).refusal).toBe('clawback_ended');
    expect(journey.send({ ...again, clawback: 'constructor' }).refusal).toBe('unknown_clawback');
  });

  test('is of the units that did not come or were not accepted, and those go back', () => {
    const journey = advanced()
      .track('in_transit')
      .receive([{ sku: 'MUG-1', quantity: 2 }]);
    expect(journey.queue).toEqual(['short L1']);
    journey.resolve('short', 'missing');
    expect(journey.now.clawbacks).toMatchObject({ C1: { total: 1071 } });
    expect(journey.inspect('P1-1').now.items['P1-1']?.settled).toBe(true);
  });

  test('is due for what was rejected, which goes back to the buyer', () => {
    const lines = [{ sold: { serials: ['S-1'] } }];
    const journey = advanced({ lines }).receive([{ sku: 'MUG-1', quantity: 3, serials: ['X-9'] }]);
    journey.resolve('serial_mismatch', 'reject');
    expect(journey.now.clawbacks).toMatchObject({ C1: { total: 3213 } });
    expect(journey.inspect('P1-1').now.items['P1-1']?.choice?.disposition).toBe('return_to_customer');
  });

  test('asks for nothing that never reached the buyer', () => {
    const failed = aLabelledReturn(early('authorization')).refunded('S1-1', 'failed');
    failed.send({ type: 'cancel', note: null });
    expect(failed.now).toMatchObject({
      clawbacks: { C1: { state: 'offset', total: 3213, outstanding: 0 } },
      refunds: { 'S1-1': { state: 'replaced' }, 'S1-2': { to: 'offset', state: 'succeeded' } },
    });
    expect(failed.queue).toEqual([]);
    expect(failed.labelVoided().now.phase).toBe('closed');
    expect([settledAmount(failed.now), failed.balance('cash_clearing')]).toEqual([0, 0]);
  });

  test('cannot have been paid while its refund is on its way', () => {
    const journey = aLabelledReturn(early('authorization')).send({ type: 'cancel', note: null });
    const paid = { type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N' } as const;
    expect(journey.send(paid).refusal).toBe('refund_under_way');
    expect(journey.refunded('S1-1').send(paid).happened).toContain('clawback_ended');
  });

  test('gives up the fee for the way back with the last of what it was taken from', () => {
    const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] } as const;
    const journey = advanced({ policy: { ...early('authorization').policy, fees } }).send({
      type: 'cancel',
      note: null,
    });
    expect(journey.now.clawbacks).toMatchObject({ C1: { total: 3213 - 495, shippingFee: 495 } });
    expect(journey.balance('shipping_fees')).toBe(0);
  });

  test('is set off against what falls due when the goods come late after all', () => {
    const journey = advanced().send({ type: 'cancel', note: null });
    journey.receive([{ sku: 'MUG-1', quantity: 3 }], null).reserved('U2-1', 'L1', [[0, 3]]);
    journey.inspect('U2-1').confirm('U2-1').labelVoided();
    expect(journey.now).toMatchObject({ phase: 'closed', refunds: { 'S2-1': { to: 'offset', clawback: 'C1' } } });
    expect(-journey.balance('cash_clearing')).toBe(3213);
  });

  test('without a schedule of reminders is a person’s at once', () => {
    const { dunning: _, ...rules } = aPolicy().refund;
    const policy = { refund: { ...rules, timing: 'authorization' as const } };
    expect(advanced({ policy }).send({ type: 'cancel', note: null }).queue).toEqual(['clawback_unpaid C1']);
  });
});

describe('goods graded after they were settled', () => {
  const atReceipt = (adjust: 'claim' | 'person' | null): Journey => {
    const { adjustAfterSettlement: _, ...rules } = aPolicy().refund;
    const set = adjust === null ? {} : { adjustAfterSettlement: adjust };
    const policy = { refund: { ...rules, ...set, timing: 'receipt' as const } };
    return aReceivedReturn({ policy, timing: 'receipt' }).refunded('S1-1');
  };

  test('lower: a person sees both figures and claims the difference, or lets it be', () => {
    const journey = atReceipt('person').inspect('P1-1', damaged);
    expect(journey.all('attention_raised')).toMatchObject([
      { reason: 'settlement_differs', subject: 'P1-1', detail: '3213 2133' },
    ]);
    const claimed = journey.resolve('settlement_differs', 'claim');
    expect(claimed.now.clawbacks).toMatchObject({ C1: { cause: 'regraded', total: 1080 } });
    expect([-claimed.balance('diminished_value'), claimed.balance('receivable_from_customer')]).toEqual([1080, 1080]);
    const waived = atReceipt('person').inspect('P1-1', damaged).resolve('settlement_differs', 'waive');
    expect(waived.queue).toEqual([]);
    expect(waived.confirm('P1-1').now.phase).toBe('closed');
  });

  test('lower: the difference is claimed at once where the policy says so, in parts too', () => {
    const journey = atReceipt('claim').inspect('P1-1', { quantity: 1, ...damaged }, { quantity: 2 });
    expect(journey.now.clawbacks).toMatchObject({ C1: { cause: 'regraded', total: 360 } });
  });

  test('lower in parts: one claim for all that a person was asked about', () => {
    const journey = atReceipt('person').inspect('P1-1', damaged);
    journey.inspect('P1-1', { quantity: 1, ...damaged }, { quantity: 1, facts: { packaging: 'opened' } });
    expect(journey.queue).toEqual(['settlement_differs P1-1']);
    journey.resolve('settlement_differs', 'claim');
    expect(journey.all('clawback_due')).toHaveLength(1);
    expect(journey.balance('receivable_from_customer')).toBe(360 + 90 + 360);
  });

  test('better again: what was claimed is set off and the rest is paid', () => {
    const journey = atReceipt('claim').inspect('P1-1', damaged).inspect('P1-1');
    expect(journey.now).toMatchObject({
      clawbacks: { C1: { state: 'offset', outstanding: 0 } },
      refunds: { 'S2-1': { to: 'offset', amount: 1080 } },
    });
    const paid = aReceivedReturn(refund({ adjustAfterSettlement: 'person' }))
      .inspect('P1-1', damaged)
      .refunded('S1-1');
    paid.inspect('P1-1');
    expect(paid.effects).toMatchObject([{ id: 'refund:S2-1#0', amount: 1080 }]);
    expect(paid.refunded('S2-1').confirm('P1-1').now.phase).toBe('closed');
    expect([paid.balance('diminished_value'), paid.balance('cash_clearing')]).toEqual([0, -3213]);
  });

  test('change nothing under a policy from before there was a choice', () => {
    const journey = atReceipt(null).inspect('P1-1', damaged);
    expect(journey.happened).toEqual(['item_inspected', 'item_disposed']);
  });
});

describe('by hand', () => {
  const adjust = (direction: 'pay' | 'claim', amount: number) =>
    ({ type: 'adjust', direction, amount, code: 'goodwill', note: 'N' }) as const;
  const settled = () => aReceivedReturn().inspect('P1-1', damaged).confirm('P1-1').refunded('S1-1');

  test('more is paid, up to what is left of what was paid', () => {
    const journey = settled();
    expect(journey.now.phase).toBe('closed');
    expect(journey.send(adjust('pay', 1081)).refusal).toBe('adjustment_exceeds');
    expect(journey.send(adjust('pay', 1080)).happened).toEqual(['reopened', 'settlement_due']);
    expect(journey.effects).toMatchObject([{ id: 'refund:S2-1#0', amount: 1080 }]);
    expect(journey.refunded('S2-1').now.phase).toBe('closed');
    expect([journey.balance('goodwill'), journey.balance('cash_clearing')]).toEqual([1080, -3213]);
  });

  test('something is claimed, up to what was given', () => {
    const journey = settled();
    expect(journey.send(adjust('claim', 2134)).refusal).toBe('adjustment_exceeds');
    expect(journey.send(adjust('claim', 2133)).happened).toEqual(['reopened', 'clawback_due']);
    expect(journey.send(adjust('claim', 1)).refusal).toBe('adjustment_exceeds');
    expect([journey.balance('receivable_from_customer'), -journey.balance('goodwill')]).toEqual([2133, 2133]);
  });

  test.each(['waived', 'written_off', 'external'] as const)(
    'what was claimed and then %s stays with the buyer, and is not paid once more',
    (how) => {
      const lines = [{ sold: { unitCost: 100 } }];
      const asked = { request: { program: 'business', instrument: 'credit_memo' } } as const;
      const journey = aReceivedReturn({ ...refund({ instruments: ['credit_memo'] }), ...asked, lines, payments: [] });
      journey.inspect('P1-1').refunded('S1-1');
      journey.send(adjust('claim', 3213));
      journey.send({ type: 'settle_clawback', clawback: 'C1', how, note: 'N' });
      expect(journey.send(adjust('pay', 1)).refusal).toBe('adjustment_exceeds');
    },
  );

  test('what the buyer has paid back may be paid again', () => {
    const journey = settled().send(adjust('claim', 2133));
    journey.send({ type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N' });
    expect(journey.send(adjust('pay', 1080)).happened).toContain('settlement_due');
  });

  test('store credit is never more than the goods cost, whatever else was paid for the order', () => {
    const journey = aReceivedReturn({
      ...refund({ instruments: ['store_credit'] }),
      request: { instrument: 'store_credit' },
      payments: [{ captured: 100_000 }],
    });
    journey.inspect('P1-1', damaged);
    expect(journey.now.refunds).toMatchObject({ 'S1-1': { to: 'store_credit', amount: 2133 } });
    expect(journey.send(adjust('pay', 1081)).refusal).toBe('adjustment_exceeds');
    expect(journey.send(adjust('pay', 1080)).happened).toContain('settlement_due');
  });

  test('nothing is adjusted before a return is authorized, or by no amount', () => {
    expect(settled().send(adjust('pay', 0)).refusal).toBe('amount_not_positive');
    expect(settled().send(adjust('pay', 0.5)).refusal).toBe('amount_not_positive');
    const lines = [{ sold: { finalSale: true } }];
    expect(aCustomerReturn({ lines }).send(adjust('pay', 1)).refusal).toBe('return_declined');
    expect(aCustomerReturn({ lines: [{ sold: { hazardous: true } }] }).send(adjust('pay', 1)).refusal).toBe(
      'not_authorized',
    );
  });
});

describe('what a buyer owes who was given store credit', () => {
  const credited = (): Journey => {
    const terms = early('authorization', { clawsBackCredit: true, instruments: ['original', 'store_credit'] });
    const wish: Wish = { ...terms, request: { instrument: 'store_credit' } };
    return aCustomerReturn(wish).labelBought().send({ type: 'cancel', note: null });
  };
  const taken = (journey: Journey, amount: number): Journey =>
    journey.outcome('take_back_credit:C1:S1-1', { type: 'credit_taken', taken: amount });

  test('is first taken from what is left of it', () => {
    const journey = credited();
    expect(journey.effects).toContainEqual(
      expect.objectContaining({ kind: 'take_back_credit', clawback: 'C1', refund: 'S1-1', atMost: 3213 }),
    );
    expect(journey.due.map(({ deadline }) => deadline)).not.toContain('dunning:C1');
    const paid = { type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N' } as const;
    expect(journey.send(paid).refusal).toBe('credit_being_taken');
    expect(taken(journey, 3213).happened).toEqual(['credit_taken_back']);
    expect(journey.labelVoided().now).toMatchObject({
      phase: 'closed',
      clawbacks: { C1: { state: 'paid', paid: 3213, outstanding: 0 } },
    });
    expect([journey.balance('receivable_from_customer'), settledAmount(journey.now)]).toEqual([0, 0]);
  });

  test('is asked of the buyer as far as that was spent', () => {
    const journey = taken(credited(), 1000);
    expect(journey.now.clawbacks).toMatchObject({ C1: { state: 'open', paid: 1000, outstanding: 2213 } });
    expect(journey.due.map(({ deadline }) => deadline)).toContain('dunning:C1');
    expect(taken(journey, 1000).happened).toEqual([]);
    const spent = taken(credited(), 0);
    expect(spent.now.clawbacks).toMatchObject({ C1: { state: 'open', paid: 0, outstanding: 3213 } });
  });

  test('is asked of the credit again where nobody could say what is left', () => {
    const journey = credited().outcome('take_back_credit:C1:S1-1', { type: 'unavailable', code: 'unknown' });
    expect(journey.queue).toEqual(['payment_unavailable take_back_credit:C1:S1-1']);
    journey.resolve('payment_unavailable', 'retry');
    expect(journey.effects.map(({ id }) => id)).toContain('take_back_credit:C1:S1-1#1');
  });
});
