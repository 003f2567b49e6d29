import { describe, expect, test } from 'vitest';
import { goodsStatus } from '../../domain/return/status.ts';
import { plusDays } from './calendar.ts';
import { aLabelledReturn, rma } from './world.ts';

const cancel = { type: 'cancel', note: null } as const;

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

  test('of one second counts by how far the parcel is, as carriers tell whole seconds', () => {
    const journey = aLabelledReturn().track('delivered', 'P1', plusDays(3));
    expect(journey.track('in_transit', 'P1', plusDays(3)).happened).toEqual([]);
    expect(journey.now.parcels['P1']?.tracking).toBe('delivered');
    const other = aLabelledReturn().track('in_transit', 'P1', plusDays(3));
    expect(other.track('delivered', 'P1', plusDays(3)).happened).toEqual(['parcel_tracked']);
  });

  test('that reports trouble tells a person, and the parcel is still with the carrier', () => {
    const journey = aLabelledReturn().later(20).track('in_transit').later(1).track('failure');
    expect(journey.happened).toEqual(['parcel_tracked', 'attention_raised']);
    expect(journey.queue).toEqual(['carrier_exception P1']);
    expect(journey.due.map(({ deadline }) => deadline)).toEqual(['lost:P1']);
  });

  test('that says it is lost opens a claim and pays at once, if a person believes it', () => {
    const journey = aLabelledReturn().track('in_transit').later(1).track('failure');
    journey.resolve('carrier_exception', 'accept');
    expect(journey.queue).toEqual([]);
    expect(journey.effects.map(({ key }) => key)).toEqual(['open_claim:P1', 'refund:S1-1']);
    expect(goodsStatus(journey.now)).toBe('lost');
    journey.outcome('open_claim:P1', { type: 'claim_opened', providerId: 'clm_1' }).refunded('S1-1');
    expect(journey.claimAnswered('refused').now.phase).toBe('closed');
    const unpaid = aLabelledReturn().track('in_transit').later(1).track('failure');
    unpaid.resolve('carrier_exception', 'missing');
    expect(unpaid.now.lines['L1']).toMatchObject({ missing: 3, outstanding: 0 });
    expect(unpaid.effects.map(({ key }) => key)).toEqual(['open_claim:P1']);
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
    expect(journey.effects).toMatchObject([{ id: 'open_claim:P1#0', trackingNumber: 'TRACK-P1', amount: 2700 }]);
    expect(journey.due).toEqual([]);
    expect(claimed().now.claims?.['P1']?.state).toBe('opened');
  });

  test('can be the loss of the buyer', () => {
    const journey = claimed().resolve('parcel_lost', 'missing');
    expect(journey.happened).toEqual(['attention_resolved', 'line_missing']);
    expect(journey.claimAnswered('refused').happened).toEqual(['claim_refused', 'closed']);
    expect(journey.now).toMatchObject({ outcome: 'completed', settlements: {}, lines: { L1: { missing: 3 } } });
  });

  test('can be ours: it is settled without goods, and without a fee for a way that it never came', () => {
    const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] };
    const journey = aLabelledReturn({ policy: { fees } }).track('in_transit').fires('lost:P1');
    journey.outcome('open_claim:P1', { type: 'claim_opened', providerId: 'clm_1' }).resolve('parcel_lost', 'accept');
    expect(journey.happened).toEqual(['attention_resolved', 'line_missing', 'settlement_due']);
    expect(journey.effects).toMatchObject([{ id: 'refund:S1-1#0', amount: 3213 }]);
    expect(journey.refunded('S1-1').now.phase).toBe('open');
    expect(journey.claimAnswered(2700).now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('can be awaited longer, and lost once more without another claim', () => {
    const journey = claimed().resolve('parcel_lost', 'await');
    expect(journey.happened).toEqual(['attention_resolved', 'parcel_awaited']);
    expect(journey.due[0]).toEqual({ deadline: 'lost:P1', at: plusDays(20) });
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
    const journey = claimed().resolve('parcel_lost', 'accept').refunded('S1-1').claimAnswered('refused');
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

  test('that came although its claim had failed gets another claim if it is lost once more', () => {
    const journey = aLostOne().outcome('open_claim:P1', { type: 'unavailable', code: 'time_out' });
    journey.later(1).track('in_transit');
    expect(journey.queue).toEqual([]);
    expect(journey.now.claims?.['P1']?.state).toBe('dropped');
    expect(journey.fires('lost:P1').effects).toMatchObject([{ id: 'open_claim:P1#1' }]);
  });

  test('that its carrier gives up as well is lost once', () => {
    const journey = aLostOne().later(1).track('failure').resolve('carrier_exception', 'accept');
    expect(journey.all('parcel_lost')).toHaveLength(1);
  });

  test('is none whose goods came without its label', () => {
    const journey = aLabelledReturn().track('in_transit');
    journey.receive([{ sku: 'MUG-1', quantity: 3 }], null);
    expect(journey.due.map(({ deadline }) => deadline)).toEqual(['inspection:U2-1']);
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
