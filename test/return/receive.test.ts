import { describe, expect, test } from 'vitest';
import { goodsStatus } from '../../domain/return/status.ts';
import { asNew } from '../domain/sale.ts';
import { plusDays } from './calendar.ts';
import { aCustomerReturn, aLabelledReturn, aReceivedReturn } from './world.ts';

const mugs = (quantity: number) => [{ sku: 'MUG-1', quantity }];

describe('what arrives', () => {
  test('as expected waits for its inspection in quarantine', () => {
    const journey = aReceivedReturn();
    expect(journey.happened).toEqual(['parcel_received']);
    expect(journey.now.items).toMatchObject({
      'P1-1': { line: 'L1', quantity: 3, units: [[0, 3]], stage: 'received' },
    });
    expect(journey.now.lines['L1']).toMatchObject({ outstanding: 0, received: 3, units: [] });
    expect(goodsStatus(journey.now)).toBe('received');
    expect(journey.due).toEqual([{ deadline: 'inspection:P1-1', at: plusDays(2) }]);
    expect(journey.balance('quarantine')).toBe(3);
  });

  test('in one of our parcels is booked in once', () => {
    expect(aReceivedReturn().receive(mugs(1)).refusal).toBe('parcel_already_received');
    expect(aLabelledReturn().receive(mugs(1), 'P7').refusal).toBe('unknown_parcel');
    expect(aLabelledReturn().receive(mugs(1), '__proto__').refusal).toBe('unknown_parcel');
    expect(aLabelledReturn().receive([{ sku: 'MUG-1', quantity: 0 }]).refusal).toBe('quantity_not_positive');
  });

  test('before anybody has decided on the return is refused', () => {
    const policy = { review: { aboveAmount: { EUR: 1 }, frequentReturns: { count: 5, days: 90 } } };
    expect(aCustomerReturn({ policy }).receive(mugs(3), null).refusal).toBe('not_authorized');
  });

  test('without our label is a parcel of its own, and ours is given back', () => {
    const journey = aLabelledReturn().receive(mugs(3), null);
    expect(journey.happened).toEqual(['parcel_received', 'label_withdrawn']);
    expect(journey.now.parcels).toMatchObject({
      P1: { label: 'withdrawn' },
      U2: { method: 'unannounced', received: true },
    });
  });

  test('while its label is still being bought needs none any more', () => {
    const journey = aCustomerReturn().receive(mugs(3));
    expect(journey.effects).toMatchObject([{ id: 'void_label:P1#0' }]);
  });

  test('in part while its label is still being bought needs none any more either', () => {
    const journey = aCustomerReturn().receive(mugs(1), 'P1', true);
    expect(journey.effects).toMatchObject([{ id: 'void_label:P1#0' }]);
  });

  test('in two parcels is one return', () => {
    const journey = aLabelledReturn().receive(mugs(1), 'P1', true);
    expect(journey.happened).toEqual(['parcel_received']);
    expect(journey.now.lines['L1']).toMatchObject({ outstanding: 2, received: 1, units: [[1, 3]] });
    expect(journey.due.map(({ deadline }) => deadline)).toContain('expiry');
    journey.receive(mugs(2), null);
    expect(journey.happened).toEqual(['parcel_received']);
    expect(Object.values(journey.now.items).map(({ units }) => units)).toEqual([[[0, 1]], [[1, 3]]]);
  });

  test('of several lines with one SKU fills them in turn', () => {
    const journey = aLabelledReturn({ lines: [{}, { sold: { sku: 'MUG-1' } }] }).receive(mugs(5));
    expect(journey.now.items).toMatchObject({
      'P1-1': { line: 'L1', quantity: 3 },
      'P1-2': { line: 'L2', quantity: 2 },
    });
    expect(journey.queue).toEqual(['short L2']);
  });

  test('weighs what it weighs', () => {
    const journey = aLabelledReturn().send({
      type: 'receive',
      parcel: 'P1',
      contents: mugs(3),
      partial: false,
      weightGrams: 990,
    });
    expect(journey.events[0]).toMatchObject({ type: 'parcel_received', weightGrams: 990, partial: false });
  });
});

describe('a discrepancy', () => {
  test('of fewer units waits for a person: they are missing', () => {
    const journey = aReceivedReturn({}, mugs(2));
    expect(journey.all('discrepancy_found')).toMatchObject([{ discrepancy: 'short:L1', kind: 'short', quantity: 1 }]);
    expect(journey.queue).toEqual(['short L1']);
    journey.resolve('short', 'missing');
    expect(journey.now.lines['L1']).toMatchObject({ missing: 1, received: 2, outstanding: 0, missingUnits: [[2, 3]] });
    expect(journey.inspect('P1-1').confirm('P1-1').refunded('S1-1').now).toMatchObject({ phase: 'closed' });
    expect(journey.now.settlements['S1']?.total).toBe(2142);
  });

  test('of fewer units can be awaited, until they expire', () => {
    const journey = aReceivedReturn({}, mugs(2)).resolve('short', 'await');
    expect(journey.now.lines['L1']).toMatchObject({ outstanding: 1 });
    expect(journey.fires('expiry').now.lines['L1']).toMatchObject({ outstanding: 0, cancelled: 1 });
  });

  test('of fewer units on two lines is a question each', () => {
    const contents = ['MUG-1', 'MUG-2'].map((sku) => ({ sku, quantity: 2 }));
    const journey = aReceivedReturn({ lines: [{}, {}] }, contents).resolve('short', 'missing');
    expect(journey.now.lines).toMatchObject({ L1: { missing: 1 }, L2: { missing: 0, outstanding: 1 } });
    expect(journey.queue).toEqual(['short L2']);
  });

  test('of fewer units is none while another parcel is on its way', () => {
    const journey = aLabelledReturn().track('in_transit').receive(mugs(1), null);
    expect(journey.queue).toEqual([]);
  });

  test('of fewer units settles itself when they come', () => {
    const journey = aReceivedReturn({}, mugs(2)).receive(mugs(1), null);
    expect(journey.happened).toEqual(['parcel_received', 'attention_resolved']);
  });

  test('of more units leaves them on no line', () => {
    const journey = aReceivedReturn({}, mugs(5));
    expect(journey.all('discrepancy_found')).toMatchObject([{ kind: 'over', item: 'P1-2', quantity: 2 }]);
    expect(journey.now.items['P1-2']).toMatchObject({ line: null, quantity: 2, units: [] });
    expect(journey.queue).toEqual(['over_receipt P1-2']);
  });

  test('of more units can be taken as if they had been asked back, once nobody else returns them', () => {
    const journey = aReceivedReturn({ payments: [{ captured: 4284 }] }, mugs(4)).inspect('P1-2');
    expect(journey.now.items['P1-2']).toMatchObject({ stage: 'disposing', choice: { disposition: 'quarantine' } });
    expect(journey.resolve('over_receipt', 'accept').happened).toEqual(['attention_resolved', 'surplus_accepted']);
    expect(journey.now.lines['L1']).toMatchObject({ requested: 4, received: 4, outstanding: 0, cancelled: 0 });
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:P1-2#0', total: 4, known: [[0, 3]] }]);
    journey.reserved('P1-2', 'L1', [[3, 4]]);
    expect(journey.now.items['P1-2']).toMatchObject({
      line: 'L1',
      units: [[3, 4]],
      choice: { disposition: 'restock' },
    });
    journey.inspect('P1-1').confirm('P1-1').confirm('P1-2').refunded('S1-1').refunded('S2-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    // Four mugs for 10.71 each.
    expect(Object.values(journey.now.settlements).reduce((sum, { total }) => sum + total, 0)).toBe(4284);
  });

  test('of more units is asked about like what was announced, before anybody pays for it', () => {
    const sold = { serials: ['S-1', 'S-2', 'S-3', 'S-4'], hygiene: true };
    const journey = aReceivedReturn({ lines: [{ sold }] }, [
      { sku: 'MUG-1', quantity: 3, serials: ['S-1', 'S-2', 'S-3'] },
      { sku: 'MUG-1', quantity: 1, serials: ['X-9'] },
    ]);
    journey.inspect('P1-2', { facts: { ...asNew, packaging: 'opened' } }).resolve('over_receipt', 'accept');
    expect(journey.queue).toEqual(['serial_mismatch P1-2', 'not_authorized P1-2']);
    expect(journey.reserved('P1-2', 'L1', [[3, 4]]).now.items['P1-2']?.acceptance).toBe('pending');
    journey.resolve('serial_mismatch', 'accept').resolve('not_authorized', 'reject');
    expect(journey.now.items['P1-2']).toMatchObject({ acceptance: 'rejected' });
  });

  test('of more units than the order had left is refused like any other', () => {
    const journey = aReceivedReturn({}, mugs(4)).resolve('over_receipt', 'accept').reserved('P1-2', 'L1', []);
    expect(journey.queue).toEqual(['units_not_held P1-2']);
    journey.resolve('units_not_held', 'reject').inspect('P1-1').inspect('P1-2');
    expect(journey.now.items['P1-2']).toMatchObject({
      ...{ line: 'L1', acceptance: 'rejected', units: [] },
      choice: { disposition: 'return_to_customer' },
    });
  });

  test('of hundreds of items that nobody expected is refused: they are no part of it', () => {
    const bricks = (many: number) => Array.from({ length: many }, () => ({ sku: 'BRICK', quantity: 1 }));
    const journey = aReceivedReturn({}, bricks(500));
    expect(journey.queue).toHaveLength(501);
    expect(journey.receive(bricks(1), null).refusal).toBe('too_many_stray');
    expect(journey.receive(mugs(3), null).refusal).toBeNull();
  });

  test('of more units is no claim any more once they have gone elsewhere', () => {
    const journey = aReceivedReturn({}, mugs(4)).inspect('P1-2');
    journey.send({ type: 'dispose', item: 'P1-2', disposition: 'return_to_customer', note: 'N-1' }).confirm('P1-2');
    expect(journey.resolve('over_receipt', 'accept').refusal).toBe('item_already_moved');
  });

  test('of other goods leaves them on no line, and what was expected is short', () => {
    const journey = aReceivedReturn({}, [{ sku: 'BRICK', quantity: 1 }]);
    expect(journey.queue).toEqual(['wrong_item P1-1', 'short L1']);
    journey.resolve('wrong_item', 'acknowledge').resolve('short', 'missing').inspect('P1-1');
    expect(journey.now.items['P1-1']).toMatchObject({
      stage: 'disposing',
      acceptance: 'pending',
      choice: { disposition: 'quarantine' },
    });
    expect(journey.confirm('P1-1').refusal).toBe('item_not_disposed');
    journey.send({ type: 'dispose', item: 'P1-1', disposition: 'return_to_customer', note: 'N-1' }).confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', settlements: {} });
  });

  test('of nothing at all asks a person once', () => {
    const journey = aReceivedReturn({}, []);
    expect(journey.queue).toEqual(['empty_box P1']);
    expect(journey.resolve('empty_box', 'missing').now).toMatchObject({
      phase: 'closed',
      lines: { L1: { missing: 3 } },
    });
    expect(
      aReceivedReturn({}, [])
        .resolve('empty_box', 'await')
        .due.map(({ deadline }) => deadline),
    ).toContain('expiry');
  });

  test('of serials keeps the item from being accepted until a person has looked', () => {
    const lines = [{ sold: { serials: ['S-1', 'S-2', 'S-3'] } }];
    const swapped = () =>
      aReceivedReturn({ lines, timing: 'receipt' }, [{ sku: 'MUG-1', quantity: 3, serials: ['S-1', 'S-2', 'X-9'] }]);
    expect(swapped().queue).toEqual(['serial_mismatch P1-1']);
    expect(swapped().now.items['P1-1']?.acceptance).toBe('pending');
    expect(swapped().resolve('serial_mismatch', 'accept').happened).toEqual([
      'attention_resolved',
      'item_accepted',
      'settlement_due',
    ]);
    const rejected = swapped().resolve('serial_mismatch', 'reject').inspect('P1-1');
    expect(rejected.now.items['P1-1']).toMatchObject({
      acceptance: 'rejected',
      choice: { disposition: 'return_to_customer' },
    });
    expect(rejected.confirm('P1-1').now).toMatchObject({ phase: 'closed', settlements: {} });
    expect([rejected.balance('inventory_at_cost'), rejected.balance('cost_of_returns')]).toEqual([0, 0]);
    expect(aReceivedReturn({ lines }, [{ sku: 'MUG-1', quantity: 3, serials: ['S-1'] }]).queue).toEqual([]);
  });

  test('of a serial that is here already waits for a person, once', () => {
    const lines = [{ sold: { serials: ['S-1', 'S-2', 'S-3'] } }];
    const came = (...serials: string[]) => [{ sku: 'MUG-1', quantity: serials.length, serials }];
    const twice = aReceivedReturn({ lines, timing: 'receipt' }, came('S-1')).receive(came('S-1', 'S-2'), null);
    expect(twice.all('discrepancy_found')).toMatchObject([
      { kind: 'short' },
      { kind: 'serial_repeated', item: 'U2-1' },
    ]);
    expect(twice.queue).toEqual(['serial_mismatch U2-1']);
    expect(twice.now.items).toMatchObject({ 'P1-1': { acceptance: 'accepted' }, 'U2-1': { acceptance: 'pending' } });
    expect(aReceivedReturn({ lines }, [...came('S-1'), ...came('S-1', 'S-2')]).queue).toEqual(['serial_mismatch P1-2']);
    expect(aReceivedReturn({ lines }, came('S-1', 'S-1', 'S-2')).queue).toEqual(['serial_mismatch P1-1']);
    // Foreign as well.
    expect(aReceivedReturn({ lines }, came('X-9', 'X-9', 'S-2')).queue).toEqual(['serial_mismatch P1-1']);
    const other = aLabelledReturn({ lines }).track('in_transit');
    const elsewhere = [{ sku: 'MUG-1', serial: 'S-2' }];
    other.send({ type: 'receive', parcel: 'P1', contents: came('S-1', 'S-2', 'S-3'), partial: false, elsewhere });
    expect(other.queue).toEqual(['serial_mismatch P1-1']);
    const another = aLabelledReturn({ lines }).track('in_transit');
    const plates = [{ sku: 'PLATE', serial: 'S-2' }];
    another.send({
      type: 'receive',
      parcel: 'P1',
      contents: came('S-1', 'S-2', 'S-3'),
      partial: false,
      elsewhere: plates,
    });
    expect(another.queue).toEqual([]);
  });

  test('of a serial is none where the same unit went back to its owner before', () => {
    const lines = [{ sold: { serials: ['S-1', 'S-2', 'S-3'] } }];
    const contents = [{ sku: 'MUG-1', quantity: 1, serials: ['X-9'] }];
    const journey = aReceivedReturn({ lines }, contents)
      .resolve('serial_mismatch', 'reject')
      .inspect('P1-1')
      .confirm('P1-1');
    const again = journey.receive([{ sku: 'MUG-1', quantity: 1, serials: ['X-9'] }], null);
    expect(again.all('discrepancy_found').map(({ kind }) => kind)).not.toContain('serial_repeated');
    expect(again.queue).toEqual(['short L1', 'serial_mismatch U2-1']);
  });

  test('of lots is one where lots are controlled', () => {
    const contents = [{ sku: 'MUG-1', quantity: 3, lot: 'B' }];
    expect(aReceivedReturn({ lines: [{ sold: { lotControlled: true, lots: ['A'] } }] }, contents).queue).toEqual([
      'lot_mismatch P1-1',
    ]);
    expect(aReceivedReturn({ lines: [{ sold: { lotControlled: false, lots: ['A'] } }] }, contents).queue).toEqual([]);
  });

  test('does not outweigh another: an item is accepted once nothing speaks against it', () => {
    const lines = [{ sold: { lotControlled: true, lots: ['A'], serials: ['S-1'] } }];
    const contents = [{ sku: 'MUG-1', quantity: 3, lot: 'B', serials: ['X-9'] }];
    const journey = aReceivedReturn({ lines, timing: 'receipt' }, contents).resolve('serial_mismatch', 'accept');
    expect(journey.now.items['P1-1']?.acceptance).toBe('pending');
    expect(journey.resolve('lot_mismatch', 'accept').happened).toContain('settlement_due');
    const rejected = aReceivedReturn({ lines }, contents).resolve('serial_mismatch', 'reject');
    expect(rejected.queue).toEqual([]);
  });

  test('of damage on the way is told, and inspected like all else', () => {
    const journey = aReceivedReturn({}, [{ sku: 'MUG-1', quantity: 3, damagedInTransit: true }]);
    expect(journey.queue).toEqual(['damaged_in_transit P1-1']);
    expect(journey.inspect('P1-1').now.items['P1-1']?.acceptance).toBe('accepted');
  });
});
