import { describe, expect, test } from 'vitest';
import { asNew } from '../sale.ts';
import { aWorkItem, Bench } from './world.ts';

describe('five units at the bench', () => {
  test('three are mended, one is scrap, one is given up: each part of the item hears its share of the work', () => {
    const its = new Bench().begun();
    its.send({ type: 'use_part', sku: 'LID', quantity: 3, unitCost: 500 });
    its.send({ type: 'book_labour', minutes: 50 });
    expect(its.balance('work_in_progress')).toBe(4500);
    its.passes(3).abandons(1, 'beyond_repair').abandons(1, 'given_up');
    expect(its.results()).toMatchObject([
      { quantity: 3, outcome: 'mended', added: 2700 },
      { quantity: 1, outcome: 'beyond_repair', facts: null, added: 0 },
      { quantity: 1, outcome: 'given_up', facts: null, added: 0 },
    ]);
    its.returnsAnswer();
    expect(its.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(its.balance('work_in_progress')).toBe(0);
    expect(its.balance('inventory_at_cost')).toBe(2700);
    expect(its.balance('repair_costs')).toBe(1800);
    expect(its.stocked('installed', 'LID')).toBe(3);
  });

  test('a unit that fails its test stays in work, and may be tried again', () => {
    const its = new Bench().begun();
    its.send({ type: 'test', units: its.units(1), passed: false, facts: { ...asNew, function: 'defective' } });
    expect(its.happened).toEqual(['test_failed']);
    expect(its.now.phase).toBe('in_work');
    its.passes(5).returnsAnswer();
    expect(its.now.outcome).toBe('completed');
  });

  test('a test that was passed does not say that the unit is defective', () => {
    const its = new Bench().begun();
    its.send({ type: 'test', units: its.units(1), passed: true, facts: { ...asNew, function: 'defective' } });
    expect(its.refusal).toBe('test_contradicts');
  });

  test('which ones they are is said where they have serials, and none is done twice', () => {
    const its = new Bench().begun({ items: [aWorkItem({ quantity: 2, serials: ['S-1', 'S-2'] })] });
    expect(its.passes(1).refusal).toBe('serials_needed');
    expect(its.passes(1, ['S-9']).refusal).toBe('serial_unknown');
    expect(its.passes(1, ['S-2']).happened).toEqual(['units_finished']);
    expect(its.passes(1, ['S-2']).refusal).toBe('serial_unknown');
    expect(its.passes(2).refusal).toBe('units_finished');
    its.passes(1, ['S-1']).returnsAnswer();
    expect(its.now.phase).toBe('closed');
  });
});

describe('work that costs more than it brings', () => {
  test('stops for a person with the figures, and is given up where nobody answers', () => {
    const its = new Bench().begun();
    its.send({ type: 'book_labour', minutes: 60 });
    its.send({ type: 'estimate', minutes: 30, parts: 1000 });
    expect(its.happened).toEqual(['estimated', 'over_budget', 'attention_raised']);
    expect(its.all('over_budget')).toMatchObject([{ worth: { budget: 6000, spent: 3600, expected: 2800 } }]);
    its.send({ type: 'use_part', sku: 'LID', quantity: 1, unitCost: 1 });
    expect(its.refusal).toBe('over_budget');
    its.waitOut();
    expect(its.results()).toMatchObject([{ quantity: 5, outcome: 'given_up' }]);
    expect(its.all('units_finished')).toMatchObject([{ worth: { budget: 6000, spent: 3600, expected: 2800 } }]);
    its.returnsAnswer();
    expect(its.now).toMatchObject({ phase: 'closed', attention: {} });
    expect(its.balance('repair_costs')).toBe(3600);
  });

  test('goes on where a person raises the budget, and goods are carried no higher than it brings', () => {
    const its = new Bench().begun();
    its.send({ type: 'book_labour', minutes: 120 });
    expect(Object.values(its.now.attention).map(({ reason }) => reason)).toEqual(['work_not_worth_it']);
    its.send({ type: 'raise_budget', by: 2000, note: 'N' });
    expect(its.happened).toEqual(['budget_raised', 'attention_resolved']);
    its.passes(5).returnsAnswer();
    expect(its.all('work_ended')).toEqual([{ type: 'work_ended', capitalised: 6000, expensed: 1200 }]);
  });

  test('what was expected is less by what was spent', () => {
    const its = new Bench().begun().send({ type: 'estimate', minutes: 60, parts: 2400 });
    its.send({ type: 'use_part', sku: 'LID', quantity: 1, unitCost: 2400 }).send({ type: 'book_labour', minutes: 60 });
    expect(its.now).toMatchObject({ expected: 0, attention: {} });
  });
});

describe('waiting', () => {
  test('for a part has a time of its own, after which a person hears of it, and again', () => {
    const its = new Bench().begun();
    its.send({ type: 'await_parts', sku: 'LID', until: '2026-03-09T09:00:00.000Z' });
    its.waitOut();
    expect(its.happened).toEqual(['overdue', 'attention_raised']);
    its.resolve('parts_late', 'acknowledge').waitOut();
    expect(its.happened).toEqual(['overdue', 'attention_raised']);
    its.send({ type: 'parts_arrive' });
    expect(its.happened).toEqual(['parts_arrived', 'attention_resolved']);
  });

  test('a hold stops all work at the bench, also where goods come under a recall', () => {
    const its = new Bench().begun().send({ type: 'hold', code: 'recall' });
    expect(its.passes(1).refusal).toBe('on_hold');
    its.send({ type: 'use_part', sku: 'LID', quantity: 1, unitCost: 1 });
    expect(its.refusal).toBe('on_hold');
    its.waitOut();
    expect(Object.values(its.now.attention).map(({ reason }) => reason)).toEqual(['hold_long']);
    its.send({ type: 'lift_hold' }).passes(5).returnsAnswer();
    expect(its.now).toMatchObject({ phase: 'closed', attention: {} });
  });

  test('work that takes too long reaches a person, who gives it up', () => {
    const its = new Bench().begun().waitOut().resolve('work_late', 'give_up').returnsAnswer();
    expect(its.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(its.results()).toMatchObject([{ outcome: 'given_up', quantity: 5 }]);
  });
});

describe('a cancellation', () => {
  test('puts parts back into stock, and frees the items', () => {
    const its = new Bench().begun().send({ type: 'use_part', sku: 'LID', quantity: 2, unitCost: 500 });
    its.send({ type: 'book_labour', minutes: 10 }).send({ type: 'cancel', partsBack: true, note: null });
    its.returnsAnswer();
    expect(its.now).toMatchObject({ phase: 'closed', outcome: 'cancelled' });
    expect(its.stocked('parts', 'LID')).toBe(0);
    expect([its.balance('parts_inventory'), its.balance('repair_costs'), its.balance('work_in_progress')]).toEqual([
      0, 600, 0,
    ]);
  });

  test('loses parts that are not taken out again', () => {
    const its = new Bench().begun().send({ type: 'use_part', sku: 'LID', quantity: 2, unitCost: 500 });
    its.send({ type: 'cancel', partsBack: false, note: null }).returnsAnswer();
    expect([its.stocked('installed', 'LID'), its.balance('repair_costs')]).toEqual([2, 1000]);
  });

  test('comes too late once units are done', () => {
    const its = new Bench().begun().passes(1).send({ type: 'cancel', partsBack: true, note: null });
    expect(its.refusal).toBe('units_finished');
  });
});

describe('goods that are taken apart', () => {
  const phone = aWorkItem({ quantity: 1, cost: 10_000, budget: 10_000 });

  test('leave parts, each at its share of the cost, and never more than it brings', () => {
    const its = new Bench().begun({ disposition: 'harvest_parts', items: [phone] });
    its.send({
      type: 'take_apart',
      ...{ rma: phone.rma, item: phone.item },
      parts: [
        { sku: 'SCREEN', quantity: 1, unitValue: 9000 },
        { sku: 'BATTERY', quantity: 2, unitValue: 3000 },
      ],
    });
    expect(its.all('taken_apart')).toMatchObject([
      {
        parts: [
          { sku: 'SCREEN', quantity: 1, cost: 6000 },
          { sku: 'BATTERY', quantity: 2, cost: 4000 },
        ],
      },
    ]);
    expect([its.stocked('parts', 'SCREEN'), its.stocked('parts', 'BATTERY')]).toEqual([1, 2]);
    expect(its.all('item_ending')).toMatchObject([{ salvaged: 10_000 }]);
    its.returnsAnswer();
    expect(its.now.outcome).toBe('completed');
  });

  test('whose parts bring less are carried at that', () => {
    const its = new Bench().begun({ disposition: 'harvest_parts', items: [phone] });
    const parts = [{ sku: 'SCREEN', quantity: 1, unitValue: 700 }];
    its.send({ type: 'take_apart', rma: phone.rma, item: phone.item, parts });
    expect(its.all('item_ending')).toMatchObject([{ salvaged: 700 }]);
  });

  test('are not tested, and what is to be mended is not taken apart', () => {
    const apart = new Bench().begun({ disposition: 'harvest_parts', items: [phone] });
    expect(apart.passes(1).refusal).toBe('taken_apart_only');
    const mended = new Bench().begun({ items: [phone] });
    mended.send({ type: 'take_apart', rma: phone.rma, item: phone.item, parts: [] });
    expect(mended.refusal).toBe('not_taken_apart');
  });
});

test('an owner’s device is nobody’s inventory: its repair is an expense', () => {
  const its = new Bench().begun({ disposition: 'repair_and_return' }).send({ type: 'book_labour', minutes: 30 });
  its.passes(5).returnsAnswer();
  expect(its.all('work_ended')).toEqual([{ type: 'work_ended', capitalised: 0, expensed: 1800 }]);
});

test('a refurbisher outside charges once an invoice', () => {
  const its = new Bench().begun({ place: 'refurbisher', party: 'FIXIT' });
  its.send({ type: 'book_charge', reference: 'INV-1', amount: 900 });
  its.send({ type: 'book_charge', reference: 'INV-1', amount: 900 });
  expect([its.refusal, its.balance('refurbisher_payable')]).toEqual(['charge_already_booked', -900]);
  const own = new Bench().begun().send({ type: 'book_charge', reference: 'INV-1', amount: 900 });
  expect(own.refusal).toBe('own_bench');
});

test('one that gets no item comes to nothing', () => {
  const its = new Bench().request().returnsAnswer(() => ({ type: 'refused', code: 'item_has_changed' }));
  expect(its.now).toMatchObject({ phase: 'closed', outcome: 'cancelled' });
});

test('a return that does not take what it is told reaches a person, who has it told again', () => {
  const its = new Bench()
    .begun()
    .passes(5)
    .returnsAnswer(() => ({ type: 'refused', code: 'return_closed' }));
  expect(its.now.phase).toBe('ending');
  its.resolve('item_stranded', 'retry').returnsAnswer();
  expect(its.now.phase).toBe('closed');
});

test('let go, an item that its return would not hear of is free there, and what work had added to it is an expense', () => {
  const its = new Bench().begun();
  its.send({ type: 'book_labour', minutes: 50 }).passes(5);
  expect(its.balance('inventory_at_cost')).toBe(3000);
  its.returnsAnswer(() => ({ type: 'refused', code: 'item_not_disposed' })).resolve('item_stranded', 'let_go');
  expect(its.told).toEqual([{ kind: 'set_free', instead: null }]);
  its.returnsAnswer();
  expect(its.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  expect([its.balance('inventory_at_cost'), its.balance('repair_costs')]).toEqual([0, 3000]);
});

test('what was taken apart is not let go: its parts are stock', () => {
  const { rma, item } = aWorkItem();
  const its = new Bench().begun({ disposition: 'harvest_parts' });
  its.send({ type: 'take_apart', rma, item, parts: [{ sku: 'SCREEN', quantity: 1, unitValue: 900 }] });
  its.returnsAnswer(() => ({ type: 'refused', code: 'salvage_exceeds_cost' })).resolve('item_stranded', 'let_go');
  expect(its.refusal).toBe('units_finished');
  expect(its.asked).toEqual(['item_stranded']);
});
