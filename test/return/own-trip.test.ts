import { describe, expect, test } from 'vitest';
import { plusDays } from './calendar.ts';
import type { Journey } from './journey.ts';
import { aLabelledReturn } from './world.ts';

const window = { windowStart: plusDays(2), windowEnd: plusDays(2.2) };
const assigned = { type: 'assign_trip', parcel: 'P1', trip: 'TP-1', load: 'L3', ...window } as const;
const report = (outcome: 'collected' | 'delivered' | 'failed') =>
  ({ type: 'report_trip', trip: 'TP-1', load: 'L3', outcome, at: plusDays(2.1) }) as const;

describe('a pickup by a trip of ours', () => {
  const aPickup = () => aLabelledReturn({ request: { method: 'pickup' } }).pickupBooked();
  const onTrip = () => aPickup().send(assigned);
  const wants = (journey: Journey) => journey.effects.map(({ id }) => id);

  test('takes the place of its carrier, which is told', () => {
    const journey = onTrip();
    expect(journey.happened).toEqual(['pickup_withdrawn', 'trip_assigned']);
    expect(journey.now.pickups['K2']).toMatchObject({ state: 'booked', trip: 'TP-1', load: 'L3', cost: null });
    expect(wants(journey)).toEqual(['cancel_pickup:K1#0']);
    expect(journey.now.parcels['P1']).toMatchObject({ label: 'bought' });
    expect(journey.send(assigned).happened).toEqual([]);
  });

  test('that was made needs no label, and no carrier owes for what is lost', () => {
    const journey = onTrip()
      .outcome('cancel_pickup:K1', { type: 'pickup_cancelled', cancelled: true })
      .send({ ...report('collected'), units: 1, of: 2 });
    expect(journey.happened).toEqual(['pickup_collected', 'label_withdrawn', 'parcel_tracked']);
    expect(wants(journey)).toEqual(['void_label:P1#0']);
    journey.outcome('void_label:P1', { type: 'label_voided', voided: true });
    expect(journey.now.parcels['P1']).toMatchObject({ carrier: 'own_trip', scanned: true, label: 'voided' });
    expect(journey.send(report('delivered')).now.parcels['P1']).toMatchObject({ tracking: 'delivered' });
    journey.fires('lost:P1');
    expect(journey.queue).toEqual(['parcel_lost P1']);
    expect(wants(journey)).toEqual([]);
  });

  test('that fails is booked with a carrier again', () => {
    const journey = onTrip().send(report('failed'));
    expect(journey.happened).toEqual(['pickup_failed', 'pickup_due']);
    expect(wants(journey)).toContain('book_pickup:K3#0');
    expect(journey.send(report('failed')).happened).toEqual([]);
  });

  test('of which nobody hears has failed; what it has all the same needs no other', () => {
    const journey = onTrip().fires('pickup:K2');
    expect(journey.happened).toEqual(['pickup_failed', 'pickup_due']);
    journey.pickupBooked('K3').send(report('collected'));
    expect(journey.happened).toEqual(['pickup_collected', 'pickup_withdrawn', 'label_withdrawn', 'parcel_tracked']);
    expect(wants(journey)).toEqual(expect.arrayContaining(['cancel_pickup:K3#0', 'void_label:P1#0']));
  });

  test('is let go with its return, and goes to another trip', () => {
    const moved = onTrip().send({ ...assigned, trip: 'TP-2', load: 'L1' });
    expect(moved.happened).toEqual(['pickup_withdrawn', 'trip_assigned']);
    const told = moved.effects.find(({ id }) => id === 'cancel_pickup:K2#0');
    expect(told).toMatchObject({ ride: { trip: 'TP-1', load: 'L3' } });
    const journey = moved.send({ type: 'cancel', note: null });
    expect(journey.effects.find(({ id }) => id === 'cancel_pickup:K3#0')).toMatchObject({
      ride: { trip: 'TP-2', load: 'L1' },
    });
    expect(journey.send(report('collected')).refusal).toBe('pickup_not_booked');
  });

  test('is let go where the parcel comes another way', () => {
    const journey = onTrip().track('in_transit');
    expect(journey.now.pickups['K2']).toMatchObject({ state: 'withdrawn' });
  });

  test('is refused where nothing is to be collected', () => {
    expect(aLabelledReturn({}).send(assigned).refusal).toBe('handed_over');
    expect(onTrip().send({ ...assigned, parcel: 'P7' }).refusal).toBe('unknown_parcel');
    expect(onTrip().send({ ...report('failed'), trip: 'TP-9' }).refusal).toBe('unknown_pickup');
  });
});
