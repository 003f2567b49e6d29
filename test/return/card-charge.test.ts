import { describe, expect, test } from 'vitest';
import type { Policy } from '../../domain/policy/policy.ts';
import { aPolicy } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, type Wish } from './world.ts';

const consent = { reference: 'AGREED-1', at: '2026-03-10T09:00:00.000Z' };
const refund: Policy['refund'] = {
  ...aPolicy().refund,
  timing: 'authorization',
  chargesConsented: true,
  dunning: { reminders: ['P7D'], person: 'P14D' },
};

/** Three mugs of 3213 in all are paid with the authorization, and never come. */
const unreturned = (request: Wish['request'] = { consent }, rules = refund): Journey =>
  aCustomerReturn({ policy: { refund: rules }, request })
    .labelBought()
    .refunded('S1-1')
    .later(22)
    .fires('reminder')
    .fires('reminder')
    .fires('escalation')
    .fires('expiry');
const charged = (journey: Journey): Journey =>
  journey.outcome('charge_card:C1', { type: 'card_charged', providerId: 'pi_c' });
const waive = { type: 'settle_clawback', clawback: 'C1', how: 'waived', note: 'N' } as const;
const asked = (journey: Journey): string[] =>
  journey.effects.flatMap(({ id, kind }) => (kind === 'charge_card' ? [id] : []));
const reminded = (journey: Journey): string[] =>
  journey.due.map(({ deadline }) => deadline).filter((deadline) => deadline.startsWith('dunning'));

describe('what a buyer owes who agreed to be charged', () => {
  test('is charged to the card that paid, whole, and nobody is reminded', () => {
    const journey = unreturned();
    expect(journey.effects).toContainEqual(
      expect.objectContaining({ id: 'charge_card:C1#0', amount: 3213, providerPaymentId: 'pi_1', consent: 'AGREED-1' }),
    );
    expect(reminded(journey)).toEqual([]);
    charged(journey);
    expect(journey.now.clawbacks).toMatchObject({ C1: { state: 'paid', paid: 3213, outstanding: 0 } });
    expect([journey.balance('cash_clearing'), journey.balance('receivable_from_customer')]).toEqual([0, 0]);
    expect(asked(charged(journey))).toEqual([]);
  });

  test('is left to reminders and a person where the card is declined', () => {
    const journey = unreturned().outcome('charge_card:C1', { type: 'refused', code: 'card_declined' });
    expect([asked(journey), reminded(journey)]).toEqual([[], ['dunning:C1']]);
    journey.fires('dunning:C1').fires('dunning:C1');
    expect(journey.queue).toEqual(['clawback_unpaid C1']);
    expect(journey.resolve('clawback_unpaid', 'write_off').now.clawbacks).toMatchObject({
      C1: { state: 'written_off' },
    });
  });

  test('is not ended otherwise while nobody knows whether it was charged', () => {
    const journey = unreturned();
    expect(journey.send(waive).refusal).toBe('card_being_charged');
    journey.outcome('charge_card:C1', { type: 'unavailable', code: 'timeout' });
    expect(journey.queue).toEqual(['payment_unavailable charge_card:C1']);
    journey.resolve('payment_unavailable', 'retry');
    expect(asked(journey)).toEqual(['charge_card:C1#1']);
    expect(charged(journey).send(waive).refusal).toBe('clawback_ended');
  });

  test('is charged once the buyer agrees, and once', () => {
    const journey = unreturned({});
    expect([asked(journey), reminded(journey)]).toEqual([[], ['dunning:C1']]);
    journey.send({ type: 'record_consent', consent });
    expect(journey.happened).toEqual(['consent_recorded', 'charge_due']);
    expect(journey.send({ type: 'record_consent', consent }).happened).toEqual([]);
    expect(charged(journey).now.clawbacks).toMatchObject({ C1: { state: 'paid' } });
  });

  test('is charged to nobody where the policy doesn’t say so, or the card is another’s', () => {
    const gift = aCustomerReturn({ request: { gift: true, instrument: 'store_credit' } });
    expect(gift.send({ type: 'record_consent', consent }).refusal).toBe('consent_not_the_payers');
    const { chargesConsented: _, ...without } = refund;
    expect(asked(unreturned({ consent }, without))).toEqual([]);
  });

  test('is what a hold has not paid, once that is known', () => {
    const wish: Wish = {
      policy: {
        refund: { ...refund, timing: 'inspection', instruments: ['original', 'replacement'] },
        exchange: { payWithin: 'P7D', shipWithin: 'P3D', firstAgainstHold: { goodsWithin: 'P6D' } },
      },
      lines: [{ reason: 'defective' }],
      request: { instrument: 'replacement', consent },
    };
    const journey = aCustomerReturn(wish)
      .labelBought()
      .outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' })
      .outcome('place_hold:H1', { type: 'hold_placed', providerId: 'pi_h' })
      .send({ type: 'ship_exchange', exchange: 'X1', carrier: null, tracking: null, serials: [] })
      .fires('hold:H1');
    expect(asked(journey)).toEqual([]);
    journey.outcome('capture_hold:H1', { type: 'refused', code: 'hold_lapsed' });
    expect(asked(journey)).toEqual(['charge_card:C1#0']);
    charged(journey);
    expect(journey.now).toMatchObject({ hold: { taken: 0 }, clawbacks: { C1: { state: 'paid', paid: 3213 } } });
  });
});
