import { describe, expect, test } from 'vitest';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { RequestedLine } from '../../domain/return/request.ts';
import type { OrderFacts, OrderLineFacts } from '../../domain/sale/order.ts';
import { anOrder, aSoldLine } from '../domain/sale.ts';
import { aCustomerReturn, aLabelledReturn } from './world.ts';

type Changes = {
  readonly asked?: Partial<RequestedLine>;
  readonly sold?: Partial<OrderLineFacts>;
  readonly order?: Partial<OrderFacts>;
};

/** Two plates of the same order, which the buyer had forgotten. */
const plates = ({ asked, sold, order }: Changes = {}): ReturnCommand => ({
  type: 'add_line',
  asked: { orderLine: 'OL7', quantity: 2, reason: 'changed_mind', ...asked },
  order: anOrder({
    lines: [aSoldLine({ orderLine: 'OL7', sku: 'PLATE', held: [[0, 2]], ...sold })],
    ...order,
  }),
});

describe('a further line', () => {
  test('counts once its units are reserved, and comes in the same parcel', () => {
    const journey = aLabelledReturn().send(plates());
    expect(journey.happened).toEqual(['line_added', 'line_decided']);
    expect(journey.now.lines['L2']).toMatchObject({ requested: 2, cancelled: 2, outstanding: 0 });
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:L2#0', orderLine: 'OL7', total: 2, known: [] }]);
    journey.reserved('L2', 'L2', [[1, 3]]);
    expect(journey.happened).toEqual(['units_reserved', 'quoted']);
    expect(journey.now.lines['L2']).toMatchObject({ cancelled: 0, outstanding: 2, units: [[1, 3]] });
    journey.track('in_transit').receive([
      { sku: 'MUG-1', quantity: 3 },
      { sku: 'PLATE', quantity: 2 },
    ]);
    journey.inspect('P1-1').inspect('P1-2');
    // Three mugs for 32.13, and two of three plates at the same price: 18.00 and 3.42 of tax.
    expect(Object.values(journey.now.settlements).reduce((sum, { total }) => sum + total, 0)).toBe(3213 + 2142);
  });

  test('of which other returns hold units brings what they left', () => {
    const journey = aLabelledReturn()
      .send(plates())
      .reserved('L2', 'L2', [[2, 3]]);
    expect(journey.now.lines['L2']).toMatchObject({ cancelled: 1, outstanding: 1 });
  });

  test.for([
    ['one that the rules bar', plates({ sold: { finalSale: true } }), 'line_not_allowed'],
    ['one that a person would have to look at', plates({ sold: { hazardous: true } }), 'line_not_allowed'],
    [
      'one that is on the return already',
      plates({ asked: { orderLine: 'OL1' }, sold: { orderLine: 'OL1' } }),
      'line_on_return',
    ],
    ['one of another order', plates({ order: { order: 'O-2' } }), 'unknown_line'],
    ['none of it', plates({ asked: { quantity: 0 } }), 'quantity_not_positive'],
    ['more than were sold', plates({ asked: { quantity: 4 } }), 'line_not_allowed'],
  ] as const)('is not taken: %s', ([, command, refusal]) => {
    expect(aLabelledReturn().send(command).refusal).toBe(refusal);
  });

  test('that makes the whole worth a person’s look is not taken', () => {
    const review = { aboveAmount: { EUR: 4000 }, frequentReturns: { count: 5, days: 90 } };
    expect(aLabelledReturn({ policy: { review } }).send(plates()).refusal).toBe('line_not_allowed');
    expect(aLabelledReturn({ policy: { review } }).send(plates({ sold: { price: 300, tax: 0 } })).refusal).toBeNull();
  });

  test('comes too late once the parcel is with its carrier', () => {
    expect(aLabelledReturn().track('in_transit').send(plates()).refusal).toBe('handed_over');
  });
});

describe('another facility', () => {
  const to = (facility: string): ReturnCommand => ({ type: 'change_facility', facility, note: null });

  test('gives the label back and buys one for the new place, where the goods then are', () => {
    const journey = aLabelledReturn().send(to('RC-2'));
    expect(journey.happened).toEqual(['facility_changed', 'label_withdrawn', 'parcel_expected']);
    journey
      .labelVoided('P1')
      .labelBought('P2')
      .track('in_transit', 'P2')
      .receive([{ sku: 'MUG-1', quantity: 3 }], 'P2');
    expect(journey.now.facility).toBe('RC-2');
    expect(new Set(journey.posted.stock.map(({ facility }) => facility))).toEqual(new Set(['RC-2']));
  });

  test('is refused for goods that are under way, that have come, or that go there already', () => {
    expect(aLabelledReturn().send(to('RC-1')).refusal).toBe('facility_unchanged');
    expect(aLabelledReturn().track('in_transit').send(to('RC-2')).refusal).toBe('handed_over');
    const partly = aLabelledReturn().send({
      type: 'receive',
      parcel: null,
      contents: [{ sku: 'MUG-1', quantity: 1 }],
      partial: true,
    });
    expect(partly.send(to('RC-2')).refusal).toBe('goods_already_received');
  });

  test('needs a return that was let in', () => {
    const review = { aboveAmount: { EUR: 100 }, frequentReturns: { count: 5, days: 90 } };
    expect(aCustomerReturn({ policy: { review } }).send(to('RC-2')).refusal).toBe('not_authorized');
  });
});
