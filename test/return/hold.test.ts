import { describe, expect, test } from 'vitest';
import { aPolicy } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, type Wish } from './world.ts';

/** What is owed is asked of the buyer. */
const { chargesConsented: _, ...uncharged } = aPolicy().refund;
const consent = { reference: 'AGREED-1', at: '2026-03-10T09:00:00.000Z' };

/** Three mugs of 3213 in all are to be replaced, or bowls of so much are wanted for them, first and against a hold. */
const wanted = (price: number | null = null, more: Partial<NonNullable<Wish['request']>> = { consent }): Wish => ({
  policy: {
    refund: { ...uncharged, instruments: ['original', 'exchange', 'replacement'] },
    exchange: { payWithin: 'P7D', shipWithin: 'P3D', firstAgainstHold: { goodsWithin: 'P6D' } },
  },
  lines: [{ reason: 'defective' }],
  request:
    price === null
      ? { instrument: 'replacement', ...more }
      : { instrument: 'exchange', wanted: [{ sku: 'BOWL', quantity: 2, price }], ...more },
});
const asked = (wish: Wish = wanted()): Journey =>
  aCustomerReturn(wish).labelBought().outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' });
const placed = (journey: Journey): Journey =>
  journey.outcome('place_hold:H1', { type: 'hold_placed', providerId: 'pi_h' });
const taken = (journey: Journey): Journey => journey.outcome('capture_hold:H1', { type: 'hold_captured' });
const letGo = (journey: Journey): Journey =>
  journey.outcome('release_hold:H1', { type: 'hold_released', released: true });
const ship = (journey: Journey): Journey =>
  journey
    .send({ type: 'ship_exchange', exchange: 'X1', carrier: 'USPS', tracking: 'T-9', serials: [] })
    .outcome('release_stock:X1', { type: 'stock_released' });
const out = (wish?: Wish): Journey => ship(placed(asked(wish)));
const goodsCome = (journey: Journey, quantity = 3): Journey => journey.receive([{ sku: 'MUG-1', quantity }]);
const ids = (journey: Journey): string[] => journey.effects.map(({ id }) => id);

describe('goods that go out first, against a hold on the buyer’s card', () => {
  test('are ready once that is held, over all that is to come', () => {
    const journey = asked();
    expect(journey.effects).toContainEqual(
      expect.objectContaining({ id: 'place_hold:H1#0', amount: 3213, providerPaymentId: 'pi_1', consent: 'AGREED-1' }),
    );
    expect(journey.now.exchange?.state).toBe('wanted');
    expect(placed(journey).happened).toEqual(['hold_placed', 'settlement_due', 'exchange_ready']);
  });

  test('come to nothing more once the others are back and accepted: it is let go', () => {
    const journey = goodsCome(out()).inspect('P1-1');
    expect(journey.happened).toContain('hold_release_due');
    letGo(journey).confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', hold: { state: 'released', taken: 0 } });
    expect(journey.balance('cash_clearing')).toBe(0);
  });

  test('are taken of it where the others don’t come in time', () => {
    const journey = out().fires('hold:H1');
    expect(journey.all('hold_capture_due')).toMatchObject([{ amount: 3213, because: 'not_returned' }]);
    expect(ids(journey)).toEqual(['capture_hold:H1#0']);
    taken(journey);
    expect(journey.now.clawbacks).toMatchObject({ C1: { state: 'paid', paid: 3213, outstanding: 0 } });
    expect([journey.balance('cash_clearing'), journey.balance('receivable_from_customer')]).toEqual([3213, 0]);
  });

  test('that come after all are refunded', () => {
    const journey = taken(out().fires('hold:H1'));
    goodsCome(journey).inspect('P1-1').refunded('S2-1').confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', refunds: { 'S2-1': { to: 'payment', amount: 3213 } } });
    expect(journey.balance('cash_clearing')).toBe(0);
  });

  test('are taken in part for what isn’t as promised, and once', () => {
    const journey = out({ ...wanted(), lines: [{ reason: 'defective', sold: { serials: ['S-1', 'S-2', 'S-3'] } }] });
    journey.receive([
      { sku: 'MUG-1', quantity: 2, serials: ['S-1', 'S-2'] },
      { sku: 'MUG-1', quantity: 1, serials: ['X-9'] },
    ]);
    journey.resolve('serial_mismatch', 'reject');
    expect(journey.all('hold_capture_due')).toEqual([]);
    journey.inspect('P1-1');
    expect(journey.all('hold_capture_due')).toMatchObject([{ amount: 1071, because: 'not_as_promised' }]);
    taken(journey);
    expect(journey.now.hold).toMatchObject({ state: 'captured', amount: 3213, taken: 1071 });
  });

  test('are waited for where a person tries to end the claim while it is being taken', () => {
    const journey = out().fires('hold:H1');
    const waive = { type: 'settle_clawback', clawback: 'C1', how: 'waived', note: 'N' } as const;
    expect(journey.send(waive).refusal).toBe('card_being_charged');
    journey.outcome('capture_hold:H1', { type: 'unavailable', code: 'timeout' });
    expect(journey.queue).toEqual(['payment_unavailable capture_hold:H1']);
    journey.resolve('payment_unavailable', 'retry');
    expect(ids(journey)).toEqual(['capture_hold:H1#1']);
    expect(taken(journey).send(waive).refusal).toBe('clawback_ended');
  });

  test('are owed as ever where the bank doesn’t keep the hold any more', () => {
    const journey = out().fires('hold:H1').outcome('capture_hold:H1', { type: 'refused', code: 'hold_lapsed' });
    expect(journey.now).toMatchObject({ hold: { state: 'lapsed', taken: 0 }, clawbacks: { C1: { state: 'open' } } });
    expect(journey.due.map(({ deadline }) => deadline)).toContain('dunning:C1');
  });

  test('wait for the others where the card is declined, nobody agreed, or no bank answers', () => {
    const declined = asked().outcome('place_hold:H1', { type: 'refused', code: 'card_declined' });
    const unasked = asked(wanted(null, {}));
    const silent = asked().outcome('place_hold:H1', { type: 'unavailable', code: 'timeout' });
    expect(silent.queue).toEqual(['hold_unavailable place_hold:H1']);
    letGo(silent.resolve('hold_unavailable', 'acknowledge'));
    for (const journey of [declined, unasked, silent]) {
      expect(journey.now.settlements).toEqual({});
      goodsCome(journey).inspect('P1-1');
      expect(journey.now.exchange?.state).toBe('ready');
      expect(ship(journey).confirm('P1-1').now.phase).toBe('closed');
    }
  });

  test('that are cheaper than what comes back wait for it, as nobody is paid in advance', () => {
    expect(asked(wanted(2000)).now.hold).toBeUndefined();
    expect(placed(asked(wanted(4000))).all('exchange_payment_due')).toMatchObject([{ amount: { amount: 787 } }]);
  });

  test('that nobody wants any more, before they left, cost nothing', () => {
    for (const end of ['withdrawn', 'cancelled', 'late'] as const) {
      const journey = placed(asked(wanted(3213)));
      if (end === 'withdrawn') journey.send({ type: 'drop_exchange', exchange: 'X1', note: 'N' });
      else if (end === 'cancelled') journey.send({ type: 'cancel', note: null });
      else journey.fires('hold:H1');
      expect(journey.all('hold_release_due'), end).toHaveLength(1);
      expect(journey.now.clawbacks, end).toMatchObject({ C1: { state: 'offset' } });
      expect(Object.values(journey.now.refunds).filter(({ to }) => to === 'payment')).toEqual([]);
    }
  });

  test('are let go by a person, or end by themselves, where no bank answers', () => {
    const journey = goodsCome(out()).inspect('P1-1');
    journey.outcome('release_hold:H1', { type: 'unavailable', code: 'timeout' });
    expect(journey.queue).toEqual(['hold_unavailable release_hold:H1']);
    journey.resolve('hold_unavailable', 'acknowledge').confirm('P1-1');
    expect(journey.now.phase).toBe('closed');
  });

  test('are never against the card of who gave the goods', () => {
    expect(aCustomerReturn(wanted(null, { consent, gift: true })).refusal).toBe('consent_not_the_payers');
  });
});
