import { describe, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, type Wish } from './world.ts';

/** Three mugs that somebody brings, who can't say of which order they are. */
const unproved = (wish: Wish = {}): Wish => ({
  ...wish,
  order: { kind: 'without_receipt', ...wish.order },
  payments: [],
  lines: [{ sold: { withoutReceipt: true, deliveredAt: null, ...wish.lines?.[0]?.sold } }],
  request: { instrument: 'store_credit', ...wish.request },
});

const approved = (journey: Journey): Journey =>
  journey.send({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N-1' }] });

describe('goods without a receipt', () => {
  test('are looked at by a person, and paid in store credit once they were inspected', () => {
    const journey = aCustomerReturn(unproved());
    expect(journey.all('line_decided')).toMatchObject([{ verdict: 'needs_review', codes: ['no_proof_of_purchase'] }]);
    approved(journey)
      .labelBought()
      .receive([{ sku: 'MUG-1', quantity: 3 }]);
    expect(journey.now.settlements).toEqual({});
    journey.inspect('P1-1', { facts: asNew });
    expect(0 - journey.balance('store_credit_liability')).toBe(journey.now.quote.amount);
    expect(journey.now.quote.amount).toBeGreaterThan(0);
  });

  test('go back to no payment, as nobody knows one', () => {
    const journey = aCustomerReturn(unproved({ request: { instrument: 'original' } }));
    expect(journey.all('line_decided')).toMatchObject([{ codes: ['instrument_not_offered'] }]);
  });

  test('are a shopper’s: other programs know whose goods they take', () => {
    const journey = aCustomerReturn(unproved({ request: { program: 'business' } }));
    expect(journey.all('line_decided')).toMatchObject([{ verdict: 'ineligible', codes: ['program_not_offered'] }]);
  });

  test.for(['authorization', 'first_scan', 'receipt'] as const)(
    'are not paid with the %s, whatever the policy says',
    (timing) => {
      const journey = approved(aCustomerReturn(unproved({ timing }))).labelBought();
      journey.track('in_transit').receive([{ sku: 'MUG-1', quantity: 3 }]);
      expect(journey.now.settlements).toEqual({});
      expect(Object.keys(journey.inspect('P1-1', { facts: asNew }).now.settlements)).toEqual(['S1']);
    },
  );

  test('are never let be: nobody knows that they are there', () => {
    const returnlessUpTo = { EUR: 100_000 };
    const journey = approved(aCustomerReturn(unproved({ policy: { returnlessUpTo } })));
    expect(journey.now.lines['L1']).toMatchObject({ kept: 0, outstanding: 3 });
  });
});
