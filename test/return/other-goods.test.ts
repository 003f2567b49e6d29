import { describe, expect, test } from 'vitest';
import type { OtherGoods } from '../../domain/return/commands.ts';
import type { OrderFacts, OrderLineFacts } from '../../domain/sale/order.ts';
import { anOrder, aSoldLine, asNew } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aReceivedReturn, type Wish } from './world.ts';

/** A plate of the same order came in the box of the mugs. */
const withAPlate = (wish: Wish = {}, serials?: readonly string[]): Journey =>
  aReceivedReturn({ payments: [{ captured: 4284 }], ...wish }, [
    { sku: 'MUG-1', quantity: 3 },
    { sku: 'PLATE', quantity: 1, ...(serials === undefined ? {} : { serials }) },
  ]);

const ofTheOrder = (sold: Partial<OrderLineFacts> = {}, order: Partial<OrderFacts> = {}): OtherGoods => ({
  reason: 'changed_mind',
  order: anOrder({ lines: [aSoldLine({ orderLine: 'OL7', sku: 'PLATE', held: [[0, 1]], ...sold })], ...order }),
});

function accept(journey: Journey, others?: OtherGoods): Journey {
  const asked = Object.values(journey.now.attention).find(({ reason }) => reason === 'wrong_item');
  return journey.send({
    ...{ type: 'resolve', attention: asked?.attention ?? '', resolution: 'accept', note: 'N-1' },
    ...(others === undefined ? {} : { others }),
  });
}

describe('other goods than were asked back', () => {
  test('are settled as if they had been asked for, where they are of the same order', () => {
    const journey = accept(withAPlate(), ofTheOrder());
    expect(journey.happened).toEqual(['attention_resolved', 'line_added', 'line_decided', 'surplus_accepted']);
    expect(journey.now.lines['L2']).toMatchObject({ requested: 1, received: 1, outstanding: 0, cancelled: 0 });
    expect(journey.effects).toMatchObject([{ id: 'reserve_units:P1-2#0', orderLine: 'OL7', total: 1, known: [] }]);
    journey
      .reserved('P1-2', 'L2', [[2, 3]])
      .inspect('P1-1')
      .inspect('P1-2');
    // Three mugs for 32.13, and one of three plates at the same price.
    expect(Object.values(journey.now.settlements).reduce((sum, { total }) => sum + total, 0)).toBe(3213 + 1071);
    journey.confirm('P1-1', 'P1-2').refunded('S1-1').refunded('S2-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('of the same kind that come later join the line that was opened', () => {
    const journey = accept(withAPlate(), ofTheOrder()).reserved('P1-2', 'L2', [[0, 1]]);
    journey.receive([{ sku: 'PLATE', quantity: 1 }], null);
    expect(journey.queue).toEqual(['over_receipt U2-1']);
    expect(journey.resolve('over_receipt', 'accept').now.lines).toMatchObject({ L2: { requested: 2, received: 2 } });
  });

  test('that a review would have looked at wait for a person once more', () => {
    const journey = accept(withAPlate(), ofTheOrder({ hazardous: true })).reserved('P1-2', 'L2', [[0, 1]]);
    expect(journey.queue).toEqual(['not_authorized P1-2']);
    journey.inspect('P1-2');
    expect(journey.now.items['P1-2']).toMatchObject({ line: 'L2', acceptance: 'pending', settled: false });
    expect(journey.resolve('not_authorized', 'accept').now.items['P1-2']).toMatchObject({ settled: true });
  });

  test('that are not as they could have been claimed wait for a person once more', () => {
    const journey = withAPlate().inspect('P1-2', { facts: { ...asNew, packaging: 'opened' } });
    expect(accept(journey, ofTheOrder({ hygiene: true })).queue).toEqual(['not_authorized P1-2']);
  });

  test.for([
    ['a final sale', ofTheOrder({ finalSale: true })],
    ['goods that other returns have', ofTheOrder({ held: [], returnable: 0 })],
    ['goods of another order', ofTheOrder({}, { order: 'O-2' })],
    ['other goods', ofTheOrder({ sku: 'FORK' })],
    ['goods that nobody knows', undefined],
  ] as const)('are not accepted: %s', ([, others]) => {
    const journey = accept(withAPlate(), others);
    expect(journey.refusal).toBe('line_not_allowed');
    expect(journey.queue).toEqual(['wrong_item P1-2']);
  });

  test('whose serial was not sold on the order are not accepted', () => {
    const journey = accept(withAPlate({}, ['X-9']), ofTheOrder({ serials: ['S-7'] }));
    expect(journey.refusal).toBe('line_not_allowed');
  });

  test('are nothing that is mended, or replaced', () => {
    const request = { instrument: 'replacement' } as const;
    const lines = [{ reason: 'defective' }] as const;
    expect(accept(withAPlate({ request, lines }), ofTheOrder()).refusal).toBe('line_not_allowed');
  });
});
