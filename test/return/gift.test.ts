import { describe, expect, test } from 'vitest';
import { decideLine } from '../../domain/eligibility/decide-line.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { project } from '../../domain/return/project.ts';
import { initialState } from '../../domain/return/state.ts';
import { aPolicy } from '../domain/sale.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aReceivedReturn, aRequest, type Wish } from './world.ts';

const offers: Partial<Policy['refund']> = { instruments: ['original', 'store_credit', 'exchange', 'replacement'] };
/** Three mugs of 3213 in all, which somebody was given. */
const given = (request: Wish['request'] = {}, more: Wish = {}): Wish => ({
  policy: { refund: { ...aPolicy().refund, ...offers } },
  request: { gift: true, instrument: 'store_credit', ...request },
  ...more,
});
const lost = { dispute: 'dp_1', status: 'lost', amount: 1000, at: '2026-03-20T00:00:00.000Z' } as const;

describe('who was given goods', () => {
  test('gets what was paid for them as store credit that is nobody’s by name, and who gave them gets nothing', () => {
    const journey = aReceivedReturn(given()).inspect('P1-1').confirm('P1-1');
    expect(journey.now).toMatchObject({
      phase: 'closed',
      refunds: { 'S1-1': { to: 'store_credit', payment: 'PAY1', providerPaymentId: null, amount: 3213 } },
    });
    expect(project(initialState, journey.now, journey.recorded)).toMatchObject({
      return: { gift: true },
      storeCredits: [{ issued: { amount: 3213, buyer: null } }],
    });
  });

  test('never gets what the giver paid with, whatever the law or the policy offers the giver', () => {
    const journey = aCustomerReturn(given({ instrument: 'original' }));
    expect(journey.now.lines['L1']).toMatchObject({ verdict: 'ineligible', codes: ['instrument_not_offered'] });
    expect(aCustomerReturn(given({ program: 'business' })).now.lines['L1']?.codes).toContain('program_not_offered');
  });

  test('hears nothing of the giver: a blocked one has a person look, one who returns a lot doesn’t count', () => {
    const blocked = aCustomerReturn(given({}, { order: { buyerBlocked: true } }));
    expect(blocked.now.lines['L1']?.codes).toEqual(['gift_to_check']);
    const { facts, request } = aRequest(given({}, { order: { recentReturns: 99 } }));
    const [requested] = request.lines;
    const [sold] = facts.order.lines;
    if (requested === undefined || sold === undefined) throw new Error('a line is asked for');
    const asked = {
      requested,
      sold,
      order: facts.order,
      request,
      policy: facts.policy,
      at: '2026-03-10T09:00:00.000Z',
      value: 1,
    };
    expect(decideLine(asked).verdict).toBe('eligible');
    const { gift: _, ...ofBuyer } = request;
    expect(decideLine({ ...asked, request: ofBuyer }).codes).toEqual(['buyer_too_frequent']);
  });

  test('may have other goods instead, and what they don’t need is store credit', () => {
    const wanted = [{ sku: 'BOWL', quantity: 2, price: 2000 }];
    const journey = reserved(given({ instrument: 'exchange', wanted })).inspect('P1-1');
    expect(journey.now.refunds).toMatchObject({
      'S1-1': { to: 'exchange', amount: 2000 },
      'S1-2': { to: 'store_credit', amount: 1213, state: 'succeeded' },
    });
    journey.send({ type: 'drop_exchange', exchange: 'X1', note: 'N' });
    expect(journey.now.refunds).toMatchObject({
      'S1-1': { state: 'replaced' },
      'S1-3': { to: 'store_credit', amount: 2000, state: 'succeeded' },
    });
  });

  test('waits while the giver disputes the payment, and gets what no chargeback gave the giver', () => {
    const journey = aReceivedReturn(given({}, { payments: [{ disputed: true }] })).inspect('P1-1');
    expect(journey.queue).toEqual(['payment_disputed PAY1']);
    journey.send({ type: 'dispute_update', payment: 'PAY1', dispute: { ...lost, status: 'open' } });
    journey.send({ type: 'dispute_update', payment: 'PAY1', dispute: { ...lost, at: '2026-03-21T00:00:00.000Z' } });
    expect(Object.values(journey.now.refunds).filter(({ state }) => state === 'succeeded')).toMatchObject([
      { to: 'chargeback', amount: 1000 },
      { to: 'store_credit', amount: 2213 },
    ]);
  });

  test('gets no money by hand either, also where a person doesn’t wait for a dispute', () => {
    const journey = aReceivedReturn(given({}, { payments: [{ disputed: true }] })).inspect('P1-1');
    const [attention = ''] = Object.keys(journey.now.attention);
    journey.send({ type: 'resolve', attention, resolution: 'retry', note: 'N' });
    expect(journey.now.refunds).toMatchObject({ 'S1-2': { to: 'store_credit', amount: 3213, state: 'succeeded' } });
  });
});

function reserved(wish: Wish): Journey {
  const journey = aCustomerReturn(wish).labelBought();
  journey.outcome('reserve_stock:X1', { type: 'stock_reserved', facility: 'RC-1' });
  return journey.track('in_transit').receive([{ sku: 'MUG-1', quantity: 3 }]);
}
