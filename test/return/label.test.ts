import { describe, expect, test } from 'vitest';
import { goodsStatus } from '../../domain/return/status.ts';
import { aLabel } from './journey.ts';
import { aCustomerReturn, aLabelledReturn } from './world.ts';

const cancel = { type: 'cancel', note: null } as const;

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

  test('costs what its carrier charges, in the carrier’s currency', () => {
    const journey = aCustomerReturn();
    journey.outcome('buy_label:P1', { ...aLabel('P1'), cost: { amount: 595, currency: 'USD' } });
    expect(journey.posted.money).toMatchObject([{ debit: 'carrier_costs', amount: 595, currency: 'USD' }]);
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

describe('hazardous goods', () => {
  const approve = { type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N-1' }] } as const;

  test('get no ordinary label, whoever let them in: a person arranges their way', () => {
    for (const method of ['drop_off', 'pickup'] as const) {
      const journey = aCustomerReturn({ lines: [{ sold: { hazardous: true } }], request: { method } }).send(approve);
      expect(journey.queue).toEqual(['label_refused P1']);
      expect(journey.effects).toEqual([]);
      expect(journey.resolve('label_refused', 'retry').queue).toEqual(['label_refused P1']);
      expect(journey.resolve('label_refused', 'acknowledge').queue).toEqual([]);
      expect(journey.effects).toEqual([]);
      expect(journey.receive([{ sku: 'MUG-1', quantity: 3 }]).queue).toEqual([]);
    }
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
    expect(goodsStatus(journey.now)).toBe('cancelled');
    expect(journey.effects).toEqual([]);
    expect(journey.resolve('void_failed', 'retry').effects).toMatchObject([{ id: 'void_label:P1#1' }]);
    journey.outcome('void_label:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.resolve('void_failed', 'acknowledge').now).toMatchObject({ phase: 'closed' });
  });

  test('whose voiding failed is no longer a person’s business once the label was given back after all', () => {
    const journey = aLabelledReturn().send(cancel).outcome('void_label:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.labelVoided().happened).toEqual(['label_voided', 'attention_resolved', 'closed']);
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

test('an effect that no return has is refused', () => {
  const journey = aLabelledReturn();
  for (const effect of ['', 'nonsense', 'buy_label', 'constructor:P1', 'fly:P1']) {
    expect(journey.outcome(effect, aLabel('P1')).refusal).toBe('unknown_effect');
  }
  expect(journey.outcome('buy_label:P9', aLabel('P9')).refusal).toBe('unknown_parcel');
});
