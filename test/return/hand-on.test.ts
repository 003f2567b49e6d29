import { describe, expect, test } from 'vitest';
import type { Journey } from './journey.ts';
import { aReceivedReturn, type Wish } from './world.ts';

const handOn = (journey: Journey, item: string, to: string | null = null): Journey =>
  journey.send({ type: 'hand_on', item, receipt: 'U-1', to, partial: false, note: 'N-1' });

const plate = { sku: 'PLATE', quantity: 1, lot: 'A', serials: ['S-7'], damagedInTransit: true };
const mugs = (...serials: string[]) => [{ sku: 'MUG-1', quantity: 3, serials }];
const numbered: Wish = { lines: [{ sold: { serials: ['S-1', 'S-2', 'S-3'] } }] };

describe('goods that are not the return’s', () => {
  test('leave it for a receipt, as they were counted, and nobody is asked about them any more', () => {
    const journey = aReceivedReturn({}, [{ sku: 'MUG-1', quantity: 3 }, plate]);
    expect(journey.queue).toEqual(['wrong_item P1-2']);
    expect(handOn(journey, 'P1-2').happened).toEqual(['item_handed_on', 'attention_resolved']);
    const { damagedInTransit: _, ...content } = plate;
    expect(journey.all('item_handed_on')).toMatchObject([{ item: 'P1-2', line: null, receipt: 'U-1', content }]);
    expect(journey.now.items['P1-2']).toBeUndefined();
    expect(journey.balance('quarantine')).toBe(3);
    journey.inspect('P1-1').confirm('P1-1').refunded('S1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('leave it also when they were inspected', () => {
    const journey = aReceivedReturn({}, [{ sku: 'MUG-1', quantity: 3 }, plate]).inspect('P1-2');
    expect(handOn(journey.resolve('wrong_item', 'acknowledge'), 'P1-2').refusal).toBeNull();
    expect([journey.balance('quarantine'), journey.balance('inspected')]).toEqual([3, 0]);
  });

  test('are more than was asked back, which another return lacks', () => {
    const journey = aReceivedReturn({}, [{ sku: 'MUG-1', quantity: 4 }]);
    expect(handOn(journey, 'P1-2', 'B-2').queue).toEqual([]);
  });

  test('bear a serial that was not sold: their line waits for its own again', () => {
    const journey = aReceivedReturn(numbered, mugs('X-1', 'X-2', 'X-3'));
    expect(journey.queue).toEqual(['serial_mismatch P1-1']);
    handOn(journey, 'P1-1', 'B-2');
    expect(journey.now.lines['L1']).toMatchObject({ received: 0, outstanding: 3, units: [[0, 3]] });
    expect(journey.queue).toEqual(['short L1']);
    expect([journey.balance('quarantine'), journey.balance('inventory_at_cost')]).toEqual([0, 0]);
    journey.receive(mugs('S-1', 'S-2', 'S-3'), null);
    expect(journey.queue).toEqual([]);
    journey.inspect('U2-1').confirm('U2-1').refunded('S1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', settlements: { S1: { total: 3213 } } });
  });

  test('that came when their units had been given up leave the line as it was', () => {
    const late = aReceivedReturn(numbered, []).resolve('empty_box', 'await').fires('expiry');
    const journey = late.receive(mugs('X-1', 'X-2', 'X-3'), null);
    expect(journey.now.items['U2-1']).toMatchObject({ line: 'L1', reserving: true });
    expect(handOn(journey, 'U2-1').now.lines['L1']).toMatchObject({ cancelled: 3, outstanding: 0, received: 0 });
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'expired' });
  });

  test('are none of it once somebody has accepted them', () => {
    const journey = aReceivedReturn(numbered, mugs('X-1', 'X-2', 'X-3')).resolve('serial_mismatch', 'accept');
    expect(handOn(journey, 'P1-1').refusal).toBe('item_of_return');
    expect(handOn(aReceivedReturn(), 'P1-1').refusal).toBe('item_of_return');
    expect(handOn(aReceivedReturn(), 'P9').refusal).toBe('unknown_item');
  });

  test('stay where a veto holds them', () => {
    const journey = aReceivedReturn({}, [{ sku: 'MUG-1', quantity: 3 }, plate]);
    journey.inspect('P1-2', { facts: { contamination: 'confirmed' } });
    expect(handOn(journey, 'P1-2').refusal).toBe('disposition_vetoed');
    const stopped = aReceivedReturn({}, [{ sku: 'MUG-1', quantity: 3 }, plate]);
    stopped.send({ type: 'stop_goods', recall: 'R-1', goods: [{ sku: 'PLATE', lot: 'A' }] });
    expect(handOn(stopped, 'P1-2').refusal).toBe('disposition_vetoed');
  });
});

test('goods of two returns whose labels were swapped reach the right one, and nothing stays short', () => {
  const [one, other] = [aReceivedReturn(numbered, mugs('T-1', 'T-2', 'T-3')), theOther(mugs('S-1', 'S-2', 'S-3'))];
  handOn(one, 'P1-1', 'B-2');
  handOn(other, 'P1-1', 'B-1');
  one.receive(mugs('S-1', 'S-2', 'S-3'), null);
  other.receive(mugs('T-1', 'T-2', 'T-3'), null);
  for (const journey of [one, other]) {
    expect(journey.queue).toEqual([]);
    journey.inspect('U2-1').confirm('U2-1').refunded('S1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  }
});

const theOther = (contents: ReturnType<typeof mugs>): Journey =>
  aReceivedReturn({ lines: [{ sold: { serials: ['T-1', 'T-2', 'T-3'] } }] }, contents);
