import { describe, expect, test } from 'vitest';
import type { WorkResult } from '../../domain/goods/work.ts';
import { decide } from '../../domain/return/decide.ts';
import { project } from '../../domain/return/project.ts';
import { initialState } from '../../domain/return/state.ts';
import type { OrderLineFacts } from '../../domain/sale/order.ts';
import { asNew } from '../domain/sale.ts';
import { arrived, claimedFor, policy, serials } from './broken-drills.ts';
import { requestedAt } from './calendar.ts';
import type { Journey } from './journey.ts';
import { aRequest, type Wish } from './world.ts';

/** Drills that were delivered on 1 March 2026 have stopped working; their owner wants them mended. */
const aRepair = (wish?: Wish, sold?: Partial<OrderLineFacts>, claimed?: readonly string[]): Journey =>
  claimedFor('repair', wish, sold, claimed);

const takeUp = (journey: Journey, item = 'P1-1'): Journey =>
  journey.send({
    ...{ type: 'take_up', item, execution: 'RF-1', disposition: 'repair_and_return' },
    quantity: journey.now.items[item]?.quantity ?? 0,
  });

const result = (changes: Partial<WorkResult> = {}): WorkResult => ({
  ...{ quantity: 1, serials: [], outcome: 'mended', facts: { ...asNew, packaging: 'opened' }, added: 0 },
  ...changes,
});

const worked = (journey: Journey, ...results: WorkResult[]): Journey =>
  takeUp(journey).send({ type: 'record_work', item: 'P1-1', execution: 'RF-1', results });

const rows = (journey: Journey) => project(initialState, journey.now, journey.recorded);
const way = (journey: Journey, item = 'P1-1') => journey.now.items[item]?.choice?.disposition;
const owners = (journey: Journey, account: string, owner: string): number =>
  journey.posted.stock
    .filter((row) => row.owner === owner)
    .reduce(
      (sum, { from, to, quantity }) => sum + (to === account ? quantity : 0) - (from === account ? quantity : 0),
      0,
    );

describe('goods that are to be mended', () => {
  test('go to the bench, back to their owner, and nothing is paid', () => {
    const journey = arrived(aRepair());
    expect(journey.now.quote.amount).toBe(0);
    expect(way(journey)).toBe('repair_and_return');
    worked(journey, result());
    expect(way(journey)).toBe('return_to_customer');
    journey.confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed', settlements: {} });
    expect(journey.posted.money.filter(({ debit }) => debit !== 'carrier_costs')).toEqual([]);
  });

  test('are not back with their owner, mended, because a hand says so: a bench does', () => {
    const journey = arrived(aRepair());
    expect(journey.confirm('P1-1').refusal).toBe('repair_not_done');
    expect(journey.all('repair_returned')).toEqual([]);
    worked(journey, result()).confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('are their owner’s all the time, and never stock of ours', () => {
    const journey = worked(arrived(aRepair()), result({ added: 300 })).confirm('P1-1');
    expect(journey.balance('inventory_at_cost')).toBe(0);
    expect(new Set(journey.posted.stock.map(({ owner }) => owner))).toEqual(new Set(['customer']));
    expect(journey.balance('customer')).toBe(0);
    for (const disposition of ['restock', 'liquidate', 'harvest_parts', 'recycle', 'return_to_customer'] as const) {
      const other = arrived(aRepair());
      expect(other.send({ type: 'dispose', item: 'P1-1', disposition, note: 'N' }).refusal, disposition).toBe(
        'owned_by_customer',
      );
    }
  });

  test('may cost so much of their price as the policy says, or what a person does', () => {
    expect(rows(arrived(aRepair())).items[0]?.gain).toBe(450);
    const terms = { months: 24, byCategory: {}, replacementMonths: 6 };
    expect(rows(arrived(aRepair({ policy: { warranty: terms } }))).items[0]?.gain).toBeNull();
  });

  test('are covered for longer, once, and may be claimed for again', () => {
    const journey = worked(arrived(aRepair()), result());
    expect(rows(journey).lines[0]?.holds).toEqual([[0, 1]]);
    journey.confirm('P1-1');
    expect(rows(journey).lines[0]?.holds).toEqual([]);
    expect(rows(journey).warranties).toMatchObject([
      { serial: 'S-1', replaces: null, repaired: true, until: '2029-03-02T00:00:00.000Z' },
    ]);
    const again = { repaired: ['S-1'], coveredUntil: { 'S-1': '2029-03-02T00:00:00.000Z' } };
    const twice = worked(arrived(aRepair({}, again)), result()).confirm('P1-1');
    expect(twice.all('repair_returned')[0]?.serials).toMatchObject([{ until: '2029-03-02T00:00:00.000Z' }]);
  });

  test('are covered by the serial that came, where the sale recorded none, and by none that it hasn’t', () => {
    const unrecorded = worked(arrived(aRepair({}, { serials: [] }), ['T-9']), result()).confirm('P1-1');
    expect(unrecorded.all('repair_returned')[0]?.serials).toMatchObject([{ serial: 'T-9' }]);
    const foreign = arrived(aRepair(), ['X-9']).resolve('serial_mismatch', 'accept');
    expect(worked(foreign, result()).confirm('P1-1').all('repair_returned')[0]?.serials).toEqual([]);
  });

  test('whose time is over are repaired without being covered anew', () => {
    const journey = worked(arrived(aRepair()), result()).later('2030-01-01T00:00:00.000Z').confirm('P1-1');
    expect(journey.all('repair_returned')).toMatchObject([{ units: [[0, 1]], serials: [] }]);
    expect(journey.now.phase).toBe('closed');
  });

  test('must not be as they should be, and must have been sold by us', () => {
    expect(aRepair({ lines: [{ reason: 'changed_mind' }] }).all('line_decided')[0]?.codes).toContain(
      'instrument_not_offered',
    );
    for (const asked of [{ program: 'undeliverable' }, { program: 'trade_in' }] as const) {
      const kind = asked.program === 'trade_in' ? { order: { kind: 'offer' } as const } : {};
      const command = aRequest({ request: { ...asked, instrument: 'repair' }, ...kind });
      const decision = decide(initialState, { commandId: 'c1', at: requestedAt, by: 'key_1', command });
      expect(decision).toMatchObject({ type: 'refused', refusal: { code: 'no_owner_to_repair_for' } });
    }
  });

  test('stay away from refunds in advance and from returns without goods', () => {
    if (policy.refund === undefined) throw new Error('the default policy says how it pays');
    for (const timing of ['authorization', 'first_scan', 'receipt'] as const) {
      const changed = { returnlessUpTo: { EUR: 1_000_000 }, refund: { ...policy.refund, timing } };
      const journey = arrived(aRepair({ policy: changed }));
      expect(journey.all('settlement_due'), timing).toEqual([]);
      expect(way(journey), timing).toBe('repair_and_return');
    }
  });
});

describe('what is not mended', () => {
  const replaced = (journey: Journey, given = ['N-1']): Journey =>
    journey
      .outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' })
      .send({
        ...{ type: 'ship_exchange', exchange: 'X1', carrier: 'DHL', tracking: 'T-1' },
        serials: [{ sku: 'MUG-1', serials: given }],
      })
      .outcome('release_stock:X1', { type: 'stock_released' });

  test.each([
    ['beyond_repair', 'not_repairable'],
    ['given_up', 'too_costly'],
  ] as const)('%s becomes the same again, and is ours', (outcome, why) => {
    const journey = worked(arrived(aRepair()), result({ outcome, facts: null }));
    expect(journey.all('repair_ended')).toMatchObject([{ item: 'P1-1', why, instead: 'replacement', note: null }]);
    expect([owners(journey, 'inspected', 'customer'), owners(journey, 'inspected', 'ours')]).toEqual([0, 1]);
    expect(journey.balance('inventory_at_cost')).toBeGreaterThan(0);
    replaced(journey);
    expect(journey.now.settlements).toMatchObject({ S1: { instrument: 'replacement' } });
    expect(journey.all('warranty_carried_over')[0]?.serials).toMatchObject([{ serial: 'N-1', replaces: 'S-1' }]);
    journey.confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(rows(journey).lines[0]?.holds).toEqual([]);
  });

  test('and that the shop has not got either is paid', () => {
    const journey = worked(arrived(aRepair()), result({ outcome: 'beyond_repair', facts: null }))
      .outcome('reserve_stock:X1', { type: 'refused', code: 'out_of_stock' })
      .outcome('release_stock:X1', { type: 'stock_released' });
    expect(journey.all('exchange_dropped')).toMatchObject([{ why: 'out_of_stock' }]);
    expect(Object.values(journey.now.refunds)).toMatchObject([{ state: 'replaced' }, { to: 'payment', amount: 1071 }]);
    journey.refunded('S1-2').confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('as a veto bars it, is known at the inspection', () => {
    const journey = arrived(aRepair(), ['S-1'], { contamination: 'confirmed' });
    expect(journey.all('repair_ended')).toMatchObject([{ why: 'not_repairable', instead: 'replacement' }]);
  });

  test('becomes what a person says, of what the policy offers', () => {
    const journey = arrived(aRepair());
    const end = { type: 'end_repair', item: 'P1-1', why: 'withdrawn', note: 'N1' } as const;
    expect(journey.send({ ...end, instead: 'credit_memo' }).refusal).toBe('remedy_not_offered');
    expect(journey.send({ ...end, instead: 'exchange' }).refusal).toBe('remedy_not_offered');
    takeUp(journey);
    expect(journey.send(end).refusal).toBe('item_in_execution');
    journey.send({ type: 'set_free', item: 'P1-1', execution: 'RF-1' });
    journey.send({ ...end, instead: 'store_credit' });
    expect(journey.now.settlements).toMatchObject({ S1: { instrument: 'store_credit', total: 1071 } });
    expect(journey.send(end).refusal).toBe('not_under_repair');
    expect(way(journey)).not.toBe('repair_and_return');
    journey.confirm('P1-1');
    expect(journey.now.phase).toBe('closed');
  });

  test('by the terms of its category is paid at once', () => {
    const rules = [
      { rule: 'kitchen', when: { categories: ['kitchen'] }, set: { refund: { instruments: ['repair', 'original'] } } },
    ] as const;
    const journey = worked(arrived(aRepair({ policy: { rules } })), result({ outcome: 'given_up', facts: null }));
    expect(journey.now.refunds).toMatchObject({ 'S1-1': { to: 'payment', amount: 1071 } });
  });

  test('waits for the others, so that what is replaced goes out once', () => {
    const journey = arrived(aRepair({}, {}, serials), serials);
    worked(
      journey,
      result({ serials: ['S-1'] }),
      result({ serials: ['S-2'], outcome: 'beyond_repair', facts: null }),
      result({ serials: ['S-3'], outcome: 'given_up', facts: null }),
    );
    expect(journey.now.exchange).toMatchObject({ kind: 'replacement', goods: [{ sku: 'MUG-1', quantity: 2 }] });
    expect(Object.values(journey.now.items).map(({ settled }) => settled)).toEqual([false, true, true]);
    replaced(journey, ['N-2', 'N-3']);
    journey.confirm('P1-1.1', 'P1-1.2', 'P1-1.3');
    expect(rows(journey).warranties).toMatchObject([
      { serial: 'N-2', replaces: 'S-2', repaired: false },
      { serial: 'N-3', replaces: 'S-3', repaired: false },
      { serial: 'S-1', replaces: null, repaired: true },
    ]);
    expect(journey.now.phase).toBe('closed');
  });

  test('is replaced once nothing else may be', () => {
    const journey = arrived(aRepair({}, {}, serials), serials.slice(0, 1));
    worked(journey, result({ outcome: 'beyond_repair', facts: null }));
    expect(journey.now.exchange).toBeUndefined();
    journey.send({ type: 'cancel', note: null });
    expect(journey.now.exchange).toMatchObject({ stock: 'wanted', goods: [{ sku: 'MUG-1', quantity: 1 }] });
  });

  test('is refused where no fault is found: it goes back as it came', () => {
    const journey = arrived(aRepair(), ['S-1'], { function: 'works' }).resolve('not_authorized', 'reject');
    expect(way(journey)).toBe('return_to_customer');
    journey.confirm('P1-1');
    expect(journey.all('repair_returned')).toEqual([]);
    expect(journey.now).toMatchObject({ phase: 'closed', settlements: {} });
  });
});
