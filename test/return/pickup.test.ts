import { describe, expect, test } from 'vitest';
import { plusDays } from './calendar.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aLabelledReturn } from './world.ts';

const cancel = { type: 'cancel', note: null } as const;
const byPickup = { request: { method: 'pickup' } } as const;

describe('a pickup', () => {
  const aPickup = () => aLabelledReturn(byPickup);
  const failed = (journey: Journey, pickup: string) =>
    journey.send({ type: 'report_pickup', pickup, outcome: 'failed', at: journey.at });

  test('is booked once its label is there', () => {
    expect(aCustomerReturn(byPickup).effects).toMatchObject([{ id: 'buy_label:P1#0', method: 'pickup' }]);
    const journey = aPickup();
    expect(journey.happened).toEqual(['label_bought', 'pickup_due']);
    expect(journey.effects).toMatchObject([
      { id: 'book_pickup:K1#0', labelProviderId: 'shp_P1', windowStart: plusDays(1), windowEnd: plusDays(1 + 1 / 6) },
    ]);
    expect(journey.pickupBooked().effects).toEqual([]);
    expect(journey.pickupBooked().happened).toEqual([]);
  });

  test('that fails is booked again twice, then the parcel is to be dropped off', () => {
    const journey = aPickup().pickupBooked('K1');
    expect(failed(journey, 'K1').happened).toEqual(['pickup_failed', 'pickup_due']);
    expect(failed(journey.pickupBooked('K2'), 'K2').happened).toEqual(['pickup_failed', 'pickup_due']);
    expect(failed(journey.pickupBooked('K3'), 'K3').happened).toEqual(['pickup_failed', 'pickup_abandoned']);
    expect(journey.now.parcels['P1']).toMatchObject({ method: 'drop_off', label: 'bought' });
    expect(journey.effects).toEqual([]);
    expect(failed(journey, 'K3').happened).toEqual([]);
    expect(journey.due.map(({ deadline }) => deadline)).toContain('expiry');
  });

  test('of which nobody hears anything has failed', () => {
    const journey = aPickup().pickupBooked();
    expect(journey.due[0]).toEqual({ deadline: 'pickup:K1', at: plusDays(1 + 1 / 6 + 0.5) });
    expect(journey.fires('pickup:K1').happened).toEqual(['pickup_failed', 'pickup_due']);
  });

  test('that a carrier refuses counts as failed; one that it cannot book now waits for a person', () => {
    const journey = aPickup().outcome('book_pickup:K1', { type: 'refused', code: 'no_service' });
    expect(journey.happened).toEqual(['pickup_failed', 'pickup_due']);
    journey.outcome('book_pickup:K2', { type: 'unavailable', code: 'time_out' });
    expect(journey.queue).toEqual(['pickup_unavailable K2']);
    expect(journey.effects).toEqual([]);
    expect(journey.resolve('pickup_unavailable', 'acknowledge').now.parcels['P1']).toMatchObject({
      method: 'drop_off',
    });
    expect(journey.effects).toEqual([]);
  });

  test('that was made puts the parcel on its way, at the time of the carrier', () => {
    const journey = aPickup().pickupBooked();
    journey.later(2).send({ type: 'report_pickup', pickup: 'K1', outcome: 'collected', at: plusDays(1.1) });
    expect(journey.happened).toEqual(['pickup_collected', 'parcel_tracked']);
    expect(journey.now.parcels['P1']).toMatchObject({ tracking: 'in_transit', trackedAt: plusDays(1.1) });
    expect(journey.due.map(({ deadline }) => deadline)).toEqual(['lost:P1']);
    journey.send({ type: 'report_pickup', pickup: 'K1', outcome: 'collected', at: plusDays(1.1) });
    expect(journey.happened).toEqual([]);
  });

  test('is taken from the first scan, too', () => {
    expect(aPickup().pickupBooked().track('in_transit').happened).toEqual(['parcel_tracked', 'pickup_collected']);
  });

  test('is not booked for a parcel that is already on its way, and cancelled where it was', () => {
    const journey = aPickup().track('in_transit');
    expect(journey.happened).toEqual(['parcel_tracked', 'pickup_withdrawn']);
    expect(journey.effects).toMatchObject([{ id: 'cancel_pickup:K1#0', providerId: null }]);
    journey.outcome('cancel_pickup:K1', { type: 'pickup_cancelled', cancelled: true }).pickupBooked();
    expect(journey.effects).toMatchObject([{ id: 'cancel_pickup:K1#1', providerId: 'pickup_K1' }]);
    expect(journey.track('in_transit', 'P1', plusDays(9)).happened).toEqual(['parcel_tracked']);
  });

  test('is cancelled where its parcel came another way, although more is to come', () => {
    const journey = aPickup()
      .pickupBooked()
      .receive([{ sku: 'MUG-1', quantity: 1 }], 'P1', true);
    expect(journey.happened).toEqual(['parcel_received', 'pickup_withdrawn']);
    expect(journey.effects).toMatchObject([{ id: 'cancel_pickup:K1#0', providerId: 'pickup_K1' }]);
  });

  test('that nobody could book is no longer a person’s business once nobody needs it', () => {
    const journey = aPickup().outcome('book_pickup:K1', { type: 'unavailable', code: 'time_out' }).send(cancel);
    expect(journey.queue).toEqual([]);
  });

  test('is cancelled with its return, before or after it was booked', () => {
    for (const journey of [aPickup().pickupBooked().send(cancel), aPickup().send(cancel).pickupBooked()]) {
      journey.outcome('cancel_pickup:K1', { type: 'pickup_cancelled', cancelled: true }).labelVoided();
      expect(journey.now).toMatchObject({ phase: 'closed', pickups: { K1: { state: 'cancelled' } } });
      expect(journey.balance('carrier_costs')).toBe(0);
    }
  });

  test('that turns out to be booked after the return closed is cancelled, too', () => {
    const journey = aPickup().send(cancel);
    journey.outcome('cancel_pickup:K1', { type: 'pickup_cancelled', cancelled: true }).labelVoided();
    expect(journey.now.phase).toBe('closed');
    journey.pickupBooked();
    expect(journey.effects).toMatchObject([{ id: 'cancel_pickup:K1#1', providerId: 'pickup_K1' }]);
    journey.outcome('cancel_pickup:K1', { type: 'refused', code: 'too_late' });
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'cancelled' });
  });

  test('is one that we know and that is booked', () => {
    expect(failed(aPickup(), 'K1').refusal).toBe('pickup_not_booked');
    expect(failed(aPickup(), 'toString').refusal).toBe('unknown_pickup');
  });
});
