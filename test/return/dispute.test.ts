import { describe, expect, test } from 'vitest';
import { chargedBack, roomOf, withDispute } from '../../domain/money/dispute.ts';
import { moneyStatus } from '../../domain/return/status.ts';
import type { DisputeFacts } from '../../domain/sale/order.ts';
import { aPayment } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aReceivedReturn, type Wish } from './world.ts';

const inspected = (wish: Wish = {}) => aReceivedReturn(wish).inspect('P1-1').confirm('P1-1');

/** Seconds say which news is the newer one. */
const aDispute = (status: DisputeFacts['status'], second = 0, amount = 3213): DisputeFacts => ({
  dispute: 'dp_1',
  status,
  amount,
  at: `2026-03-20T10:00:0${second}.000Z`,
});

const heard = (journey: Journey, status: DisputeFacts['status'], second = 0, amount = 3213, payment = 'PAY1') =>
  journey.send({ type: 'dispute_update', payment, dispute: aDispute(status, second, amount) });

const disputed = (wish: Wish = {}) => heard(aReceivedReturn(wish), 'open').inspect('P1-1').confirm('P1-1');

describe('while a payment is disputed', () => {
  test('its refund is not asked for, and one entry waits however many there are', () => {
    const journey = heard(aReceivedReturn(), 'open');
    expect(journey.queue).toEqual([]);
    journey.inspect('P1-1', { quantity: 1 }).inspect('P1-1');
    expect(journey.effects).toEqual([]);
    expect(Object.values(journey.now.refunds)).toMatchObject([
      { refund: 'S1-1', state: 'frozen', amount: 1071 },
      { refund: 'S2-1', state: 'frozen', amount: 2142 },
    ]);
    expect(journey.queue).toEqual(['payment_disputed PAY1']);
    expect(moneyStatus(journey.now)).toBe('none');
    expect(journey.now.payments).toMatchObject([{ refunded: 3213 }]);
  });

  test('what other payments take is paid, and only its own share waits', () => {
    const wish: Wish = { payments: [{ captured: 3000 }, { captured: 1000 }] };
    const journey = heard(aReceivedReturn(wish), 'open', 0, 3000).inspect('P1-1').confirm('P1-1');
    expect(journey.effects).toMatchObject([{ id: 'refund:S1-2#0', providerPaymentId: 'pi_2', amount: 213 }]);
    expect(journey.refunded('S1-2').now.phase).toBe('open');
    expect(heard(journey, 'won', 1).effects).toMatchObject([{ id: 'refund:S1-3#0', amount: 3000 }]);
    expect(journey.refunded('S1-3').now.phase).toBe('closed');
  });

  test('no store credit is given for what the chargeback may give', () => {
    const journey = disputed({ request: { instrument: 'store_credit' } });
    expect(journey.balance('store_credit_liability')).toBe(0);
    expect(heard(journey, 'won', 1).now.phase).toBe('closed');
    expect(-journey.balance('store_credit_liability')).toBe(3213);
  });

  test('a provider that says so before its webhook comes freezes the refund all the same', () => {
    const journey = inspected().outcome('refund:S1-1', { type: 'refused', code: 'payment_disputed' });
    expect(journey.happened).toEqual(['refund_failed', 'refund_replaced', 'refund_frozen', 'attention_raised']);
    expect(journey.effects).toEqual([]);
    expect(heard(journey, 'won').effects).toMatchObject([{ id: 'refund:S1-3#0', amount: 3213 }]);
  });

  test('so does a pending refund that failed because of it', () => {
    const journey = inspected().refunded('S1-1', 'pending');
    journey.send({
      type: 'refund_update',
      refund: 'S1-1',
      status: 'failed',
      providerId: 're_1',
      code: 'charge_disputed',
    });
    expect(journey.queue).toEqual(['payment_disputed PAY1']);
    expect(journey.now.refunds['S1-2']).toMatchObject({ state: 'frozen', amount: 3213 });
  });

  test('a person need not wait for its end', () => {
    const asked = disputed().resolve('payment_disputed', 'retry');
    expect(asked.effects).toMatchObject([{ id: 'refund:S1-2#0', amount: 3213 }]);
    asked.outcome('refund:S1-2', { type: 'refused', code: 'payment_disputed' });
    expect(asked.queue).toEqual(['payment_disputed PAY1']);
    const credit = disputed().resolve('payment_disputed', 'store_credit');
    expect(credit.now.phase).toBe('closed');
    expect(-credit.balance('store_credit_liability')).toBe(3213);
    const written = disputed().resolve('payment_disputed', 'write_off');
    expect(written.now).toMatchObject({ phase: 'closed', payments: [{ refunded: 0 }] });
    expect(-written.balance('write_off')).toBe(3213);
  });
});

describe('once a dispute is', () => {
  test('won, the refund goes on, and nobody is asked any more', () => {
    const journey = heard(disputed(), 'won', 1);
    expect(journey.happened).toEqual(['dispute_noted', 'refund_replaced', 'attention_resolved']);
    expect(journey.effects).toMatchObject([{ id: 'refund:S1-2#0', providerPaymentId: 'pi_1', amount: 3213 }]);
    expect(journey.refunded('S1-2').now.phase).toBe('closed');
  });

  test('lost, the chargeback is the refund', () => {
    const journey = heard(disputed(), 'lost', 1);
    expect(journey.happened).toEqual([
      'dispute_noted',
      'refund_replaced',
      'refund_succeeded',
      'attention_resolved',
      'closed',
    ]);
    expect(journey.now.refunds['S1-2']).toMatchObject({ to: 'chargeback', payment: 'PAY1', amount: 3213 });
    expect([journey.balance('payable_to_customer'), -journey.balance('chargebacks')]).toEqual([0, 3213]);
    expect([journey.balance('cash_clearing'), moneyStatus(journey.now)]).toEqual([0, 'full']);
  });

  test('lost in part, the rest is paid as it was to be', () => {
    const journey = heard(disputed(), 'lost', 1, 1000);
    expect(journey.now.refunds).toMatchObject({
      'S1-2': { to: 'chargeback', amount: 1000, state: 'succeeded' },
      'S1-3': { to: 'payment', amount: 2213, state: 'due' },
    });
    expect(journey.refunded('S1-3').now.phase).toBe('closed');
  });

  test('lost before anything was due, it pays once however often something falls due', () => {
    const journey = heard(heard(aReceivedReturn(), 'open'), 'lost', 1, 2000);
    journey.inspect('P1-1', { quantity: 1 }).inspect('P1-1');
    expect(Object.values(journey.now.refunds)).toMatchObject([
      { to: 'chargeback', amount: 1071 },
      { to: 'chargeback', amount: 929 },
      { to: 'payment', amount: 1213, state: 'due' },
    ]);
  });

  test('over, older news of it and news said again change nothing', () => {
    const journey = heard(disputed(), 'won', 5);
    for (const [status, second] of [
      ['open', 4],
      ['open', 5],
      ['won', 5],
    ] as const) {
      expect(heard(journey, status, second).happened).toEqual([]);
    }
    expect(heard(journey, 'open', 6, 3213, 'PAY9').happened).toEqual([]);
  });

  test('over after the return has closed, nothing changes', () => {
    const journey = inspected().refunded('S1-1');
    expect(heard(journey, 'lost').happened).toEqual([]);
  });
});

test('disputes of one payment are told apart, and more than was captured is never charged back', () => {
  const twice = [aDispute('lost', 0, 3000), { ...aDispute('lost', 0, 3000), dispute: 'dp_2' }].reduce(
    withDispute,
    aPayment({ captured: 4000, refunded: 500 }),
  );
  expect([chargedBack(twice), roomOf(twice), twice.disputed]).toEqual([4000, 0, false]);
  expect(withDispute(twice, { ...aDispute('open', 1), dispute: 'dp_3' }).disputed).toBe(true);
});

describe('what a bank took and gives back after all', () => {
  const lost = () => heard(disputed(), 'lost', 1);

  test('is owed to the buyer again, also by a return that has closed, and paid once', () => {
    const journey = heard(lost(), 'won', 2);
    expect(journey.happened).toEqual(['reopened', 'dispute_noted', 'refund_failed', 'refund_replaced']);
    expect(journey.now.refunds).toMatchObject({
      'S1-2': { to: 'chargeback', state: 'replaced' },
      'S1-3': { to: 'payment', state: 'due', amount: 3213 },
    });
    expect([journey.balance('chargebacks'), -journey.balance('payable_to_customer')]).toEqual([0, 3213]);
    expect(heard(journey, 'won', 2).happened).toEqual([]);
    expect(journey.refunded('S1-3').now).toMatchObject({ phase: 'closed', payments: [{ refunded: 3213 }] });
    expect([journey.balance('payable_to_customer'), -journey.balance('cash_clearing')]).toEqual([0, 3213]);
    expect(heard(journey, 'won', 3).happened).toEqual([]);
  });

  test('waits once more where the dispute begins anew', () => {
    const journey = heard(lost(), 'open', 2);
    expect(journey.queue).toEqual(['payment_disputed PAY1']);
    expect(journey.now.refunds['S1-3']).toMatchObject({ to: 'payment', state: 'frozen' });
    expect(heard(journey, 'lost', 3).now).toMatchObject({ phase: 'closed', payments: [{ settledByChargeback: 3213 }] });
  });

  test('is found also where the payments were read anew before', () => {
    const journey = heard(aReceivedReturn(), 'lost').inspect('P1-1');
    const payments = journey.now.payments.map((each) => ({ ...each, disputes: [aDispute('won', 2)] }));
    expect(journey.send({ type: 'payments_changed', payments }).effects).toMatchObject([
      { id: 'refund:S1-2#0', amount: 3213 },
    ]);
    expect(heard(journey, 'won', 2).happened).toEqual([]);
  });

  test('in part asks a person, as other returns may count the rest', () => {
    const first = heard(aReceivedReturn(), 'lost', 0, 2000);
    const journey = first.send({
      type: 'dispute_update',
      payment: 'PAY1',
      dispute: { ...aDispute('lost', 0, 1213), dispute: 'dp_2' },
    });
    journey.inspect('P1-1').confirm('P1-1');
    expect(journey.now.phase).toBe('closed');
    expect(heard(journey, 'won', 1).queue).toEqual(['refund_failed S1-1']);
    journey.resolve('refund_failed', 'retry');
    expect(Object.values(journey.now.refunds)).toMatchObject([
      { state: 'replaced' },
      { to: 'chargeback', amount: 1213, state: 'succeeded' },
      { to: 'payment', amount: 2000, state: 'due' },
    ]);
    expect(journey.refunded('S1-3').now.phase).toBe('closed');
  });

  test('becomes store credit where that was to be paid', () => {
    const journey = heard(heard(disputed({ request: { instrument: 'store_credit' } }), 'lost', 1), 'won', 2);
    expect(journey.now.phase).toBe('closed');
    expect([journey.balance('chargebacks'), -journey.balance('store_credit_liability')]).toEqual([0, 3213]);
  });
});
