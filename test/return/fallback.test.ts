import { describe, expect, test } from 'vitest';
import type { Policy } from '../../domain/policy/policy.ts';
import { aPolicy } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aReceivedReturn, type Wish } from './world.ts';

const { fallback: _, ...toAPerson } = aPolicy().refund;
const policy = (refund: Partial<Policy['refund']>): Pick<Wish, 'policy'> => ({
  policy: { refund: { ...toAPerson, ...refund } },
});
const agreed: Wish = { ...policy({ fallback: 'store_credit' }), request: { acceptsStoreCredit: true } };
const due = (wish: Wish): Journey => aReceivedReturn(wish).inspect('P1-1');

describe('a refund that fails', () => {
  test('becomes store credit at once where the policy says so and the buyer has agreed', () => {
    const journey = due(agreed).refunded('S1-1', 'failed');
    expect(journey.happened).toEqual(['refund_failed', 'refund_replaced', 'refund_succeeded']);
    expect(journey.queue).toEqual([]);
    expect(journey.now.refunds).toMatchObject({
      'S1-1': { state: 'replaced' },
      'S1-2': { to: 'store_credit', amount: 3213, state: 'succeeded' },
    });
    expect(journey.confirm('P1-1').now.phase).toBe('closed');
    expect([journey.balance('store_credit_liability'), journey.balance('cash_clearing')]).toEqual([-3213, 0]);
  });

  test('does so also where its bank returns it after the return has closed', () => {
    const journey = due(agreed).refunded('S1-1').confirm('P1-1');
    journey.send({ type: 'refund_update', refund: 'S1-1', status: 'failed', providerId: 're_1' });
    expect(journey.happened).toEqual(['reopened', 'refund_failed', 'refund_replaced', 'refund_succeeded', 'closed']);
    expect([journey.balance('store_credit_liability'), journey.balance('cash_clearing')]).toEqual([-3213, 0]);
  });

  test('is a person’s where either is missing', () => {
    for (const wish of [
      { ...agreed, request: {} },
      { ...agreed, ...policy({}) },
    ]) {
      expect(due(wish).refunded('S1-1', 'failed').queue).toEqual(['refund_failed S1-1']);
    }
  });

  test('for a dispute waits for its end all the same', () => {
    const journey = due(agreed).outcome('refund:S1-1', { type: 'refused', code: 'payment_disputed' });
    expect(journey.now.refunds['S1-2']?.state).toBe('frozen');
  });
});

test('what no payment can take becomes store credit likewise', () => {
  const journey = due({ ...agreed, payments: [{ captured: 1000 }] });
  expect(journey.now.refunds).toMatchObject({
    'S1-1': { to: 'payment', amount: 1000 },
    'S1-2': { to: 'store_credit', amount: 2213, state: 'succeeded' },
  });
  expect(journey.queue).toEqual([]);
});
