import { describe, expect, test } from 'vitest';
import { plusDays } from './calendar.ts';
import { aCustomerReturn, aReceivedReturn } from './world.ts';

const undelivered = { sold: { deliveredAt: null } };
/** One line that may come back and one that may not. */
const halfBarred = { lines: [{}, undelivered] };
const approve = (line: string, isApproved = true) => ({ line, approve: isApproved, note: 'N-1' });

describe('an override', () => {
  const override = (line = 'L1') => ({ type: 'override', decisions: [approve(line)] }) as const;
  const declined = () => aCustomerReturn({ lines: [undelivered] });

  test('brings a declined return back once its units are held again, with its own time', () => {
    const journey = declined().later(30).send(override());
    expect(journey.happened).toEqual(['reopened', 'line_reviewed']);
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:L1#0', line: 'L1', total: 3, known: [] }]);
    journey.reserved('L1', 'L1', [[0, 3]]);
    expect(journey.happened).toEqual(['units_reserved', 'quoted', 'authorized', 'parcel_expected']);
    expect(journey.now.lines['L1']).toMatchObject({ outstanding: 3, cancelled: 0, units: [[0, 3]] });
    expect(journey.now.quote.amount).toBe(3213);
    expect(journey.now.schedule.expiry).toBe(plusDays(51));
  });

  test('takes only what other returns have left, if a person agrees', () => {
    const journey = declined()
      .send(override())
      .reserved('L1', 'L1', [[1, 3]]);
    expect(journey.now.lines['L1']).toMatchObject({ outstanding: 2, cancelled: 1 });
    expect(journey.queue).toEqual(['units_not_held L1']);
    expect(journey.resolve('units_not_held', 'reject').now).toMatchObject({ phase: 'open', attention: {} });
  });

  test('can ask again for what was missing', () => {
    const journey = declined()
      .send(override())
      .reserved('L1', 'L1', [[1, 3]])
      .resolve('units_not_held', 'retry');
    expect(journey.effects[0]).toMatchObject({ id: 'reserve_units:L1#1', total: 3, known: [[1, 3]] });
    expect(journey.reserved('L1', 'L1', [[0, 1]]).now.lines['L1']).toMatchObject({ outstanding: 3, units: [[0, 3]] });
  });

  test('that gets nothing leaves the return declined', () => {
    const journey = declined().send(override()).reserved('L1', 'L1', []);
    expect(journey.now.phase).toBe('in_review');
    journey.resolve('units_not_held', 'reject');
    expect(journey.happened).toEqual(['attention_resolved', 'declined', 'closed']);
    expect(journey.now.outcome).toBe('declined');
  });

  test('whose reservation is out of order waits for a person, who may give it up', () => {
    const journey = declined().send(override()).outcome('reserve_units:L1', { type: 'unavailable', code: 'database' });
    expect(journey.queue).toEqual(['units_not_held L1']);
    expect(journey.effects).toEqual([]);
    expect(journey.resolve('units_not_held', 'reject').now.outcome).toBe('declined');
  });

  test('of a line of an open return gets the buyer more time', () => {
    const journey = aCustomerReturn(halfBarred).later(20).send(override('L2'));
    journey.reserved('L2', 'L2', [[0, 3]]);
    expect(journey.happened).toEqual(['units_reserved', 'quoted', 'authorized']);
    expect(journey.now.quote.amount).toBe(2 * 3213);
    expect(journey.now.schedule.expiry).toBe(plusDays(41));
    expect(Object.keys(journey.now.parcels)).toEqual(['P1']);
  });

  test('after the first parcel has come gets a label of its own', () => {
    const journey = aReceivedReturn(halfBarred)
      .send(override('L2'))
      .reserved('L2', 'L2', [[0, 3]]);
    expect(journey.happened).toEqual(['units_reserved', 'quoted', 'authorized', 'parcel_expected']);
    expect(journey.effects).toMatchObject([{ id: 'buy_label:P2#0', weightGrams: 1050 }]);
  });

  test('that waits while the rest is declined in review is not forgotten', () => {
    const journey = aCustomerReturn({
      lines: [{}, undelivered],
      policy: { review: { aboveAmount: { EUR: 1000 }, frequentReturns: { count: 5, days: 90 } } },
    });
    journey.send(override('L2')).send({ type: 'review', decisions: [approve('L1', false)] });
    expect(journey.now.phase).toBe('in_review');
    expect(journey.reserved('L2', 'L2', [[0, 3]]).now).toMatchObject({
      phase: 'open',
      lines: { L2: { outstanding: 3 } },
    });
  });

  test('is for what is barred, by name, and only while that can matter', () => {
    expect(aCustomerReturn().send(override()).refusal).toBe('nothing_ineligible');
    expect(declined().send(override('L9')).refusal).toBe('unknown_line');
    expect(declined().send(override()).send(override()).refusal).toBe('nothing_ineligible');
    expect(declined().send({ type: 'override', decisions: [] }).happened).toEqual([]);
    const cancelled = aCustomerReturn(halfBarred).send({ type: 'cancel', note: null }).labelVoided();
    expect(cancelled.send(override('L2')).refusal).toBe('return_closed');
  });

  test('is let go by a cancellation, and units that come later are free again', () => {
    const journey = declined().send(override()).send({ type: 'cancel', note: null });
    expect(journey.happened).toEqual(['cancelled', 'units_released', 'closed']);
    expect(journey.now.outcome).toBe('cancelled');
    journey.reserved('L1', 'L1', [[0, 3]]);
    expect(journey.happened).toEqual(['reopened', 'units_released', 'closed']);
    expect(journey.now.outcome).toBe('cancelled');
  });
});
