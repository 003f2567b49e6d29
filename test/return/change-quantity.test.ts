import { describe, expect, test } from 'vitest';
import { plusDays } from './calendar.ts';
import { aCustomerReturn, aLabelledReturn } from './world.ts';

const to = (quantity: number, line = 'L1') => ({ type: 'change_quantity', line, quantity, note: null }) as const;
/** Five were sold, three are held by the return. */
const ofFive = { lines: [{ sold: { quantity: 5, fulfilled: 5, returnable: 5, price: 5000, discount: 0, tax: 0 } }] };

describe('fewer units', () => {
  test('are free for others at once, and the quote follows', () => {
    const journey = aLabelledReturn(ofFive).send(to(1));
    expect(journey.happened).toEqual(['quantity_changed', 'units_released', 'quoted']);
    expect(journey.now.lines['L1']).toMatchObject({ requested: 3, cancelled: 2, outstanding: 1, units: [[0, 1]] });
    expect(journey.now.quote.amount).toBe(1000);
    journey
      .receive([{ sku: 'MUG-1', quantity: 1 }])
      .inspect('P1-1')
      .refunded('S1-1')
      .confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('of the last line cancel the return', () => {
    const journey = aLabelledReturn().send(to(0));
    expect(journey.happened).toEqual(['quantity_changed', 'units_released', 'cancelled', 'label_withdrawn']);
    expect(journey.labelVoided().now).toMatchObject({ phase: 'closed', outcome: 'cancelled' });
  });

  test('leave the other lines alone', () => {
    const journey = aLabelledReturn({ lines: [{}, {}] }).send(to(0, 'L2'));
    expect(journey.now.lines).toMatchObject({ L1: { outstanding: 3 }, L2: { outstanding: 0, cancelled: 3 } });
    expect(journey.now.parcels['P1']?.label).toBe('bought');
  });

  test('are no fewer than have come', () => {
    const journey = aLabelledReturn().receive([{ sku: 'MUG-1', quantity: 2 }], 'P1', true);
    expect(journey.send(to(1)).last).toMatchObject({
      refusal: { code: 'quantity_below_received', params: { least: 2 } },
    });
    expect(journey.send(to(2)).now.lines['L1']).toMatchObject({ received: 2, outstanding: 0, cancelled: 1 });
  });
});

describe('more units', () => {
  test('are reserved before they count, in the time that the return has', () => {
    const journey = aLabelledReturn(ofFive).later(2).send(to(5));
    expect(journey.happened).toEqual(['quantity_changed']);
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:L1#0', total: 5, known: [[0, 3]] }]);
    expect(journey.now.lines['L1']).toMatchObject({ requested: 5, cancelled: 2, outstanding: 3 });
    const { schedule } = journey.now;
    expect(journey.reserved('L1', 'L1', [[3, 5]]).happened).toEqual(['units_reserved', 'quoted']);
    expect(journey.now).toMatchObject({ schedule, quote: { amount: 5000 } });
    expect(journey.now.lines['L1']).toMatchObject({ requested: 5, cancelled: 0, outstanding: 5, reserving: false });
    expect(journey.effects).toEqual([]);
  });

  test('take up again what had been cancelled, no more of it than was asked', () => {
    const journey = aLabelledReturn(ofFive).send(to(1)).send(to(2));
    expect(journey.effects).toMatchObject([{ total: 2 }]);
    journey.reserved('L1', 'L1', [[1, 2]]);
    expect(journey.now.lines['L1']).toMatchObject({ requested: 3, cancelled: 1, outstanding: 2 });
  });

  test('that other returns hold stay cancelled', () => {
    const journey = aLabelledReturn(ofFive)
      .send(to(5))
      .reserved('L1', 'L1', [[4, 5]]);
    expect(journey.now.lines['L1']).toMatchObject({ requested: 5, cancelled: 1, outstanding: 4 });
    expect(journey.queue).toEqual([]);
    expect(aLabelledReturn(ofFive).send(to(5)).reserved('L1', 'L1', []).now.lines['L1']).toMatchObject({
      outstanding: 3,
    });
  });

  test('are not asked for twice at once, and go with a cancellation', () => {
    const journey = aLabelledReturn(ofFive).send(to(4));
    expect(journey.send(to(5)).refusal).toBe('quantity_being_changed');
    journey
      .send({ type: 'cancel', note: null })
      .labelVoided()
      .reserved('L1', 'L1', [[3, 4]]);
    expect(journey.now).toMatchObject({ phase: 'closed', lines: { L1: { outstanding: 0, units: [], cancelled: 4 } } });
  });

  test.each([
    ['outside_window', ofFive, 40, 5],
    ['exceeds_returnable', ofFive, 0, 6],
    [
      'value_above_review',
      { ...ofFive, policy: { review: { aboveAmount: { EUR: 4000 }, frequentReturns: { count: 5, days: 90 } } } },
      0,
      5,
    ],
  ] as const)('are decided by the same rules: %s', (code, wish, days, quantity) => {
    const journey = aLabelledReturn(wish);
    journey.later(plusDays(days, journey.at));
    expect(journey.send(to(quantity)).last).toMatchObject({
      refusal: { code: 'more_not_allowed', params: { codes: code } },
    });
  });

  test('than a person approved need that person', () => {
    const journey = aCustomerReturn({ lines: [{ sold: { recalled: true, quantity: 5, fulfilled: 5 } }] });
    expect(journey.send(to(5)).refusal).toBe('not_authorized');
    journey.send({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N-1' }] });
    expect(journey.send(to(5)).refusal).toBe('more_not_allowed');
  });
});

test('a quantity is changed before the goods are handed over, to another one', () => {
  expect(aLabelledReturn().track('in_transit').send(to(1)).refusal).toBe('handed_over');
  expect(aLabelledReturn().send(to(3)).refusal).toBe('quantity_unchanged');
  expect(aLabelledReturn().send(to(-1)).refusal).toBe('quantity_not_positive');
  expect(aLabelledReturn().send(to(1, 'toString')).refusal).toBe('unknown_line');
});
