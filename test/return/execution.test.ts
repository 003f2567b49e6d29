import { describe, expect, test } from 'vitest';
import { deadlines } from '../../domain/return/deadlines.ts';
import type { Journey } from './journey.ts';
import { aReceivedReturn } from './world.ts';

/** Three mugs at 8.00 a piece that wait to go back to their vendor. */
const waiting = (): Journey =>
  aReceivedReturn({ lines: [{ sold: { unitCost: 800 } }] })
    .inspect('P1-1', { quantity: 3, facts: { cosmetic: 'damaged' } })
    .send({ type: 'dispose', item: 'P1-1', disposition: 'return_to_vendor', note: 'N1' });

const takeUp = (journey: Journey, execution = 'VR-1') =>
  journey.send({ type: 'take_up', item: 'P1-1', execution, disposition: 'return_to_vendor', quantity: 3 });

describe('an execution', () => {
  test('takes an item up once, and nobody else does anything with it', () => {
    const journey = takeUp(waiting());
    expect(journey.happened).toEqual(['item_taken_up']);
    expect(takeUp(journey).happened).toEqual([]);
    expect(takeUp(journey, 'VR-2').refusal).toBe('item_in_execution');
    expect(journey.confirm('P1-1').refusal).toBe('item_in_execution');
    expect(journey.inspect('P1-1').refusal).toBe('item_in_execution');
    journey.send({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N1' });
    expect(journey.refusal).toBe('item_in_execution');
    expect(deadlines(journey.state)).toEqual([]);
  });

  test('gets no item that no longer waits as it was chosen', () => {
    const journey = waiting();
    const command = {
      type: 'take_up',
      item: 'P1-1',
      execution: 'VR-1',
      disposition: 'liquidate',
      quantity: 3,
    } as const;
    expect(journey.send(command).refusal).toBe('item_has_changed');
    expect(journey.send({ ...command, disposition: 'return_to_vendor', quantity: 2 }).refusal).toBe('item_has_changed');
  });

  test('lets go of what it holds alone, and the item waits anew', () => {
    const journey = takeUp(waiting());
    expect(journey.send({ type: 'set_free', item: 'P1-1', execution: 'VR-2' }).happened).toEqual([]);
    expect(journey.send({ type: 'set_free', item: 'P1-1', execution: 'VR-1' }).happened).toEqual(['item_set_free']);
    expect(deadlines(journey.state).map(({ deadline }) => deadline)).toEqual(['disposition:P1-1']);
    expect(takeUp(journey, 'VR-2').happened).toEqual(['item_taken_up']);
  });

  test('sends what it lets go of another way, unless a veto bars that', () => {
    const journey = takeUp(waiting());
    journey.send({ type: 'set_free', item: 'P1-1', execution: 'VR-1', instead: 'quarantine' });
    expect(journey.happened).toEqual(['item_set_free', 'item_disposed']);
    expect(takeUp(journey, 'VR-2').refusal).toBe('item_has_changed');
    const barred = takeUp(waiting()).send({ type: 'set_free', item: 'P1-1', execution: 'VR-1', instead: 'restock' });
    expect(barred.happened).toEqual(['item_set_free']);
    expect(takeUp(barred, 'VR-2').happened).toEqual(['item_taken_up']);
  });

  test('confirms what it holds', () => {
    const journey = takeUp(waiting());
    journey.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'VR-1', execution: 'VR-1' });
    expect(journey.happened).toEqual(['disposition_confirmed']);
    expect(journey.balance('disposed_of')).toBe(3);
  });
});

describe('a recovery', () => {
  const recover = (journey: Journey, amount: number) =>
    journey.send({ type: 'record_recovery', item: 'P1-1', from: 'vendor', reference: 'VR-1', amount });

  test('never comes to more than the item cost, however often something comes', () => {
    const journey = waiting();
    expect(recover(journey, 2401).refusal).toBe('recovery_exceeds_cost');
    expect(recover(journey, 2000).happened).toEqual(['recovery_recorded']);
    expect(recover(journey, 401).refusal).toBe('recovery_exceeds_cost');
    expect(recover(journey, 400).happened).toEqual(['recovery_recorded']);
    expect(recover(journey, 0).refusal).toBe('amount_not_positive');
  });

  test('is shared by the parts of an item that is split afterwards', () => {
    const journey = recover(waiting(), 2000).inspect('P1-1', { quantity: 1 }, { quantity: 2 });
    expect(Object.values(journey.now.items).map(({ recovered }) => recovered)).toEqual([667, 1333]);
  });
});
