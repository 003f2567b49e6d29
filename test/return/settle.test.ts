import { describe, expect, test } from 'vitest';
import type { Policy } from '../../domain/policy/policy.ts';
import { moneyStatus } from '../../domain/return/status.ts';
import { plusDays } from './calendar.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

const inspected = (wish: Wish = {}) => aReceivedReturn(wish).inspect('P1-1');
const settled = (wish: Wish = {}) => inspected(wish).confirm('P1-1').refunded('S1-1');
const fees = (changes: Partial<Policy['fees']>): Policy['fees'] => ({
  restockingBasisPoints: 0,
  returnShipping: { EUR: 495 },
  waivedFor: ['us', 'vendor', 'carrier'],
  ...changes,
});

describe('a settlement', () => {
  test('is due after inspection, or at receipt, as the policy says', () => {
    expect(aReceivedReturn().effects).toEqual([]);
    expect(inspected().effects).toMatchObject([{ id: 'refund:S1-1#0', providerPaymentId: 'pi_1', amount: 3213 }]);
    const early = aReceivedReturn({ timing: 'receipt' });
    expect(early.happened).toEqual(['parcel_received', 'item_accepted', 'settlement_due']);
    expect(early.refunded('S1-1').inspect('P1-1').happened).toEqual(['item_inspected', 'item_disposed']);
    expect(early.confirm('P1-1').now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('balances what is owed with what was paid', () => {
    const journey = settled();
    expect(journey.happened).toEqual(['refund_succeeded', 'closed']);
    expect(journey.balance('payable_to_customer')).toBe(0);
    expect([journey.balance('returns'), journey.balance('tax'), journey.balance('cash_clearing')]).toEqual([
      2700, 513, -3213,
    ]);
    expect(moneyStatus(journey.now)).toBe('full');
  });

  test('takes the fee for the way back once', () => {
    const journey = aReceivedReturn({ policy: { fees: fees({}) } });
    journey.inspect('P1-1', { quantity: 1 }).inspect('P1-1');
    expect(Object.values(journey.now.settlements)).toMatchObject([
      { shippingFee: 495, total: 576 },
      { shippingFee: 0, total: 2142 },
    ]);
    expect(-journey.balance('shipping_fees')).toBe(495);
  });

  test('takes no fee for a way back that the buyer paid for', () => {
    const journey = aCustomerReturn({ policy: { fees: fees({}) } }).labelBought();
    journey.receive([{ sku: 'MUG-1', quantity: 3 }], null).inspect('U2-1');
    expect(journey.now.settlements['S1']).toMatchObject({ shippingFee: 0, total: 3213 });
  });

  test('takes no fee for the way back that the buyer could not help', () => {
    const journey = aReceivedReturn({ lines: [{ reason: 'defective' }], policy: { fees: fees({}) } }).inspect('P1-1');
    expect(journey.now.settlements['S1']).toMatchObject({ shippingFee: 0, total: 3213 });
  });

  test('takes the fee where only a line that was barred would have waived it', () => {
    const lines = [{}, { reason: 'defective' as const, sold: { deliveredAt: null } }];
    const journey = aReceivedReturn({ lines, policy: { fees: fees({}) } }).inspect('P1-1');
    expect(journey.now.settlements['S1']?.shippingFee).toBe(495);
    expect(journey.now.quote.amount).toBe(3213 - 495);
  });

  test('goes by the reason found where it differs from the reason claimed', () => {
    const lines = [{ reason: 'defective' as const }];
    const journey = aReceivedReturn({ lines, policy: { fees: fees({}) } }).inspect('P1-1', { reason: 'changed_mind' });
    expect(journey.now.settlements['S1']?.shippingFee).toBe(495);
  });

  test('takes diminished value off what the buyer has used', () => {
    const journey = aReceivedReturn().inspect('P1-1', { facts: { cosmetic: 'damaged' } });
    expect(journey.now.settlements['S1']?.total).toBe(3213 - 1080);
    expect(-journey.balance('diminished_value')).toBe(1080);
  });

  test('as store credit needs nobody else', () => {
    const journey = inspected({ request: { instrument: 'store_credit' } });
    expect(journey.happened.slice(-2)).toEqual(['settlement_due', 'refund_succeeded']);
    expect(journey.effects).toEqual([]);
    expect(-journey.balance('store_credit_liability')).toBe(3213);
    expect(journey.confirm('P1-1').now.phase).toBe('closed');
    const nonsense = { type: 'refund_update', refund: 'S1-1', status: 'failed', providerId: 'x' } as const;
    expect(journey.send(nonsense).refusal).toBe('unknown_refund');
  });

  test('as store credit is no more than was paid either, unless a person says so', () => {
    const request = { instrument: 'store_credit' } as const;
    const journey = inspected({ request, payments: [{ captured: 3213, refunded: 1000 }] });
    expect(journey.queue).toEqual(['refund_over_payment S1-2']);
    expect(-journey.balance('store_credit_liability')).toBe(2213);
    journey.resolve('refund_over_payment', 'store_credit').confirm('P1-1');
    expect([journey.now.phase, -journey.balance('store_credit_liability')]).toEqual(['closed', 3213]);
    // Goods that nobody has paid us for, as far as we know, are credited as they were asked to be.
    expect(-inspected({ request, payments: [] }).balance('store_credit_liability')).toBe(3213);
  });

  test('goes to several payments in their order, never more than was captured', () => {
    const journey = inspected({ payments: [{ captured: 1000, refunded: 400 }, { captured: 5000 }] });
    expect(journey.effects).toMatchObject([
      { id: 'refund:S1-1#0', providerPaymentId: 'pi_1', amount: 600 },
      { id: 'refund:S1-2#0', providerPaymentId: 'pi_2', amount: 2613 },
    ]);
    expect(moneyStatus(journey.refunded('S1-1').now)).toBe('partial');
    expect(journey.refunded('S1-2').confirm('P1-1').now.phase).toBe('closed');
  });

  test('that no payment can take in full asks a person for the rest', () => {
    const short = () =>
      inspected({ payments: [{ captured: 3000 }] })
        .confirm('P1-1')
        .refunded('S1-1');
    expect(short().queue).toEqual(['refund_over_payment S1-2']);
    const credit = short().resolve('refund_over_payment', 'store_credit');
    expect(credit.happened).toEqual(['attention_resolved', 'refund_replaced', 'refund_succeeded', 'closed']);
    expect([credit.balance('payable_to_customer'), -credit.balance('store_credit_liability')]).toEqual([0, 213]);
    const written = short().resolve('refund_over_payment', 'write_off');
    expect(written.happened).toEqual(['attention_resolved', 'refund_written_off', 'closed']);
    expect([written.balance('payable_to_customer'), -written.balance('write_off')]).toEqual([0, 213]);
    expect([moneyStatus(credit.now), moneyStatus(written.now)]).toEqual(['full', 'partial']);
  });

  test('of nothing pays nothing', () => {
    const journey = inspected({ lines: [{ sold: { price: 0, discount: 0, tax: 0 } }] });
    expect(journey.all('settlement_due')).toMatchObject([{ total: { amount: 0 }, legs: [] }]);
    expect(journey.confirm('P1-1').now.phase).toBe('closed');
  });
});

describe('a refund', () => {
  test('that is pending is asked for again after a day', () => {
    const journey = inspected().refunded('S1-1', 'pending');
    expect(journey.happened).toEqual(['refund_requested']);
    expect(journey.effects).toEqual([]);
    expect(journey.due).toContainEqual({ deadline: 'refund:S1-1', at: plusDays(1) });
    expect(journey.refunded('S1-1', 'pending').happened).toEqual([]);
    expect(journey.fires('refund:S1-1').effects).toMatchObject([{ id: 'refund:S1-1#1' }]);
    expect(journey.refunded('S1-1', 'pending').due).toContainEqual({ deadline: 'refund:S1-1', at: plusDays(2) });
    expect(journey.refunded('S1-1').refunded('S1-1').happened).toEqual([]);
  });

  test('that the webhook reports counts once', () => {
    const journey = inspected().confirm('P1-1');
    const news = { type: 'refund_update', refund: 'S1-1', status: 'succeeded', providerId: 're_1' } as const;
    expect(journey.send(news).happened).toEqual(['refund_succeeded', 'closed']);
    expect(journey.send(news).happened).toEqual([]);
    expect(journey.send({ ...news, refund: 'S9-1' }).refusal).toBe('unknown_refund');
    expect(journey.send({ ...news, status: 'pending' }).happened).toEqual([]);
  });

  test('that fails is tried anew, becomes store credit, or is written off', () => {
    const failed = () => inspected().confirm('P1-1').refunded('S1-1', 'failed');
    expect(failed().queue).toEqual(['refund_failed S1-1']);
    expect(failed().now.payments).toMatchObject([{ refunded: 0 }]);
    const again = failed().resolve('refund_failed', 'retry');
    expect(again.effects).toMatchObject([{ id: 'refund:S1-2#0', amount: 3213 }]);
    expect(again.now.payments).toMatchObject([{ refunded: 3213 }]);
    expect(again.refunded('S1-2').now.phase).toBe('closed');
    expect(failed().resolve('refund_failed', 'store_credit').now.phase).toBe('closed');
    expect(failed().resolve('refund_failed', 'write_off').now.phase).toBe('closed');
    expect(failed().resolve('refund_failed', 'accept').refusal).toBe('resolution_not_allowed');
  });

  test('that is tried anew goes to its own payment first, then where there is room', () => {
    const journey = inspected({ payments: [{ captured: 1000 }, { captured: 5000 }] })
      .refunded('S1-1')
      .refunded('S1-2', 'failed');
    journey.send({
      type: 'payments_changed',
      payments: journey.now.payments.map((each) => ({ ...each, captured: each.payment === 'PAY2' ? 2000 : 1500 })),
    });
    journey.resolve('refund_failed', 'retry');
    expect(journey.effects).toMatchObject([
      { id: 'refund:S1-3#0', providerPaymentId: 'pi_2', amount: 2000 },
      { id: 'refund:S1-4#0', providerPaymentId: 'pi_1', amount: 213 },
    ]);
  });

  test('that the provider refuses has failed', () => {
    const journey = inspected().outcome('refund:S1-1', { type: 'refused', code: 'amount_too_large' });
    expect(journey.queue).toEqual(['refund_failed S1-1']);
  });

  test('that nobody can make now waits for a person, or for the news that it was made', () => {
    const unavailable = () => inspected().outcome('refund:S1-1', { type: 'unavailable', code: 'time_out' });
    expect(unavailable().queue).toEqual(['payment_unavailable S1-1']);
    expect(unavailable().effects).toEqual([]);
    expect(unavailable().resolve('payment_unavailable', 'retry').effects).toMatchObject([{ id: 'refund:S1-1#1' }]);
    const news = { type: 'refund_update', refund: 'S1-1', status: 'succeeded', providerId: 're_1' } as const;
    expect(unavailable().send(news).queue).toEqual([]);
  });

  test('that comes back from the bank after the return closed opens it again', () => {
    const journey = settled().later(5);
    journey.send({ type: 'refund_update', refund: 'S1-1', status: 'failed', providerId: 're_1' });
    expect(journey.happened).toEqual(['reopened', 'refund_failed', 'attention_raised']);
    expect(journey.balance('payable_to_customer')).toBe(-3213);
    expect(moneyStatus(journey.now)).toBe('none');
    journey.resolve('refund_failed', 'retry').refunded('S1-2');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(journey.balance('payable_to_customer')).toBe(0);
  });
});

describe('at the end', () => {
  test('books that disagree keep the return open, and ask anew each time', () => {
    const journey = inspected().refunded('S1-1').send({ type: 'ledger_disagrees', detail: 'quarantine:MUG-1 1' });
    expect(journey.happened).toEqual(['reconciliation_required', 'attention_raised']);
    expect(journey.confirm('P1-1').now.phase).toBe('open');
    const [asked] = Object.keys(journey.now.attention);
    journey.send({ type: 'ledger_disagrees', detail: 'quarantine:MUG-1 1' });
    expect(Object.keys(journey.now.attention)).not.toContain(asked);
    expect(journey.resolve('reconciliation', 'retry').happened).toEqual([
      'attention_resolved',
      'reconciliation_retried',
      'closed',
    ]);
    expect(journey.send({ type: 'ledger_disagrees', detail: 'late' }).happened).toEqual([]);
  });

  test('news of payments changes nothing when it is none', () => {
    const journey = settled();
    expect(journey.send({ type: 'payments_changed', payments: journey.now.payments }).happened).toEqual([]);
    expect(journey.send({ type: 'sync' }).happened).toEqual([]);
  });

  test('nobody can answer what nobody asked', () => {
    const journey = aCustomerReturn();
    expect(journey.send({ type: 'resolve', attention: 'A1', resolution: 'retry', note: 'N' }).refusal).toBe(
      'unknown_attention',
    );
    expect(journey.send({ type: 'resolve', attention: 'constructor', resolution: 'retry', note: 'N' }).refusal).toBe(
      'unknown_attention',
    );
  });

  test('what is closed is neither inspected nor moved', () => {
    const journey = settled();
    expect(journey.send({ type: 'inspect', item: 'P1-1', findings: [] }).refusal).toBe('return_closed');
    expect(journey.confirm('P1-1').refusal).toBe('return_closed');
    expect(journey.send({ type: 'dispose', item: 'P1-1', disposition: 'donate', note: 'N' }).refusal).toBe(
      'return_closed',
    );
  });
});
