import { describe, expect, test } from 'vitest';
import { gainOfWork, type WorkResult } from '../../domain/goods/work.ts';
import { asNew } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aReceivedReturn, type Wish } from './world.ts';

const broken = { ...asNew, packaging: 'opened', function: 'defective' } as const;
const mended = { ...asNew, packaging: 'opened' } as const;

/** Three kettles at 100.00 each that came back broken, and are worth mending. */
const aBrokenReturn = (wish: Wish = {}): Journey =>
  aReceivedReturn({
    ...wish,
    lines: [
      {
        reason: 'changed_mind',
        sold: { price: 30_000, discount: 0, tax: 0, unitCost: 4000, ...wish.lines?.[0]?.sold },
      },
    ],
  }).inspect('P1-1', { facts: broken });

const takeUp = (journey: Journey, disposition: 'refurbish' | 'rework' | 'harvest_parts' = 'refurbish', item = 'P1-1') =>
  journey.send({
    type: 'take_up',
    item,
    execution: 'RF-1',
    disposition,
    quantity: journey.now.items[item]?.quantity ?? 0,
  });

const result = (changes: Partial<WorkResult> = {}): WorkResult => ({
  quantity: 3,
  serials: [],
  outcome: 'mended',
  facts: mended,
  added: 0,
  ...changes,
});

const comesBack = (journey: Journey, results: readonly WorkResult[], item = 'P1-1') =>
  journey.send({ type: 'record_work', item, execution: 'RF-1', results });

const ways = (journey: Journey) =>
  Object.fromEntries(Object.values(journey.now.items).map(({ item, choice }) => [item, choice?.disposition]));

describe('goods that are worth mending', () => {
  test('wait for it with what it may cost, go to the bench and are out of stock there', () => {
    const journey = aBrokenReturn();
    const item = journey.now.items['P1-1'];
    expect(item?.choice?.disposition).toBe('refurbish');
    // 35 % of 100.00 after 14 days less the best other way, which is to return them to their vendor.
    expect(item?.choice === null || item === undefined ? null : gainOfWork(item.choice)).toBeGreaterThan(0);
    takeUp(journey);
    expect([journey.balance('inspected'), journey.balance('in_work')]).toEqual([0, 3]);
    journey.send({ type: 'set_free', item: 'P1-1', execution: 'RF-1' });
    expect([journey.balance('inspected'), journey.balance('in_work')]).toEqual([3, 0]);
  });

  test('come back in parts, each graded anew, and choose their way again', () => {
    const journey = takeUp(aBrokenReturn());
    comesBack(journey, [
      result({ quantity: 1, added: 900 }),
      result({ quantity: 1, outcome: 'beyond_repair', facts: null }),
      result({ quantity: 1, outcome: 'given_up', facts: null }),
    ]);
    expect(journey.happened).toEqual(['item_worked_on', 'item_disposed', 'item_disposed', 'item_disposed']);
    expect(Object.values(journey.now.items).map(({ grade }) => grade)).toEqual(['B', 'D', 'D']);
    expect(ways(journey)).toMatchObject({ 'P1-1.1': 'restock', 'P1-1.2': 'recycle' });
    expect(ways(journey)['P1-1.3']).not.toBe('refurbish');
    expect(journey.now.items['P1-1.2']?.choice?.vetoes).toEqual(['beyond_repair']);
    expect([journey.balance('in_work'), journey.balance('inspected')]).toEqual([0, 3]);
  });

  test('are sold as refurbished, beside new stock, and carried higher for the work', () => {
    const journey = comesBack(takeUp(aBrokenReturn()), [result({ added: 2700 })]);
    journey.confirm('P1-1');
    expect([journey.balance('refurbished'), journey.balance('sellable')]).toEqual([3, 0]);
    // The books of the work hold the 27.00 against it.
    expect(journey.balance('inventory_at_cost')).toBe(12_000);
  });

  test('take what was added to them out of the books where they leave', () => {
    const journey = comesBack(takeUp(aBrokenReturn()), [result({ added: 2700 })]);
    journey.send({ type: 'dispose', item: 'P1-1', disposition: 'liquidate', note: 'N1' }).confirm('P1-1');
    expect([journey.balance('inventory_at_cost'), journey.balance('write_off')]).toEqual([-2700, 14_700]);
  });

  test('were settled by what they were when they came, and are not settled anew', () => {
    const fees = { diminishedValueBasisPoints: { A: 0, B: 1000, C: 4000, D: 8000 } };
    const policy = {
      ...fees,
      refund: {
        timing: 'inspection',
        instruments: ['original'],
        pendingCheck: 'PT24H',
        adjustAfterSettlement: 'claim',
      },
    } as const;
    const journey = aBrokenReturn({ policy });
    const settled = journey.all('settlement_due').map(({ total }) => total.amount);
    comesBack(takeUp(journey), [result()]);
    expect(journey.all('settlement_due').map(({ total }) => total.amount)).toEqual(settled);
    expect(journey.all('clawback_due')).toEqual([]);
  });

  test('of an offer stay carried at the credit of the grade that came', () => {
    const creditByGrade = { A: 9000, B: 6000, C: 3000, D: 1000 };
    const journey = aReceivedReturn({
      order: { kind: 'offer', validUntil: '2026-06-01T00:00:00.000Z' },
      payments: [],
      lines: [{ sold: { deliveredAt: null, price: 27_000, discount: 0, tax: 0, unitCost: 0, creditByGrade } }],
      request: { program: 'trade_in', instrument: 'store_credit' },
    }).inspect('P1-1', { facts: broken });
    expect(journey.balance('inventory_at_cost')).toBe(3000);
    comesBack(takeUp(journey), [result()]);
    expect(journey.balance('inventory_at_cost')).toBe(3000);
    expect(0 - journey.balance('store_credit_liability')).toBe(3000);
  });
});

describe('the limit of refurbishments', () => {
  const serials = ['S-1', 'S-2', 'S-3'];
  const contents = [{ sku: 'MUG-1', quantity: 3, serials }];
  const sold = { price: 30_000, discount: 0, tax: 0, unitCost: 4000, serials };

  test('counts what was done under earlier returns, and bars another', () => {
    const journey = aReceivedReturn({ lines: [{ sold: { ...sold, refurbished: { 'S-2': 2 } } }] }, contents);
    journey.inspect('P1-1', { facts: broken });
    expect(journey.now.items['P1-1']?.choice?.vetoes).toEqual(['refurbishment_limit']);
    journey.send({ type: 'dispose', item: 'P1-1', disposition: 'refurbish', note: 'N1' });
    expect(journey.refusal).toBe('disposition_vetoed');
  });

  test('counts what was done under this one, but not what was given up', () => {
    const journey = aReceivedReturn({ lines: [{ sold: { ...sold, refurbished: { 'S-2': 1 } } }] }, contents);
    journey.inspect('P1-1', { facts: broken });
    comesBack(takeUp(journey), [result({ quantity: 2 }), result({ quantity: 1, outcome: 'given_up', facts: null })]);
    expect(journey.now.items['P1-1.1']?.choice?.vetoes).toEqual(['refurbishment_limit']);
    expect(journey.now.items['P1-1.2']?.choice?.vetoes).toEqual([]);
  });

  test('does not exist under a policy that names none', () => {
    const { refurbishments: _, ...disposition } = aBrokenReturn().now.policy.disposition;
    const journey = aReceivedReturn(
      { policy: { disposition }, lines: [{ sold: { ...sold, refurbished: { 'S-2': 9 } } }] },
      contents,
    ).inspect('P1-1', { facts: broken });
    expect(journey.now.items['P1-1']?.choice?.disposition).toBe('refurbish');
  });
});

test('goods that were repacked are new stock again', () => {
  const journey = aBrokenReturn().send({ type: 'dispose', item: 'P1-1', disposition: 'rework', note: 'N1' });
  comesBack(takeUp(journey, 'rework'), [result({ facts: asNew })]).confirm('P1-1');
  expect([journey.balance('sellable'), journey.balance('refurbished')]).toEqual([3, 0]);
});

test('goods that were taken apart leave their parts, at no more than they cost', () => {
  const journey = aBrokenReturn().send({ type: 'dispose', item: 'P1-1', disposition: 'harvest_parts', note: 'N1' });
  takeUp(journey, 'harvest_parts');
  const confirm = { type: 'confirm_disposition', item: 'P1-1', evidence: 'RF-1', execution: 'RF-1' } as const;
  expect(journey.send({ ...confirm, salvaged: 12_001 }).refusal).toBe('salvage_exceeds_cost');
  journey.send({ ...confirm, salvaged: 7000 });
  expect([journey.balance('dismantled'), journey.balance('in_work')]).toEqual([3, 0]);
  expect([
    journey.balance('parts_inventory'),
    journey.balance('write_off'),
    journey.balance('inventory_at_cost'),
  ]).toEqual([7000, 5000, 0]);
});

test('an owner’s device that is repaired goes back to its owner', () => {
  const journey = aReceivedReturn({ lines: [{ sold: { finalSale: true }, reason: 'defective' }] });
  journey.inspect('P1-1', { facts: mended, reason: 'changed_mind' });
  journey.resolve('not_authorized', 'reject');
  journey.send({ type: 'dispose', item: 'P1-1', disposition: 'repair_and_return', note: 'N1' });
  journey.send({ type: 'take_up', item: 'P1-1', execution: 'RF-1', disposition: 'repair_and_return', quantity: 3 });
  comesBack(journey, [result()]);
  expect(ways(journey)).toEqual({ 'P1-1': 'return_to_customer' });
});

describe('what came of work', () => {
  test('is taken from who has the item alone, and for all of it', () => {
    const journey = aBrokenReturn();
    expect(comesBack(journey, [result()]).refusal).toBe('item_in_execution');
    takeUp(journey);
    journey.send({ type: 'record_work', item: 'P1-1', execution: 'RF-2', results: [result()] });
    expect(journey.refusal).toBe('item_in_execution');
    expect(comesBack(journey, [result({ quantity: 2 })]).refusal).toBe('quantity_exceeds_item');
    expect(comesBack(journey, [result({ quantity: 0 }), result()]).refusal).toBe('quantity_not_positive');
    expect(comesBack(journey, [result({ added: -1 })]).refusal).toBe('amount_not_positive');
  });

  test('can be graded again until the goods have moved', () => {
    const journey = comesBack(takeUp(aBrokenReturn()), [result({ added: 300 })]);
    journey.inspect('P1-1', { quantity: 1, facts: broken });
    expect(journey.happened).toEqual(['item_inspected', 'item_disposed']);
    expect(Object.values(journey.now.items).map(({ work }) => work?.added)).toEqual([100, 200]);
  });
});
