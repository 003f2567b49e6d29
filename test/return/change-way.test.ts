import { describe, expect, test } from 'vitest';
import type { CollectionMethod } from '../../domain/policy/policy.ts';
import { plusDays } from './calendar.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aLabelledReturn } from './world.ts';

const to = (method: CollectionMethod) => ({ type: 'change_method', method, note: null }) as const;
const byPickup = { request: { method: 'pickup' } } as const;
const fee = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] };
const mugs = [{ sku: 'MUG-1', quantity: 3 }];

function broughtToItsEnd(journey: Journey, parcel: string): Journey {
  journey.track('in_transit', parcel).receive(mugs, parcel).inspect(`${parcel}-1`);
  return journey.refunded('S1-1').confirm(`${parcel}-1`);
}

describe('another method', () => {
  test('gives the label back and has the goods picked up in a new parcel', () => {
    const journey = aLabelledReturn().send(to('pickup'));
    expect(journey.happened).toEqual(['method_changed', 'label_withdrawn', 'parcel_expected']);
    expect(journey.effects).toMatchObject([
      { id: 'void_label:P1#0', providerId: 'shp_P1' },
      { id: 'buy_label:P2#0', method: 'pickup' },
    ]);
    journey.labelVoided('P1').labelBought('P2').pickupBooked('K1');
    expect(journey.now).toMatchObject({ method: 'pickup', pickups: { K1: { parcel: 'P2', state: 'booked' } } });
    expect(broughtToItsEnd(journey, 'P2').now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(journey.balance('carrier_costs')).toBe(495 + 300);
  });

  test('cancels a pickup, booked or about to be', () => {
    for (const journey of [aLabelledReturn(byPickup).pickupBooked(), aLabelledReturn(byPickup)]) {
      journey.send(to('drop_off'));
      expect(journey.happened).toEqual(['method_changed', 'pickup_withdrawn', 'label_withdrawn', 'parcel_expected']);
      journey.outcome('cancel_pickup:K1', { type: 'pickup_cancelled', cancelled: true }).labelVoided('P1');
      expect(broughtToItsEnd(journey.labelBought('P2'), 'P2').now).toMatchObject({ phase: 'closed' });
    }
  });

  test('to a counter costs no way back, and needs no parcel', () => {
    const journey = aLabelledReturn({ policy: { fees: fee } });
    expect(journey.now.quote.amount).toBe(3213 - 495);
    expect(journey.send(to('counter')).happened).toEqual(['method_changed', 'label_withdrawn', 'quoted']);
    expect(journey.now.quote.amount).toBe(3213);
    journey.labelVoided().receive(mugs, null).inspect('U2-1').refunded('S1-1').confirm('U2-1');
    expect(journey.now).toMatchObject({ phase: 'closed', settlements: { S1: { total: 3213, shippingFee: 0 } } });
  });

  test('withdraws a label of which nobody knows yet whether it was bought, and one that was refused', () => {
    const asked = aCustomerReturn().send(to('pickup'));
    expect(asked.labelBought('P1').effects).toMatchObject([{ id: 'void_label:P1#1' }, { id: 'buy_label:P2#0' }]);
    const refused = aCustomerReturn().outcome('buy_label:P1', { type: 'refused', code: 'address' }).send(to('pickup'));
    expect(refused.queue).toEqual([]);
  });

  test('may ask for pickups again where they had been given up', () => {
    const journey = aLabelledReturn(byPickup);
    for (const pickup of ['K1', 'K2', 'K3']) {
      journey.pickupBooked(pickup);
      journey.send({ type: 'report_pickup', pickup, outcome: 'failed', at: journey.at });
    }
    expect(journey.now.parcels['P1']?.method).toBe('drop_off');
    expect(journey.send(to('pickup')).labelBought('P2').now.pickups['K4']).toMatchObject({ parcel: 'P2' });
  });

  test('is one that the policy offers for all that is to come', () => {
    const rules = [{ rule: 'toys', when: { categories: ['toys'] }, set: { methods: ['drop_off'] } }] as const;
    const both = { lines: [{}, { sold: { category: 'toys' } }], policy: { rules } };
    expect(aLabelledReturn(both).send(to('pickup')).last).toMatchObject({
      refusal: { code: 'method_not_offered', params: { method: 'pickup', line: 'L2' } },
    });
    expect(aLabelledReturn().send(to('drop_off')).refusal).toBe('method_unchanged');
  });

  test('comes too late for a parcel that its carrier has, and in time again when it goes back to its sender', () => {
    const journey = aLabelledReturn().track('in_transit');
    expect(journey.send(to('pickup')).refusal).toBe('handed_over');
    journey.later(1).track('return_to_sender', 'P1', plusDays(1)).resolve('carrier_exception', 'acknowledge');
    expect(journey.send(to('pickup')).happened).toContain('method_changed');
  });

  test('needs a return that was authorized and waits for goods', () => {
    const hazardous = { lines: [{ sold: { hazardous: true } }] };
    expect(aCustomerReturn(hazardous).send(to('pickup')).refusal).toBe('not_authorized');
    const done = broughtToItsEnd(aLabelledReturn(), 'P1');
    expect(done.send(to('pickup')).refusal).toBe('return_closed');
    expect(aLabelledReturn().receive(mugs).send(to('pickup')).refusal).toBe('nothing_outstanding');
  });
});

describe('a further parcel', () => {
  const more = { type: 'add_parcel' } as const;

  test('has a label of its own, and one that nobody used is given back once all has come', () => {
    const journey = aLabelledReturn().send(more);
    expect(journey.happened).toEqual(['parcel_expected']);
    expect(journey.effects).toMatchObject([{ id: 'buy_label:P2#0' }]);
    journey.labelBought('P2').send(more).labelBought('P3');
    journey.receive([{ sku: 'MUG-1', quantity: 1 }], 'P1', true).receive([{ sku: 'MUG-1', quantity: 2 }], 'P2');
    expect(journey.now.lines['L1']).toMatchObject({ received: 3, outstanding: 0 });
    expect(journey.effects).toMatchObject([{ id: 'void_label:P3#0', providerId: 'shp_P3' }]);
  });

  test('is picked up where the return is', () => {
    const journey = aLabelledReturn(byPickup).send(more).labelBought('P2');
    expect(journey.now.pickups).toMatchObject({ K1: { parcel: 'P1' }, K2: { parcel: 'P2' } });
  });

  test('may be asked for while another is on its way, up to twenty', () => {
    const journey = aLabelledReturn().track('in_transit');
    for (let parcels = 1; parcels < 20; parcels += 1) expect(journey.send(more).happened).toEqual(['parcel_expected']);
    expect(journey.send(more).last).toMatchObject({ refusal: { code: 'too_many_parcels', params: { most: 20 } } });
  });

  test('needs goods that are still to come, and not over a counter', () => {
    expect(aLabelledReturn().receive(mugs).send(more).refusal).toBe('nothing_outstanding');
    expect(aLabelledReturn().send(to('counter')).send(more).refusal).toBe('no_label_of_ours');
  });
});
