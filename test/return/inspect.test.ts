import { describe, expect, test } from 'vitest';
import { goodsStatus } from '../../domain/return/status.ts';
import { plusDays } from './calendar.ts';
import { aReceivedReturn } from './world.ts';

const damaged = { cosmetic: 'damaged' } as const;

describe('an inspection', () => {
  test('grades the whole item, accepts it, settles it and gives it its way', () => {
    const journey = aReceivedReturn().inspect('P1-1');
    expect(journey.happened).toEqual(['item_inspected', 'item_accepted', 'item_disposed', 'settlement_due']);
    expect(journey.now.items['P1-1']).toMatchObject({
      grade: 'A',
      stage: 'disposing',
      settled: true,
      choice: { disposition: 'restock' },
    });
    expect(goodsStatus(journey.now)).toBe('inspected');
    expect(journey.balance('quarantine')).toBe(0);
    expect(journey.balance('inspected')).toBe(3);
  });

  test('splits an item by what was found', () => {
    const journey = aReceivedReturn().inspect('P1-1', { quantity: 2 }, { quantity: 1, facts: damaged });
    expect(journey.now.items).toMatchObject({
      'P1-1.1': { quantity: 2, units: [[0, 2]], grade: 'A' },
      'P1-1.2': { quantity: 1, units: [[2, 3]], grade: 'C' },
    });
    expect(Object.keys(journey.now.items)).toHaveLength(2);
  });

  test('of some units leaves the others waiting', () => {
    const journey = aReceivedReturn().inspect('P1-1', { quantity: 1 });
    expect(journey.now.items).toMatchObject({
      'P1-1': { quantity: 2, stage: 'received' },
      'P1-1.1': { quantity: 1, stage: 'disposing' },
    });
    expect(goodsStatus(journey.now)).toBe('received');
    journey.inspect('P1-1', { quantity: 1 }).inspect('P1-1');
    expect(Object.keys(journey.now.items).sort()).toEqual(['P1-1', 'P1-1.1', 'P1-1.2']);
    expect(Object.values(journey.now.settlements).reduce((sum, { total }) => sum + total, 0)).toBe(3213);
  });

  test('keeps each serial with its unit', () => {
    const lines = [{ sold: { serials: ['S-1', 'S-2', 'S-3'] } }];
    const journey = aReceivedReturn({ lines }, [{ sku: 'MUG-1', quantity: 3, serials: ['S-1', 'S-2', 'S-3'] }]);
    journey.inspect('P1-1', { quantity: 1 }, { quantity: 1, serials: ['S-1'], facts: damaged });
    expect(journey.now.items).toMatchObject({
      'P1-1': { serials: ['S-3'] },
      'P1-1.1': { serials: ['S-2'] },
      'P1-1.2': { serials: ['S-1'] },
    });
  });

  test('can be done again until the goods have moved, without settling twice', () => {
    const journey = aReceivedReturn().inspect('P1-1').inspect('P1-1', { facts: damaged });
    expect(journey.happened).toEqual(['item_inspected', 'item_disposed', 'attention_raised']);
    expect(journey.all('settlement_due')).toHaveLength(1);
    expect(journey.now.items['P1-1']?.grade).toBe('C');
    expect([journey.balance('quarantine'), journey.balance('inspected')]).toEqual([0, 3]);
    expect(journey.confirm('P1-1').inspect('P1-1').refusal).toBe('item_already_moved');
  });

  test('that splits what was graded before keeps its ids apart', () => {
    const journey = aReceivedReturn()
      .inspect('P1-1', { quantity: 2 })
      .inspect('P1-1.1', { quantity: 1 }, { quantity: 1, facts: damaged });
    journey.inspect('P1-1');
    expect(Object.keys(journey.now.items).sort()).toEqual(['P1-1', 'P1-1.1.1', 'P1-1.1.2']);
    expect(journey.balance('inspected')).toBe(3);
  });

  test('needs whole quantities that are there', () => {
    const journey = aReceivedReturn();
    expect(journey.inspect('P1-1', { quantity: 4 }).refusal).toBe('quantity_exceeds_item');
    expect(journey.inspect('P1-1', { quantity: 0 }).refusal).toBe('quantity_not_positive');
    expect(journey.inspect('P1-1', { quantity: 0.5 }).refusal).toBe('quantity_not_positive');
    expect(journey.send({ type: 'inspect', item: 'P1-1', findings: [] }).refusal).toBe('quantity_not_positive');
    expect(journey.inspect('P1-9').refusal).toBe('unknown_item');
    expect(journey.inspect('valueOf').refusal).toBe('unknown_item');
  });

  test('that is late is told to a person, once, and forgotten when it is done', () => {
    const journey = aReceivedReturn().fires('inspection:P1-1');
    expect(journey.queue).toEqual(['inspection_late P1-1']);
    expect(journey.due).toEqual([]);
    expect(journey.inspect('P1-1').queue).toEqual([]);
  });

  test('that is still late after a person has heard of it is told again, and so is a quarantine that nobody ends', () => {
    const journey = aReceivedReturn();
    journey.fires('inspection:P1-1').resolve('inspection_late', 'acknowledge').fires('inspection:P1-1');
    expect(journey.queue).toEqual(['inspection_late P1-1']);
    journey
      .inspect('P1-1', { facts: { contamination: 'suspected' } })
      .fires('disposition:P1-1')
      .resolve('disposition_late', 'acknowledge');
    expect(journey.due).toEqual([{ deadline: 'disposition:P1-1', at: plusDays(7, journey.at) }]);
  });
});

describe('a disposition', () => {
  test('is confirmed where the goods have arrived', () => {
    const journey = aReceivedReturn().inspect('P1-1').confirm('P1-1');
    expect(journey.happened).toEqual(['disposition_confirmed']);
    expect(journey.events[0]).toMatchObject({ disposition: 'restock', evidence: 'BIN-7' });
    expect(goodsStatus(journey.now)).toBe('disposed');
    expect([journey.balance('sellable'), journey.balance('inspected')]).toEqual([3, 0]);
    expect(journey.confirm('P1-1').refusal).toBe('item_already_moved');
  });

  test('comes after the inspection', () => {
    const journey = aReceivedReturn();
    expect(journey.confirm('P1-1').refusal).toBe('item_not_disposed');
    expect(journey.confirm('P7-1').refusal).toBe('unknown_item');
    const choose = { type: 'dispose', item: 'P1-1', disposition: 'donate', note: 'N-1' } as const;
    expect(journey.send(choose).refusal).toBe('item_not_inspected');
    expect(journey.send({ ...choose, item: 'P7-1' }).refusal).toBe('unknown_item');
  });

  test('can be a person’s choice', () => {
    const journey = aReceivedReturn().inspect('P1-1').later(1);
    journey.send({ type: 'dispose', item: 'P1-1', disposition: 'donate', note: 'N-1' });
    expect(journey.events).toMatchObject([
      { type: 'item_disposed', by: 'key_1', note: 'N-1', choice: { disposition: 'donate' } },
    ]);
    expect(journey.due).toEqual([{ deadline: 'disposition:P1-1', at: plusDays(8) }]);
    journey.confirm('P1-1');
    expect([journey.balance('disposed_of'), journey.balance('inventory_at_cost')]).toEqual([3, 0]);
    expect(journey.balance('write_off')).toBe(1200);
    const again = { type: 'dispose', item: 'P1-1', disposition: 'recycle', note: 'N-1' } as const;
    expect(journey.send(again).refusal).toBe('item_already_moved');
  });

  test('holds against every person where a veto bars it', () => {
    const lines = [{ sold: { hygiene: true }, reason: 'defective' as const }];
    const journey = aReceivedReturn({ lines }).inspect('P1-1', { facts: { packaging: 'opened' } });
    const choose = (disposition: 'donate' | 'restock' | 'destroy') =>
      journey.send({ type: 'dispose', item: 'P1-1', disposition, note: 'N-1' });
    expect(choose('donate').refusal).toBe('disposition_vetoed');
    expect(choose('restock').refusal).toBe('disposition_vetoed');
    expect(choose('destroy').refusal).toBeNull();
  });

  test('does not send goods back to whoever was paid for them', () => {
    const journey = aReceivedReturn().inspect('P1-1');
    for (const disposition of ['return_to_customer', 'repair_and_return'] as const) {
      journey.send({ type: 'dispose', item: 'P1-1', disposition, note: 'N-1' });
      expect(journey.refusal).toBe('disposition_vetoed');
    }
  });

  test('that gives goods back, mended or not, takes them out of our stock and our books', () => {
    for (const disposition of ['return_to_customer', 'repair_and_return'] as const) {
      const journey = aReceivedReturn({ lines: [{ sold: { serials: ['S-1'] } }] }, [
        { sku: 'MUG-1', quantity: 3, serials: ['S-9'] },
      ]);
      journey.inspect('P1-1').resolve('serial_mismatch', 'reject');
      journey.send({ type: 'dispose', item: 'P1-1', disposition, note: 'N-1' }).confirm('P1-1');
      expect([journey.balance('customer'), journey.balance('disposed_of'), journey.balance('write_off')]).toEqual([
        0, 0, 0,
      ]);
    }
  });

  test('is weighed by what was paid, its discount taken off', () => {
    const journey = aReceivedReturn({ lines: [{ sold: { price: 3_000, discount: 600, quantity: 3 } }] });
    expect(journey.inspect('P1-1').now.items['P1-1']?.choice?.alternatives[0]).toMatchObject({
      disposition: 'restock',
      price: 2_400,
    });
  });

  test('in quarantine waits for another one', () => {
    const lines = [{ sold: { lotControlled: true, lots: ['A'] } }];
    const journey = aReceivedReturn({ lines }).inspect('P1-1');
    expect(journey.now.items['P1-1']?.choice).toMatchObject({ disposition: 'quarantine', vetoes: ['lot_unknown'] });
    expect(journey.confirm('P1-1').refusal).toBe('item_not_disposed');
    expect(
      journey.send({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N' }).confirm('P1-1').refusal,
    ).toBeNull();
  });

  test('that is late is told to a person, and forgotten when it is done', () => {
    const journey = aReceivedReturn().inspect('P1-1').fires('disposition:P1-1');
    expect(journey.queue).toEqual(['disposition_late P1-1']);
    expect(journey.due).toEqual([]);
    expect(journey.confirm('P1-1').queue).toEqual([]);
  });
});
