import { describe, expect, test } from 'vitest';
import { goodsStatus } from '../../domain/return/status.ts';
import { aCustomerReturn, aLabel, aLabelledReturn, type Journey, plusDays, rma } from './world.ts';

const cancel = { type: 'cancel', note: null } as const;
const byPickup = { request: { method: 'pickup' } } as const;

describe('a label', () => {
  test('is bought once', () => {
    const journey = aLabelledReturn();
    expect(journey.now.parcels['P1']).toMatchObject({ label: 'bought', trackingNumber: 'TRACK-P1' });
    expect(journey.effects).toEqual([]);
    expect(goodsStatus(journey.now)).toBe('collecting');
    expect(journey.labelBought().happened).toEqual([]);
  });

  test('that the carrier refuses is asked for again under another reference', () => {
    const journey = aCustomerReturn().outcome('buy_label:P1', { type: 'refused', code: 'address' });
    expect(journey.happened).toEqual(['label_refused', 'attention_raised']);
    expect(journey.resolve('label_refused', 'retry').effects).toMatchObject([{ id: 'buy_label:P1#1', refusals: 1 }]);
  });

  test('that nobody can sell now waits for a person', () => {
    const journey = aCustomerReturn().outcome('buy_label:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.queue).toEqual(['label_unavailable P1']);
    expect(journey.effects).toEqual([]);
    expect(journey.resolve('label_unavailable', 'retry').effects).toMatchObject([
      { id: 'buy_label:P1#1', refusals: 0 },
    ]);
  });
});

describe('a cancellation', () => {
  test('while the label is being bought voids it by our reference', () => {
    const journey = aCustomerReturn().send(cancel);
    expect(journey.happened).toEqual(['cancelled', 'units_released', 'label_withdrawn']);
    expect(journey.effects).toMatchObject([{ id: 'void_label:P1#0', providerId: null }]);
    expect(journey.labelVoided().happened).toEqual(['label_voided', 'closed']);
    expect(goodsStatus(journey.now)).toBe('cancelled');
  });

  test('while the label is being bought voids it again once it was bought after all', () => {
    const journey = aCustomerReturn().send(cancel).labelBought();
    expect(journey.effects).toMatchObject([{ id: 'void_label:P1#1', providerId: 'shp_P1' }]);
    expect(journey.labelVoided().now).toMatchObject({ phase: 'closed', parcels: { P1: { label: 'voided' } } });
    expect(journey.balance('carrier_payable')).toBe(0);
  });

  test('that had closed the return opens it for a label that was bought after all', () => {
    const journey = aCustomerReturn().send(cancel).labelVoided().labelBought();
    expect(journey.happened).toEqual(['reopened', 'label_bought', 'effect_retried']);
    expect(journey.effects).toMatchObject([{ id: 'void_label:P1#1', providerId: 'shp_P1' }]);
    expect(journey.labelVoided().happened).toEqual(['label_voided', 'closed']);
    expect(journey.now.outcome).toBe('cancelled');
    expect(journey.labelBought().happened).toEqual([]);
  });

  test('voids a label that was bought, or keeps its cost where it was used', () => {
    expect(aLabelledReturn().send(cancel).labelVoided().balance('carrier_costs')).toBe(0);
    const used = aLabelledReturn().send(cancel).labelVoided('P1', false);
    expect(used.now).toMatchObject({ phase: 'closed', parcels: { P1: { label: 'used' } } });
    expect(used.balance('carrier_costs')).toBe(495);
  });

  test('whose voiding fails waits for a person', () => {
    const journey = aLabelledReturn().send(cancel).outcome('void_label:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.queue).toEqual(['void_failed void_label:P1']);
    expect(journey.effects).toEqual([]);
    expect(journey.resolve('void_failed', 'retry').effects).toMatchObject([{ id: 'void_label:P1#1' }]);
    journey.outcome('void_label:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.resolve('void_failed', 'acknowledge').now).toMatchObject({ phase: 'closed' });
  });

  test('leaves a scanned label alone and closes; the parcel that comes all the same opens it again', () => {
    const journey = aLabelledReturn().track('in_transit').send(cancel);
    expect(journey.happened).toEqual(['cancelled', 'units_released', 'closed']);
    journey.later(2).track('delivered');
    expect(journey.happened).toEqual(['parcel_tracked']);
    expect(journey.receive([{ sku: 'MUG-1', quantity: 3 }]).happened).toEqual(['reopened', 'parcel_received']);
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:P1-1#0', total: 3 }]);
  });

  test('needs something to cancel', () => {
    const journey = aLabelledReturn().receive([{ sku: 'MUG-1', quantity: 3 }]);
    expect(journey.send(cancel).refusal).toBe('nothing_outstanding');
    expect(aCustomerReturn().send(cancel).labelVoided().send(cancel).refusal).toBe('return_closed');
  });

  test('after part has come lets go of the rest', () => {
    const journey = aLabelledReturn()
      .receive([{ sku: 'MUG-1', quantity: 1 }], 'P1', true)
      .send(cancel);
    expect(journey.now).toMatchObject({ phase: 'open', lines: { L1: { received: 1, cancelled: 2, outstanding: 0 } } });
  });
});

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

describe('tracking', () => {
  test('ends expiry with the first scan and waits for signs of life from then on', () => {
    const journey = aLabelledReturn().later(3).track('in_transit');
    expect(goodsStatus(journey.now)).toBe('in_transit');
    expect(journey.due).toEqual([{ deadline: 'lost:P1', at: plusDays(13) }]);
    expect(journey.later(5).track('out_for_delivery').due).toEqual([{ deadline: 'lost:P1', at: plusDays(18) }]);
  });

  test('comes late, twice and out of order: only what is newer counts', () => {
    const journey = aLabelledReturn().track('out_for_delivery', 'P1', plusDays(3));
    expect(journey.track('out_for_delivery', 'P1', plusDays(3)).happened).toEqual([]);
    expect(journey.track('in_transit', 'P1', plusDays(2)).happened).toEqual([]);
    expect(journey.now.parcels['P1']?.tracking).toBe('out_for_delivery');
  });

  test('that reports trouble tells a person, and the parcel is still with the carrier', () => {
    const journey = aLabelledReturn().later(20).track('in_transit').later(1).track('failure');
    expect(journey.happened).toEqual(['parcel_tracked', 'attention_raised']);
    expect(journey.queue).toEqual(['carrier_exception P1']);
    expect(journey.due.map(({ deadline }) => deadline)).toEqual(['lost:P1']);
  });

  test('that sends it back to the buyer starts the waiting for it anew', () => {
    const journey = aLabelledReturn().track('in_transit').later(1).track('return_to_sender');
    expect(journey.due.map(({ deadline }) => deadline)).toContain('expiry');
  });

  test('after receipt or closing changes nothing that a person must look at', () => {
    expect(
      aLabelledReturn()
        .receive([{ sku: 'MUG-1', quantity: 3 }])
        .track('failure').happened,
    ).toEqual([]);
    const closed = aLabelledReturn().track('in_transit').send(cancel).later(1).track('failure');
    expect(closed.now).toMatchObject({ phase: 'closed', attention: {} });
    expect(aLabelledReturn().track('in_transit', 'P9').refusal).toBe('unknown_parcel');
  });
});

describe('a lost parcel', () => {
  const aLostOne = () => aLabelledReturn().track('in_transit').fires('lost:P1');
  const claimed = () => aLostOne().outcome('open_claim:P1', { type: 'claim_opened', providerId: 'clm_1' });

  test('gets a claim and a person', () => {
    const journey = aLostOne();
    expect(journey.happened).toEqual(['parcel_lost', 'attention_raised']);
    expect(goodsStatus(journey.now)).toBe('lost');
    expect(journey.effects).toMatchObject([{ id: 'open_claim:P1#0', trackingNumber: 'TRACK-P1', amount: 3213 }]);
    expect(journey.due).toEqual([]);
    expect(claimed().now.parcels['P1']?.claim).toBe('opened');
  });

  test('can be the loss of the buyer', () => {
    const journey = claimed().resolve('parcel_lost', 'missing');
    expect(journey.happened).toEqual(['attention_resolved', 'line_missing', 'closed']);
    expect(journey.now).toMatchObject({ outcome: 'completed', settlements: {}, lines: { L1: { missing: 3 } } });
  });

  test('can be ours: it is settled without goods, and without a fee for a way that it never came', () => {
    const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] };
    const journey = aLabelledReturn({ policy: { fees } }).track('in_transit').fires('lost:P1');
    journey.outcome('open_claim:P1', { type: 'claim_opened', providerId: 'clm_1' }).resolve('parcel_lost', 'accept');
    expect(journey.happened).toEqual(['attention_resolved', 'line_missing', 'settlement_due']);
    expect(journey.effects).toMatchObject([{ id: 'refund:S1-1#0', amount: 3213 }]);
    expect(journey.refunded('S1-1').now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('can be awaited longer, and lost once more without another claim', () => {
    const journey = claimed().resolve('parcel_lost', 'await');
    expect(journey.happened).toEqual(['attention_resolved', 'parcel_awaited']);
    expect(journey.due).toEqual([{ deadline: 'lost:P1', at: plusDays(20) }]);
    expect(journey.fires('lost:P1').effects).toEqual([]);
    expect(journey.queue).toEqual(['parcel_lost P1']);
  });

  test('that turns up is no longer a person’s business', () => {
    const journey = claimed().later(1).track('in_transit');
    expect(journey.happened).toEqual(['parcel_tracked', 'attention_resolved']);
    expect(journey.receive([{ sku: 'MUG-1', quantity: 3 }]).now.lines['L1']?.received).toBe(3);
  });

  test('is not found by news that it is still nowhere', () => {
    expect(claimed().later(1).track('failure').queue).toEqual(['parcel_lost P1', 'carrier_exception P1']);
  });

  test('that turns up after it was settled is not settled again', () => {
    const journey = claimed().resolve('parcel_lost', 'accept').refunded('S1-1');
    journey.later(30).receive([{ sku: 'MUG-1', quantity: 3 }]);
    expect(journey.happened).toEqual(['reopened', 'parcel_received']);
    journey.inspect('P1-1').confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', lines: { L1: { received: 3, missing: 0 } } });
    expect(Object.keys(journey.now.settlements)).toEqual(['S1']);
  });

  test('that turns up after it was the buyer’s loss is settled', () => {
    const journey = claimed()
      .resolve('parcel_lost', 'missing')
      .receive([{ sku: 'MUG-1', quantity: 3 }]);
    expect(journey.inspect('P1-1').happened).toContain('settlement_due');
  });

  test('whose claim fails waits for a person, who may drop it', () => {
    const journey = aLostOne().outcome('open_claim:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.queue).toEqual(['parcel_lost P1', 'claim_failed P1']);
    expect(journey.resolve('claim_failed', 'retry').effects).toMatchObject([{ id: 'open_claim:P1#1' }]);
    journey.outcome('open_claim:P1', { type: 'refused', code: 'not_insured' }).resolve('claim_failed', 'acknowledge');
    expect(journey.effects).toEqual([]);
    // Lost once more, it gets a claim of its own.
    expect(journey.resolve('parcel_lost', 'await').fires('lost:P1').effects).toMatchObject([{ id: 'open_claim:P1#2' }]);
  });

  test('that was found needs no claim any more', () => {
    const journey = aLostOne().later(1).track('in_transit');
    expect(journey.effects).toEqual([]);
    journey.outcome('open_claim:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.happened).toEqual(['claim_dropped']);
  });
});

describe('the receipt timer', () => {
  test('reminds, escalates, expires', () => {
    const journey = aLabelledReturn();
    expect(journey.due).toEqual([
      { deadline: 'reminder', at: plusDays(7) },
      { deadline: 'escalation', at: plusDays(14) },
      { deadline: 'expiry', at: plusDays(21) },
    ]);
    expect(journey.fires('reminder').happened).toEqual(['receipt_reminded']);
    expect(journey.fires('reminder').happened).toEqual(['receipt_reminded']);
    expect(journey.fires('escalation').queue).toEqual([`receipt_late ${rma}`]);
    journey.fires('expiry');
    expect(journey.happened).toEqual(['expired', 'units_released', 'label_withdrawn', 'attention_resolved']);
    expect(journey.labelVoided().happened).toEqual(['label_voided', 'closed']);
    expect(goodsStatus(journey.now)).toBe('expired');
  });

  test('counts each time once, and none before its time', () => {
    const journey = aLabelledReturn();
    const early = { type: 'deadline', deadline: 'expiry', due: plusDays(21) } as const;
    expect(journey.send(early).happened).toEqual([]);
    journey.later(13).send({ type: 'deadline', deadline: 'reminder', due: plusDays(7) });
    expect(journey.happened).toEqual(['receipt_reminded']);
    expect(journey.send({ type: 'deadline', deadline: 'reminder', due: plusDays(7) }).happened).toEqual([]);
  });

  test('can be extended', () => {
    const later = { reminders: [plusDays(30)], escalation: plusDays(35), expiry: plusDays(40) };
    const journey = aLabelledReturn().fires('escalation').send({ type: 'extend', schedule: later, note: 'N-1' });
    expect(journey.happened).toEqual(['receipt_extended', 'attention_resolved']);
    expect(journey.due.map(({ at }) => at)).toEqual([plusDays(30), plusDays(35), plusDays(40)]);
    expect(journey.later(60).send({ type: 'extend', schedule: later, note: 'N-1' }).refusal).toBe(
      'schedule_in_the_past',
    );
    expect(journey.fires('expiry').send({ type: 'extend', schedule: later, note: 'N-1' }).refusal).toBe(
      'nothing_outstanding',
    );
    expect(journey.labelVoided().send({ type: 'extend', schedule: later, note: 'N-1' }).refusal).toBe('return_closed');
  });
});

test('an effect that no return has is refused', () => {
  const journey = aLabelledReturn();
  for (const effect of ['', 'nonsense', 'buy_label', 'constructor:P1', 'fly:P1']) {
    expect(journey.outcome(effect, aLabel('P1')).refusal).toBe('unknown_effect');
  }
  expect(journey.outcome('buy_label:P9', aLabel('P9')).refusal).toBe('unknown_parcel');
});
