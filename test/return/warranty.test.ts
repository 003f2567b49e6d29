import { describe, expect, test } from 'vitest';
import { project } from '../../domain/return/project.ts';
import { initialState } from '../../domain/return/state.ts';
import type { OrderLineFacts } from '../../domain/sale/order.ts';
import { broken, claimedFor, policy, serials } from './broken-drills.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, type Wish } from './world.ts';

/** A drill of three that were delivered on 1 March 2026 has stopped working. */
const aClaim = (wish?: Wish, sold?: Partial<OrderLineFacts>, claimed?: readonly string[]): Journey =>
  claimedFor('replacement', wish, sold, claimed);

const inspected = (journey: Journey, came = ['S-1']): Journey =>
  journey
    .labelBought()
    .outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' })
    .track('in_transit')
    .receive([{ sku: 'MUG-1', quantity: came.length, serials: came }])
    .inspect('P1-1', { facts: broken });

const shipped = (journey: Journey, given = ['N-1']): Journey =>
  journey
    .send({
      ...{ type: 'ship_exchange', exchange: 'X1', carrier: 'DHL', tracking: 'T-1' },
      serials: given.length === 0 ? [] : [{ sku: 'MUG-1', serials: given }],
    })
    .outcome('release_stock:X1', { type: 'stock_released' });

const codes = (journey: Journey) => journey.all('line_decided')[0]?.codes;
const rows = (journey: Journey) => project(initialState, journey.now, journey.recorded);

describe('a claim under the warranty', () => {
  const on = (at: string, wish: Wish = {}, sold: Partial<OrderLineFacts> = {}, claimed?: readonly string[]) => {
    const journey = aClaim(wish, sold, claimed);
    const [request] = journey.all('requested');
    if (request === undefined) throw new Error('nothing was asked');
    const { rma, request: asked, facts } = request;
    const later = aCustomerReturn();
    later.state = initialState;
    later.recorded.length = 0;
    later.at = at;
    return codes(later.send({ type: 'request', rma, request: asked, facts }));
  };

  test('counts months from delivery, to the end of the day with the same number', () => {
    expect(on('2028-03-01T23:59:59.999Z')).toEqual(['within_warranty']);
    expect(on('2028-03-02T00:00:00.000Z')).toEqual(['outside_warranty']);
    const leap = { deliveredAt: '2028-02-29T10:00:00.000Z' };
    expect(on('2030-02-28T23:59:59.999Z', {}, leap)).toEqual(['within_warranty']);
    expect(on('2030-03-01T00:00:00.000Z', {}, leap)).toEqual(['outside_warranty']);
  });

  test('has terms of its own by category, and without terms the window', () => {
    const warranty = { months: 24, byCategory: { kitchen: 6 }, replacementMonths: 6 };
    expect(on('2026-09-01T23:00:00.000Z', { policy: { warranty } })).toEqual(['within_warranty']);
    expect(on('2026-09-02T00:00:00.000Z', { policy: { warranty } })).toEqual(['outside_warranty']);
    const { warranty: _, ...without } = policy;
    const window = { days: 10, byCategory: {}, extensions: [] };
    const asked: Wish = {
      lines: [{ reason: 'defective' }],
      request: { program: 'warranty', instrument: 'replacement' },
    };
    const before = aCustomerReturn({ policy: { ...without, window }, ...asked });
    expect(codes(before)).toEqual(['within_warranty']);
    const short = { days: 1, byCategory: {}, extensions: [] };
    const over = aCustomerReturn({ policy: { ...without, window: short }, ...asked });
    expect(codes(over)).toEqual(['outside_warranty']);
  });

  test('is for what is not as it should be: neither a wish nor a late parcel is', () => {
    for (const reason of ['changed_mind', 'better_price_found', 'arrived_late'] as const) {
      expect(codes(aClaim({ lines: [{ reason }] })), reason).toContain('not_a_defect');
    }
    for (const reason of ['quality', 'missing_parts', 'not_as_described', 'damaged_in_transit'] as const) {
      expect(codes(aClaim({ lines: [{ reason }] })), reason).toEqual(['within_warranty']);
    }
  });

  test('is not barred by a final sale, the window or an opened package', () => {
    expect(on('2027-06-01T00:00:00.000Z', {}, { finalSale: true, hygiene: true })).toEqual(['within_warranty']);
  });

  test('names serials of the sale, or of what was given in their place for as long as that is covered', () => {
    expect(codes(aClaim({}, {}, ['X-9']))).toEqual(['serial_not_on_order']);
    const given = { serials: ['N-1', 'S-2', 'S-3'], coveredUntil: { 'N-1': '2028-09-10T00:00:00.000Z' } };
    expect(on('2028-08-01T00:00:00.000Z', {}, given, ['N-1'])).toEqual(['within_warranty']);
    expect(on('2028-08-01T00:00:00.000Z', {}, given, ['S-2'])).toEqual(['outside_warranty']);
    expect(on('2028-08-01T00:00:00.000Z', {}, given, ['N-1', 'S-2'])).toEqual(['outside_warranty']);
    expect(on('2028-09-10T00:00:00.000Z', {}, given, ['N-1'])).toEqual(['outside_warranty']);
    expect(on('2026-04-01T00:00:00.000Z', {}, given, ['S-1'])).toEqual(['serial_not_on_order']);
  });

  test('that comes too late may be let in by a person', () => {
    const journey = aClaim({}, { deliveredAt: '2020-01-01T00:00:00.000Z' });
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'declined' });
    journey.send({ type: 'override', decisions: [{ line: 'L1', approve: true, note: 'N1' }] });
    expect(journey.now.phase).toBe('in_review');
    expect(journey.effects.map(({ kind }) => kind)).toContain('reserve_units');
  });
});

describe('a replacement under the warranty', () => {
  test('goes out with its new serial, which takes over the rest of the time', () => {
    const journey = shipped(inspected(aClaim()));
    expect(journey.now.exchange).toMatchObject({ state: 'shipped' });
    expect(journey.all('warranty_carried_over')).toEqual([
      {
        ...{ type: 'warranty_carried_over', exchange: 'X1', lines: [{ line: 'L1', units: [[0, 1]] }] },
        serials: [{ orderLine: 'OL1', serial: 'N-1', replaces: 'S-1', until: '2028-03-02T00:00:00.000Z' }],
      },
    ]);
    journey.confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(journey.balance('cash_clearing')).toBe(0);
  });

  test('near the end of the time has the least that the policy gives', () => {
    const journey = inspected(aClaim());
    shipped(journey.later('2028-02-15T12:00:00.000Z'));
    expect(journey.all('warranty_carried_over')[0]?.serials[0]?.until).toBe('2028-08-16T00:00:00.000Z');
  });

  test('of a replacement carries on what that one had', () => {
    const given = { serials: ['N-1', 'S-2', 'S-3'], coveredUntil: { 'N-1': '2029-01-01T00:00:00.000Z' } };
    const journey = shipped(inspected(aClaim({}, given, ['N-1']), ['N-1']), ['N-2']);
    expect(journey.all('warranty_carried_over')[0]?.serials).toMatchObject([
      { serial: 'N-2', replaces: 'N-1', until: '2029-01-01T00:00:00.000Z' },
    ]);
  });

  test('needs the serials of all that goes out, where the sale recorded any', () => {
    const journey = inspected(aClaim());
    expect(shipped(journey, []).all('exchange_shipped')).toEqual([]);
    const send = { type: 'ship_exchange', exchange: 'X1', carrier: null, tracking: null, serials: [] } as const;
    expect(journey.send(send).refusal).toBe('replacement_without_serials');
    const without = inspected(aClaim({}, { serials: [] }, ['S-1']));
    expect(without.send(send).refusal).toBeNull();
  });

  test('sets the units free, so that the new ones can be claimed for, and takes the rest of a line along', () => {
    const journey = inspected(aClaim({}, {}, ['S-1', 'S-2']), ['S-1', 'S-2']);
    expect(rows(journey).lines[0]?.holds).toEqual([[0, 2]]);
    shipped(journey, ['N-1', 'N-2']);
    expect(rows(journey).lines[0]?.holds).toEqual([]);
    expect(rows(journey).warranties).toMatchObject([
      { serial: 'N-1', replaces: 'S-1', from: journey.at },
      { serial: 'N-2', replaces: 'S-2', from: journey.at },
    ]);
  });

  test('of no warranty sets nothing free', () => {
    const { refund } = policy;
    if (refund === undefined) throw new Error('the default policy says how it pays');
    const journey = aCustomerReturn({
      policy: { refund },
      lines: [{ reason: 'defective', quantity: 1, sold: { serials, held: [[0, 1]] } }],
      request: { instrument: 'replacement' },
    });
    shipped(inspected(journey));
    expect(journey.all('warranty_carried_over')).toEqual([]);
    expect(rows(journey).lines[0]?.holds).toEqual([[0, 1]]);
  });

  test('that the shop has not got becomes a refund of the price', () => {
    const journey = aClaim()
      .labelBought()
      .outcome('reserve_stock:X1', { type: 'refused', code: 'out_of_stock' })
      .outcome('release_stock:X1', { type: 'stock_released' })
      .track('in_transit')
      .receive([{ sku: 'MUG-1', quantity: 1, serials: ['S-1'] }])
      .inspect('P1-1', { facts: broken });
    expect(journey.now.refunds).toMatchObject({ 'S1-1': { to: 'payment', amount: 1071 } });
    journey.refunded('S1-1').confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(rows(journey).lines[0]?.holds).toEqual([[0, 1]]);
  });
});

describe('at the bench', () => {
  const atBench = (facts: object): Journey =>
    aClaim()
      .labelBought()
      .outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' })
      .track('in_transit')
      .receive([{ sku: 'MUG-1', quantity: 1, serials: ['S-1'] }])
      .inspect('P1-1', { facts: { ...broken, ...facts } });

  test('no fault is found: a person refuses it, and it goes back to its owner unpaid', () => {
    const journey = atBench({ function: 'works' });
    expect(journey.queue).toContain('not_authorized P1-1');
    journey.resolve('not_authorized', 'reject');
    expect(journey.now.items['P1-1']).toMatchObject({
      acceptance: 'rejected',
      choice: { disposition: 'return_to_customer' },
    });
    journey.outcome('release_stock:X1', { type: 'stock_released' }).confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', refunds: {}, exchange: { state: 'dropped' } });
  });

  test('no fault is found, and a person believes the buyer all the same', () => {
    const journey = atBench({ function: 'works' }).resolve('not_authorized', 'accept');
    expect(journey.now.exchange).toMatchObject({ state: 'ready' });
  });

  test('a fault is found: nobody is asked', () => {
    expect(atBench({}).queue).toEqual([]);
  });

  test('what came has another reason than was claimed, one that no warranty stands for', () => {
    const journey = aClaim({}, {}, ['S-1']).labelBought().track('in_transit');
    journey.receive([{ sku: 'MUG-1', quantity: 1, serials: ['S-1'] }]);
    journey.inspect('P1-1', { facts: broken, reason: 'changed_mind' });
    expect(journey.queue).toContain('not_authorized P1-1');
  });
});
