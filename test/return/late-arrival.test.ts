import { describe, expect, test } from 'vitest';
import { aCustomerReturn, aLabelledReturn } from './world.ts';

const mugs = (quantity: number) => [{ sku: 'MUG-1', quantity }];
const anExpiredReturn = (...[wish]: Parameters<typeof aLabelledReturn>) =>
  aLabelledReturn(wish).fires('expiry').labelVoided();

describe('a parcel that comes late', () => {
  test('after expiry opens the return again and reserves its units anew', () => {
    const journey = anExpiredReturn().later(5).receive(mugs(3));
    expect(journey.happened).toEqual(['reopened', 'parcel_received']);
    expect(journey.now.items['P1-1']).toMatchObject({ line: 'L1', units: [], reserving: true });
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:P1-1#0', total: 3, known: [] }]);
    expect(journey.reserved('P1-1', 'L1', [[0, 3]]).now.items['P1-1']).toMatchObject({
      units: [[0, 3]],
      reserving: false,
    });
    journey.inspect('P1-1').confirm('P1-1').refunded('S1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed', settlements: { S1: { total: 3213 } } });
  });

  test('is not settled before its units are held, even where receipt settles', () => {
    const journey = anExpiredReturn({ timing: 'receipt' }).receive(mugs(3));
    expect(journey.now.items['P1-1']?.acceptance).toBe('pending');
    expect(journey.reserved('P1-1', 'L1', [[0, 3]]).happened).toEqual([
      'units_reserved',
      'item_accepted',
      'settlement_due',
    ]);
  });

  test('whose units are with another return goes back', () => {
    const journey = anExpiredReturn()
      .receive(mugs(3))
      .reserved('P1-1', 'L1', [[0, 1]]);
    expect(journey.queue).toEqual(['units_not_held P1-1']);
    journey.resolve('units_not_held', 'retry');
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:P1-1#1', total: 3, known: [[0, 1]] }]);
    journey.reserved('P1-1', 'L1', []).resolve('units_not_held', 'reject').inspect('P1-1');
    expect(journey.now.items['P1-1']).toMatchObject({
      acceptance: 'rejected',
      units: [[0, 1]],
      choice: { disposition: 'return_to_customer' },
    });
    expect(journey.confirm('P1-1').now).toMatchObject({ phase: 'closed', settlements: {} });
  });

  test('keeps all units that it got in two rounds', () => {
    const journey = anExpiredReturn()
      .receive(mugs(3))
      .reserved('P1-1', 'L1', [[0, 1]]);
    journey.resolve('units_not_held', 'retry').reserved('P1-1', 'L1', [[1, 3]]);
    expect(journey.now.items['P1-1']).toMatchObject({ units: [[0, 3]], reserving: false });
    expect(journey.queue).toEqual([]);
  });

  test('can be split while its units are being reserved', () => {
    const journey = anExpiredReturn()
      .receive(mugs(3))
      .inspect('P1-1', { quantity: 1 }, { quantity: 2, facts: { cosmetic: 'damaged' } });
    journey.reserved('P1-1', 'L1', [[0, 3]]);
    expect(journey.now.items).toMatchObject({ 'P1-1.1': { units: [[0, 1]] }, 'P1-1.2': { units: [[1, 3]] } });
    expect(journey.happened).toContain('settlement_due');
    expect(journey.reserved('P1-1.1', 'L1', [[0, 3]]).happened).toEqual([]);
  });

  test('can be split while a person is asked about its units', () => {
    const journey = anExpiredReturn()
      .receive(mugs(3))
      .reserved('P1-1', 'L1', [[0, 1]]);
    journey
      .inspect('P1-1', { quantity: 1 }, { quantity: 2, facts: { cosmetic: 'damaged' } })
      .resolve('units_not_held', 'retry');
    expect(journey.effects).toMatchObject([
      { id: 'reserve_units:P1-1.2#1', total: 3, known: [[0, 1]] },
      { kind: 'refund' },
    ]);
    expect(journey.reserved('P1-1.2', 'L1', [[1, 3]]).now.items['P1-1.2']).toMatchObject({
      acceptance: 'accepted',
      settled: true,
    });
  });

  test('asks a person where the reservation itself fails, once', () => {
    const journey = anExpiredReturn()
      .receive(mugs(3))
      .outcome('reserve_units:P1-1', { type: 'unavailable', code: 'database' });
    expect(journey.effects).toEqual([]);
    expect(journey.resolve('units_not_held', 'reject').now.items['P1-1']).toMatchObject({
      acceptance: 'rejected',
      reserving: false,
    });
  });

  test('for a return that was declined needs a person, and is open meanwhile', () => {
    const journey = aCustomerReturn({ lines: [{ sold: { deliveredAt: null } }] }).receive(mugs(3), null);
    expect(journey.happened).toEqual(['reopened', 'parcel_received', 'discrepancy_found', 'attention_raised']);
    expect(journey.now.phase).toBe('open');
    expect(journey.queue).toEqual(['not_authorized U1-1']);
    journey.reserved('U1-1', 'L1', [[0, 3]]).inspect('U1-1');
    expect(journey.now.items['U1-1']).toMatchObject({ stage: 'inspected', acceptance: 'pending' });
    expect(journey.resolve('not_authorized', 'accept').happened).toContain('settlement_due');
  });

  test('for a return that a person declined needs a person, too', () => {
    const declined = { type: 'review', decisions: [{ line: 'L1', approve: false, note: 'N-1' }] } as const;
    const journey = aCustomerReturn({ lines: [{ sold: { hazardous: true } }] }).send(declined);
    journey
      .receive(mugs(3), null)
      .reserved('U1-1', 'L1', [[0, 3]])
      .inspect('U1-1');
    expect(journey.queue).toEqual(['not_authorized U1-1']);
    expect(journey.now).toMatchObject({ items: { 'U1-1': { acceptance: 'pending' } }, settlements: {} });
  });

  test('for a return that was declined goes back where the person says so', () => {
    const journey = aCustomerReturn({ lines: [{ sold: { deliveredAt: null } }] }).receive(mugs(3), null);
    journey.reserved('U1-1', 'L1', []).resolve('not_authorized', 'accept').resolve('units_not_held', 'reject');
    journey.inspect('U1-1').confirm('U1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', settlements: {} });
  });
});
