import { describe, expect, test } from 'vitest';
import type { Policy } from '../../domain/policy/policy.ts';
import { moneyStatus } from '../../domain/return/status.ts';
import { aPolicy } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aRequest, rma, type Wish } from './world.ts';

const offers: Partial<Policy['refund']> = { instruments: ['original', 'store_credit', 'exchange', 'replacement'] };
const policy = (refund: Partial<Policy['refund']> = {}): Pick<Wish, 'policy'> => ({
  policy: {
    refund: { ...aPolicy().refund, ...offers, ...refund },
    // Goods go out when the policy settles; against a hold: see hold.test.ts.
    exchange: { payWithin: 'P7D', shipWithin: 'P3D' },
  },
});
/** Three mugs of 3213 in all come back for bowls of so much. */
const bowls = (price: number, refund: Partial<Policy['refund']> = {}): Wish => ({
  ...policy(refund),
  request: { instrument: 'exchange', wanted: [{ sku: 'BOWL', quantity: 2, price }] },
});
const asked = (wish: Wish): Journey => aCustomerReturn(wish).labelBought();
const reserved = (wish: Wish): Journey =>
  asked(wish).outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' });
const inspected = (wish: Wish): Journey =>
  reserved(wish)
    .track('in_transit')
    .receive([{ sku: 'MUG-1', quantity: 3 }])
    .inspect('P1-1');
const shipment = { exchange: 'X1', carrier: 'USPS', tracking: 'T-9', serials: [] } as const;
const ship = (journey: Journey): Journey => journey.send({ type: 'ship_exchange', ...shipment });
const released = (journey: Journey): Journey => journey.outcome('release_stock:X1', { type: 'stock_released' });
const pay = (journey: Journey, amount: number, reference = 'ch_1'): Journey =>
  journey.send({ type: 'pay_exchange', exchange: 'X1', amount, reference });

describe('an exchange', () => {
  test('reserves the goods with the authorization', () => {
    const journey = asked(bowls(3213));
    expect(journey.effects).toContainEqual(
      expect.objectContaining({ id: 'reserve_stock:X1#0', goods: [{ sku: 'BOWL', quantity: 2 }] }),
    );
    journey.outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' });
    expect(journey.now.exchange).toMatchObject({ state: 'wanted', stock: 'reserved' });
  });

  test('of the same price goes out once what comes back was accepted, and no money moves', () => {
    const journey = inspected(bowls(3213));
    expect(journey.happened).toContain('exchange_ready');
    expect(journey.now.refunds).toMatchObject({ 'S1-1': { to: 'exchange', amount: 3213, state: 'due' } });
    expect(ship(journey).happened).toEqual(['exchange_shipped', 'refund_succeeded']);
    released(journey).confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', exchange: { state: 'shipped', stock: 'released' } });
    expect([journey.balance('exchange_sales'), journey.balance('cash_clearing')]).toEqual([-3213, 0]);
    expect([journey.balance('sellable'), moneyStatus(journey.now)]).toEqual([1, 'full']);
  });

  test('of a lower price gives the difference back to the payment', () => {
    const journey = inspected(bowls(2000));
    expect(journey.now.refunds).toMatchObject({
      'S1-1': { to: 'exchange', amount: 2000 },
      'S1-2': { to: 'payment', payment: 'PAY1', amount: 1213 },
    });
    ship(journey).refunded('S1-2');
    released(journey).confirm('P1-1');
    expect(journey.now.phase).toBe('closed');
    expect([journey.balance('exchange_sales'), journey.balance('cash_clearing')]).toEqual([-2000, -1213]);
  });

  test('of a higher price waits until the buyer has paid the rest, exactly and once', () => {
    const journey = inspected(bowls(4000));
    expect(journey.all('exchange_payment_due')).toMatchObject([{ amount: { amount: 787, currency: 'EUR' } }]);
    expect(ship(journey).refusal).toBe('exchange_not_ready');
    expect(pay(journey, 786).refusal).toBe('amount_not_due');
    expect(pay(journey, 787).happened).toEqual(['exchange_paid', 'exchange_ready']);
    expect(pay(journey, 787).happened).toEqual([]);
    expect(pay(journey, 787, 'ch_2').refusal).toBe('no_payment_due');
    expect(journey.balance('customer_prepayments')).toBe(-787);
    released(ship(journey)).confirm('P1-1');
    expect(journey.now.phase).toBe('closed');
    expect(['exchange_sales', 'customer_prepayments', 'cash_clearing'].map((of) => journey.balance(of))).toEqual([
      -4000, 0, 787,
    ]);
  });

  test('that is not paid for in time becomes a refund, and its stock is free again', () => {
    const journey = inspected(bowls(4000)).fires('exchange:X1');
    expect(journey.happened).toEqual(['exchange_dropped', 'refund_replaced']);
    expect(journey.now.refunds).toMatchObject({
      'S1-1': { state: 'replaced' },
      'S1-2': { to: 'payment', amount: 3213, state: 'due' },
    });
    expect(journey.effects.map(({ id }) => id)).toEqual(['refund:S1-2#0', 'release_stock:X1#0']);
    expect(pay(journey, 787).refusal).toBe('no_payment_due');
    released(journey).refunded('S1-2').confirm('P1-1');
    expect(journey.now.phase).toBe('closed');
    expect([journey.balance('exchange_sales'), journey.balance('cash_clearing')]).toEqual([0, -3213]);
  });

  test('of which too little was accepted costs more, or the goods are refused whole and nothing goes out', () => {
    const journey = reserved(bowls(3213)).receive([{ sku: 'MUG-1', quantity: 3, serials: [] }]);
    journey.inspect('P1-1', { facts: { cosmetic: 'damaged' } });
    const [due] = journey.all('exchange_payment_due');
    expect(due?.amount.amount).toBe(3213 - (journey.now.refunds['S1-1']?.amount ?? 0));
    const none = reserved({ ...bowls(3213), lines: [{ sold: { serials: ['S-1'] } }] });
    none.receive([{ sku: 'MUG-1', quantity: 3, serials: ['X-9'] }]).resolve('serial_mismatch', 'reject');
    expect(none.all('exchange_dropped')).toMatchObject([{ why: 'nothing_accepted' }]);
  });

  test('falls back to money where the shop has no stock, before or after the goods came', () => {
    const journey = asked(bowls(3213)).outcome('reserve_stock:X1', { type: 'refused', code: 'out_of_stock' });
    expect(journey.all('exchange_dropped')).toMatchObject([{ why: 'out_of_stock' }]);
    released(journey)
      .receive([{ sku: 'MUG-1', quantity: 3 }])
      .inspect('P1-1');
    expect(journey.now.refunds).toMatchObject({ 'S1-1': { to: 'payment', amount: 3213 } });
    expect(journey.now.settlements['S1']?.instrument).toBe('original');
  });

  test('frees its stock where the return is cancelled, expires or is withdrawn', () => {
    for (const end of ['cancel', 'expire', 'withdraw'] as const) {
      const journey = reserved(bowls(3213));
      if (end === 'cancel') journey.send({ type: 'cancel', note: null });
      else if (end === 'withdraw') journey.send({ type: 'drop_exchange', exchange: 'X1', note: 'N' });
      else journey.later(22).fires('reminder').fires('reminder').fires('escalation').fires('expiry');
      expect(journey.happened, end).toContain('exchange_dropped');
      expect(
        journey.effects.map(({ kind }) => kind),
        end,
      ).toContain('release_stock');
    }
    const declined = aCustomerReturn({ ...bowls(3213), lines: [{ sold: { finalSale: true } }] });
    expect(declined.now).toMatchObject({ phase: 'closed', exchange: { state: 'dropped', stock: 'none' } });
  });

  test('lets go of stock that was reserved after it was given up', () => {
    const journey = asked(bowls(3213)).send({ type: 'drop_exchange', exchange: 'X1', note: 'N' });
    released(journey).outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' });
    expect(journey.effects.map(({ id }) => id)).toEqual(['release_stock:X1#1']);
  });

  test('goes out first where the policy settles in advance, and is claimed back where nothing comes', () => {
    const journey = reserved(bowls(3213, { timing: 'authorization' }));
    expect(journey.happened).toContain('exchange_ready');
    released(ship(journey));
    journey.later(22).fires('reminder').fires('reminder').fires('escalation').fires('expiry');
    expect(journey.now.clawbacks).toMatchObject({ C1: { cause: 'not_returned', total: 3213, outstanding: 3213 } });
  });

  test('that has not gone out yet is given up where what covered it never comes, and nobody owes anything', () => {
    const journey = reserved(bowls(3213, { timing: 'authorization' }));
    journey.send({ type: 'cancel', note: null });
    expect(journey.now).toMatchObject({
      clawbacks: { C1: { state: 'offset', outstanding: 0 } },
      exchange: { state: 'dropped' },
      refunds: { 'S1-1': { state: 'replaced' }, 'S1-2': { to: 'offset' } },
    });
    expect(ship(journey).refusal).toBe('exchange_not_ready');
  });

  test('gives the paid difference back where no goods go out after all', () => {
    const journey = pay(inspected(bowls(4000)), 787).send({ type: 'drop_exchange', exchange: 'X1', note: 'N' });
    expect(journey.queue).toEqual(['exchange_repayment X1']);
    released(journey).refunded('S1-2').confirm('P1-1');
    expect(journey.now.phase).toBe('open');
    expect(journey.resolve('exchange_repayment', 'paid').now.phase).toBe('closed');
    expect(['customer_prepayments', 'cash_clearing'].map((of) => journey.balance(of))).toEqual([0, -3213]);
  });

  test('whose payment is disputed keeps back no more than that payment, also where a person writes it off', () => {
    const journey = inspected({ ...bowls(3213), payments: [{ captured: 1000 }, { captured: 2213 }] });
    const dispute = { dispute: 'dp_1', status: 'open', amount: 1000, at: journey.at } as const;
    journey.send({ type: 'dispute_update', payment: 'PAY1', dispute });
    expect(journey.queue).toEqual(['payment_disputed PAY1']);
    journey.resolve('payment_disputed', 'write_off');
    expect(journey.queue).toEqual([]);
    expect(journey.all('refund_frozen')).toHaveLength(1);
  });

  test('tells a person where the shop does not ship, and again', () => {
    const journey = inspected(bowls(3213)).fires('exchange:X1');
    expect(journey.queue).toEqual(['exchange_late X1']);
    journey.resolve('exchange_late', 'acknowledge');
    expect(journey.fires('exchange:X1').queue).toEqual(['exchange_late X1']);
    expect(ship(journey).queue).toEqual([]);
  });

  test('asks a person where the shop’s stock does not answer', () => {
    const down = { type: 'unavailable', code: 'time_out' } as const;
    const journey = asked(bowls(3213)).outcome('reserve_stock:X1', down);
    expect(journey.queue).toEqual(['stock_unavailable reserve_stock:X1']);
    expect(journey.resolve('stock_unavailable', 'retry').effects.map(({ id }) => id)).toEqual(['reserve_stock:X1#1']);
    journey.outcome('reserve_stock:X1', down).resolve('stock_unavailable', 'acknowledge');
    expect(journey.all('exchange_dropped')).toMatchObject([{ why: 'out_of_stock' }]);
    expect(journey.outcome('release_stock:X1', down).queue).toEqual(['stock_unavailable release_stock:X1']);
  });

  test('names goods with a price, and nothing else does', () => {
    const request = (changes: object) => aCustomerReturn({ ...policy(), request: changes }).refusal;
    expect(request({ instrument: 'exchange' })).toBe('goods_not_named');
    expect(request({ instrument: 'original', wanted: [{ sku: 'B', quantity: 1, price: 1 }] })).toBe('goods_not_named');
    expect(request({ instrument: 'exchange', wanted: [{ sku: 'B', quantity: 0, price: 1 }] })).toBe(
      'quantity_not_positive',
    );
    expect(request({ instrument: 'exchange', wanted: [{ sku: 'B', quantity: 1, price: 0 }] })).toBe(
      'amount_not_positive',
    );
    expect(aRequest(bowls(1)).rma).toBe(rma);
    const strange = reserved(bowls(3213));
    expect(strange.send({ type: 'drop_exchange', exchange: 'constructor', note: 'N' }).refusal).toBe(
      'unknown_exchange',
    );
    expect(ship(inspected({ ...policy() })).refusal).toBe('unknown_exchange');
  });
});

describe('a replacement', () => {
  const faulty = (quantity = 3, refund: Partial<Policy['refund']> = {}): Wish => ({
    ...policy(refund),
    lines: [{ reason: 'defective', quantity }],
    request: { instrument: 'replacement' },
  });

  test('sends the same again for what was accepted, with its new serials and without money', () => {
    const journey = reserved(faulty())
      .receive([{ sku: 'MUG-1', quantity: 2 }])
      .inspect('P1-1');
    expect(journey.now.exchange?.state).toBe('wanted');
    journey.resolve('short', 'missing');
    expect(journey.all('exchange_ready')).toMatchObject([{ goods: [{ sku: 'MUG-1', quantity: 2 }] }]);
    const serials = (of: readonly string[]) => [{ sku: 'MUG-1', serials: of }];
    const sent = { ...shipment, type: 'ship_exchange' } as const;
    expect(journey.send({ ...sent, serials: serials(['N-1', 'N-2', 'N-3']) }).refusal).toBe('serials_not_shipped');
    expect(journey.send({ ...sent, serials: serials(['N-1', 'N-1']) }).refusal).toBe('serials_not_shipped');
    journey.send({ ...sent, serials: serials(['N-1', 'N-2']) });
    expect(journey.now.exchange?.shipment?.serials).toEqual(serials(['N-1', 'N-2']));
    expect(journey.effects).toContainEqual(
      expect.objectContaining({ kind: 'release_stock', shipped: [{ sku: 'MUG-1', quantity: 2 }] }),
    );
    expect(journey.balance('cash_clearing')).toBe(0);
  });

  test('is for goods that are not as they should be, and goes out first where the policy says so', () => {
    const own = aCustomerReturn({ ...faulty(), lines: [{ reason: 'changed_mind' }] });
    expect(own.now.lines['L1']).toMatchObject({ verdict: 'ineligible', codes: ['instrument_not_offered'] });
    const first = reserved(faulty(3, { timing: 'first_scan' })).track('in_transit');
    expect(first.happened).toContain('exchange_ready');
  });

  test('becomes a refund where nothing can be sent', () => {
    const journey = inspected(faulty()).send({ type: 'drop_exchange', exchange: 'X1', note: 'N' });
    expect(journey.now.refunds).toMatchObject({ 'S1-2': { to: 'payment', amount: 3213 } });
  });
});

describe('while the payment of what comes back is disputed', () => {
  const heard = (journey: Journey, status: 'open' | 'won' | 'lost', second: number, amount = 3213): Journey =>
    journey.send({
      type: 'dispute_update',
      payment: 'PAY1',
      dispute: { dispute: 'dp_1', status, amount, at: `2026-03-20T10:00:0${second}.000Z` },
    });
  const replaced: Wish = {
    ...policy(),
    lines: [{ reason: 'defective' }],
    request: { instrument: 'replacement' },
  };

  test('goods that were ready are kept back, and go out once it is won', () => {
    for (const wish of [bowls(3213), replaced]) {
      const journey = heard(inspected(wish), 'open', 0);
      expect(journey.now.refunds).toMatchObject({ 'S1-2': { state: 'frozen', payment: 'PAY1', amount: 3213 } });
      expect(ship(journey).refusal).toBe('exchange_not_ready');
      expect(heard(journey, 'won', 1).now.exchange?.state).toBe('ready');
      expect(ship(journey).happened).toContain('exchange_shipped');
      released(journey).confirm('P1-1');
      expect([journey.now.phase, journey.balance('exchange_sales')]).toEqual(['closed', -3213]);
    }
  });

  test.each([
    ['other goods, before they were ready', bowls(3213), false],
    ['other goods, once they were ready', bowls(3213), true],
    ['the same again, before it was ready', replaced, false],
    ['the same again, once it was ready', replaced, true],
  ])('%s, are not given beside what a lost one gave', (_what, wish, ready) => {
    const came = () =>
      reserved(wish)
        .track('in_transit')
        .receive([{ sku: 'MUG-1', quantity: 3 }]);
    const journey = ready ? heard(inspected(wish), 'open', 0) : heard(came(), 'open', 0).inspect('P1-1');
    heard(journey, 'lost', 1);
    expect(journey.now.exchange?.state).toBe('dropped');
    expect(ship(journey).refusal).toBe('exchange_not_ready');
    expect(journey.balance('cash_clearing')).toBe(0);
    released(journey).confirm('P1-1');
    expect(journey.now.phase).toBe('closed');
  });
});
