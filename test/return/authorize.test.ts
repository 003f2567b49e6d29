import { describe, expect, test } from 'vitest';
import { goodsStatus } from '../../domain/return/status.ts';
import { plusDays, schedule } from './calendar.ts';
import { Journey } from './journey.ts';
import { aCustomerReturn, aRequest, rma } from './world.ts';

const worthReview = { policy: { review: { aboveAmount: { EUR: 1000 }, frequentReturns: { count: 5, days: 90 } } } };
const undelivered = { sold: { deliveredAt: null } };
/** One line that may come back and one that may not. */
const halfBarred = { lines: [{}, undelivered] };
const approve = (line: string, isApproved = true) => ({ line, approve: isApproved, note: 'N-1' });

describe('a request', () => {
  test('within the rules is authorized, with a quote and a label to buy', () => {
    const journey = aCustomerReturn();
    expect(journey.happened).toEqual(['requested', 'line_decided', 'quoted', 'authorized', 'parcel_expected']);
    expect(journey.now).toMatchObject({ phase: 'open', quote: { amount: 3213, currency: 'EUR' }, schedule });
    expect(journey.effects).toMatchObject([{ id: 'buy_label:P1#0', weightGrams: 1050, method: 'drop_off' }]);
  });

  test('is taken once', () => {
    expect(aCustomerReturn().send(aRequest()).refusal).toBe('already_requested');
  });

  test('is the first thing in a return', () => {
    expect(new Journey().send({ type: 'cancel', note: null }).refusal).toBe('unknown_return');
  });

  test('with no line that may come back is declined and closed, its units free', () => {
    const journey = aCustomerReturn({ lines: [undelivered] });
    expect(journey.happened).toEqual(['requested', 'line_decided', 'units_released', 'quoted', 'declined', 'closed']);
    expect(journey.now).toMatchObject({
      outcome: 'declined',
      lines: { L1: { cancelled: 3, outstanding: 0, units: [] } },
    });
    expect(goodsStatus(journey.now)).toBe('declined');
  });

  test('goes on with the lines that may come back', () => {
    const journey = aCustomerReturn(halfBarred);
    expect(journey.now.lines).toMatchObject({
      L1: { verdict: 'eligible', outstanding: 3 },
      L2: { verdict: 'ineligible', codes: ['not_delivered'], cancelled: 3 },
    });
    expect(journey.now.quote.amount).toBe(3213);
  });

  test('that names an order line twice, or no whole quantity, is refused', () => {
    expect(aCustomerReturn({ lines: [{}, { orderLine: 'OL1' }] }).refusal).toBe('duplicate_line');
    expect(aCustomerReturn({ lines: [{}, { line: 'L1' }] }).refusal).toBe('duplicate_line');
    expect(aCustomerReturn({ lines: [{ orderLine: 'OL9' }] }).refusal).toBe('unknown_line');
    for (const quantity of [0, -1, 1.5]) {
      const journey = aCustomerReturn({ lines: [{ quantity, sold: { held: [[0, 3]] } }] });
      expect(journey.refusal).toBe('quantity_not_positive');
    }
  });

  test('for what costs less than its way back is settled, and the goods stay', () => {
    const journey = aCustomerReturn({ policy: { returnlessUpTo: { EUR: 3213 } } });
    expect(journey.happened).toContain('kept');
    expect(journey.now.lines['L1']).toMatchObject({ kept: 3, keptUnits: [[0, 3]], outstanding: 0 });
    expect(journey.effects).toMatchObject([{ id: 'refund:S1-1#0', amount: 3213 }]);
    expect(journey.refunded('S1-1').happened).toEqual(['refund_succeeded', 'closed']);
    expect(journey.now.outcome).toBe('completed');
  });

  test('that costs nothing to bring back is quoted and weighed without a fee for the way', () => {
    const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] };
    const kept = aCustomerReturn({ policy: { returnlessUpTo: { EUR: 3213 }, fees } });
    expect(kept.now.quote.amount).toBe(3213);
    expect(kept.now.settlements['S1']?.total).toBe(3213);
    const dearer = aCustomerReturn({ policy: { returnlessUpTo: { EUR: 3212 }, fees } });
    expect(dearer.now.quote.amount).toBe(3213 - 495);
    expect(dearer.happened).toContain('parcel_expected');
  });

  test('for a cent more comes back', () => {
    expect(aCustomerReturn({ policy: { returnlessUpTo: { EUR: 3212 } } }).happened).toContain('parcel_expected');
  });
});

describe('a review', () => {
  test('waits for a person, and an approval authorizes', () => {
    const journey = aCustomerReturn(worthReview);
    expect(journey.queue).toEqual([`review ${rma}`]);
    expect(journey.effects).toEqual([]);
    journey.send({ type: 'review', decisions: [approve('L1')] });
    expect(journey.happened).toEqual(['line_reviewed', 'authorized', 'parcel_expected', 'attention_resolved']);
    expect(journey.now).toMatchObject({ phase: 'open', lines: { L1: { verdict: 'approved', outstanding: 3 } } });
  });

  test('that takes days leaves the buyer as much time as any other', () => {
    const journey = aCustomerReturn(worthReview)
      .later(20)
      .send({ type: 'review', decisions: [approve('L1')] });
    expect(journey.now.schedule).toEqual({
      reminders: [plusDays(27), plusDays(32)],
      escalation: plusDays(34),
      expiry: plusDays(41),
    });
  });

  test('that declines every line closes the return', () => {
    const journey = aCustomerReturn(worthReview).send({ type: 'review', decisions: [approve('L1', false)] });
    expect(journey.happened).toEqual(['line_reviewed', 'units_released', 'declined', 'attention_resolved', 'closed']);
    expect(journey.now.outcome).toBe('declined');
  });

  test('of some lines waits for the others', () => {
    const journey = aCustomerReturn({ ...worthReview, lines: [{}, {}] });
    expect(journey.send({ type: 'review', decisions: [approve('L1', false)] }).now.phase).toBe('in_review');
    expect(journey.send({ type: 'review', decisions: [approve('L1')] }).refusal).toBe('not_in_review');
    expect(journey.send({ type: 'review', decisions: [approve('L2')] }).now).toMatchObject({
      phase: 'open',
      lines: { L1: { verdict: 'declined', cancelled: 3 }, L2: { outstanding: 3 } },
      quote: { amount: 3213 },
    });
  });

  test('decides each line once', () => {
    const journey = aCustomerReturn(worthReview);
    expect(journey.send({ type: 'review', decisions: [approve('L1', false), approve('L1', false)] }).refusal).toBe(
      'duplicate_line',
    );
    expect(journey.send({ type: 'review', decisions: [approve('L7')] }).refusal).toBe('unknown_line');
    expect(journey.send({ type: 'review', decisions: [approve('constructor')] }).refusal).toBe('unknown_line');
  });

  test('is not of lines that were cancelled', () => {
    const journey = aCustomerReturn(worthReview).send({ type: 'ledger_disagrees', detail: 'quarantine:MUG-1 1' });
    journey.send({ type: 'cancel', note: null }).send({ type: 'review', decisions: [approve('L1')] });
    expect(journey.refusal).toBe('not_in_review');
  });

  test('is over once the return is authorized', () => {
    expect(aCustomerReturn().send({ type: 'review', decisions: [approve('L1')] }).refusal).toBe('not_in_review');
  });

  test('can end in a cancellation', () => {
    const journey = aCustomerReturn(worthReview).send({ type: 'cancel', note: null });
    expect(journey.happened).toEqual(['cancelled', 'units_released', 'attention_resolved', 'closed']);
    expect(journey.now.outcome).toBe('cancelled');
  });
});
