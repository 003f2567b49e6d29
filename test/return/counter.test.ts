import { describe, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { aCustomerReturn, type Wish } from './world.ts';

const brought = (more: Wish = {}, ...lines: NonNullable<Wish['lines']>): Wish => ({
  lines: (lines.length === 0 ? [{}] : lines).map((line) => ({ seen: { facts: asNew }, ...line })),
  ...more,
  request: { method: 'counter' },
});

describe('goods that are brought to a counter', () => {
  test('are received, graded and settled with the request, without a label and its fee', () => {
    const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] };
    const journey = aCustomerReturn(brought({ policy: { fees } }));
    expect(journey.happened).toEqual([
      'requested',
      'line_decided',
      'quoted',
      'authorized',
      'parcel_received',
      'item_inspected',
      'item_accepted',
      'item_disposed',
      'settlement_due',
    ]);
    expect(journey.now.quote.amount).toBe(3213);
    expect(journey.now.settlements).toMatchObject({ S1: { total: 3213, shippingFee: 0 } });
    expect(journey.effects.map(({ kind }) => kind)).toEqual(['refund']);
    expect(journey.refunded('S1-1').confirm('U1-1').happened).toContain('closed');
  });

  test('are taken back even where it would not pay to have them sent', () => {
    const journey = aCustomerReturn(brought({ policy: { returnlessUpTo: { EUR: 100_000 } } }));
    expect(journey.now.lines['L1']).toMatchObject({ kept: 0, received: 3 });
  });

  test('stay with their buyer where their line is barred, and are taken where it is not', () => {
    const late = { sold: { deliveredAt: '2025-01-01T09:00:00.000Z' } };
    const journey = aCustomerReturn(brought({}, late, {}));
    expect(journey.now.lines).toMatchObject({ L1: { received: 0, verdict: 'ineligible' }, L2: { received: 3 } });
    expect(Object.values(journey.now.items).map(({ line, grade }) => [line, grade])).toEqual([['L2', 'A']]);
  });

  test('stay with their buyer while a person decides, and can be brought again', () => {
    const review = { aboveAmount: { EUR: 100 }, frequentReturns: { count: 5, days: 90 } };
    const journey = aCustomerReturn(brought({ policy: { review } }));
    expect(journey.queue).toEqual(['review 7K3M-Q9TX-C']);
    journey.send({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N' }] });
    expect(journey.now.items).toEqual({});
    expect(journey.now.parcels).toEqual({});
    journey.receive([{ sku: 'MUG-1', quantity: 3 }], null).inspect('U1-1');
    expect(journey.now.settlements).toMatchObject({ S1: { total: 3213 } });
  });

  test('that nobody has looked at yet only have their return authorized', () => {
    const journey = aCustomerReturn({ request: { method: 'counter' } });
    expect(journey.happened.at(-1)).toBe('authorized');
    expect(journey.effects).toEqual([]);
  });

  test('are no return at all where what was seen makes no sense', () => {
    const journey = aCustomerReturn(brought({}, { seen: { answers: {} } }));
    expect(journey.refusal).toBe('question_unanswered');
    expect(journey.state).toEqual({ phase: 'initial' });
  });

  test('keep their serials', () => {
    const serials = ['S-1', 'S-2', 'S-3'];
    const journey = aCustomerReturn(brought({}, { sold: { serials }, serials }));
    expect(journey.now.items).toMatchObject({ 'U1-1': { serials, settled: true } });
  });
});
