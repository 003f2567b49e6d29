import { describe, expect, test } from 'vitest';
import type { RejectionTerms } from '../../domain/policy/rejection.ts';
import type { Journey } from './journey.ts';
import { aReceivedReturn, type Wish } from './world.ts';

const terms: RejectionTerms = { chooseWithin: 'P14D', otherwise: 'return_to_customer' };
const charged = { ...terms, returnFee: { EUR: 500 } };
const offering = { ...terms, partialRefundBasisPoints: 4000 };

/** Opened hygiene goods that were said to be sealed, and that a person doesn't accept. */
const refused = (rejected: RejectionTerms, wish: Wish = {}): Journey =>
  aReceivedReturn({
    ...wish,
    policy: { rejected, ...wish.policy },
    lines: [{ sold: { hygiene: true, ...wish.lines?.[0]?.sold }, ...wish.lines?.[0] }],
  })
    .inspect('P1-1', { facts: { packaging: 'opened' } })
    .resolve('not_authorized', 'reject');

const choose = (journey: Journey, choice: 'return_to_customer' | 'dispose' | 'partial_refund', item = 'P1-1') =>
  journey.send({ type: 'choose_for_rejected', item, choice });
const way = (journey: Journey) => journey.now.items['P1-1']?.choice?.disposition;

describe('the buyer of goods that are not accepted', () => {
  test('is asked what becomes of them, and they wait for that', () => {
    const journey = refused(charged);
    expect(journey.all('choice_due')).toEqual([
      {
        ...{ type: 'choice_due', item: 'P1-1', offered: ['return_to_customer', 'dispose'], until: journey.due[0]?.at },
        ...{ fee: { amount: 500, currency: 'EUR' }, partialRefund: { amount: 0, currency: 'EUR' } },
      },
    ]);
    expect(way(journey)).toBeUndefined();
    expect(journey.due.map(({ deadline }) => deadline)).toEqual(['choice:P1-1']);
  });

  test('has them back, and owes the way', () => {
    const journey = choose(refused(charged), 'return_to_customer');
    expect(way(journey)).toBe('return_to_customer');
    expect(journey.now.clawbacks).toMatchObject({ C1: { cause: 'way_back', total: 500, state: 'open' } });
    expect([journey.balance('receivable_from_customer'), journey.balance('shipping_fees')]).toEqual([500, -500]);
    journey.confirm('P1-1');
    expect(journey.now.phase).toBe('open');
    journey.send({ type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N1' });
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect([journey.balance('receivable_from_customer'), journey.balance('cash_clearing')]).toEqual([0, 500]);
  });

  test('leaves them to us for nothing', () => {
    const journey = choose(refused(charged), 'dispose');
    expect(['recycle', 'destroy', 'return_to_vendor']).toContain(way(journey));
    journey.confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', settlements: {} });
    expect(journey.now.clawbacks).toBeUndefined();
  });

  test('takes a part of the money for leaving them to us, where that is offered', () => {
    const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] };
    const journey = refused(offering, { policy: { fees } });
    const [asked] = journey.all('choice_due');
    expect(asked?.offered).toEqual(['return_to_customer', 'dispose', 'partial_refund']);
    choose(journey, 'partial_refund');
    expect(journey.all('settlement_due')).toMatchObject([{ total: { amount: asked?.partialRefund.amount } }]);
    expect(asked?.partialRefund.amount).toBeGreaterThan(0);
    expect(way(journey)).not.toBe('return_to_customer');
    journey.refunded('S1-1').confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
    expect(journey.balance('payable_to_customer')).toBe(0);
  });

  test('who takes a part is not claimed from when the goods turn out worse', () => {
    const after = { timing: 'inspection', instruments: ['original'], pendingCheck: 'PT24H' } as const;
    const worth = { A: 0, B: 1000, C: 4000, D: 8000 };
    const journey = refused(offering, {
      policy: { refund: { ...after, adjustAfterSettlement: 'claim' }, diminishedValueBasisPoints: worth },
    });
    choose(journey, 'partial_refund');
    const [paid] = journey.all('settlement_due');
    journey.inspect('P1-1', { facts: { packaging: 'opened', cosmetic: 'damaged' } });
    const [claim] = journey.all('clawback_due');
    expect(claim?.total.amount).toBeLessThan(paid?.total.amount ?? 0);
  });

  test('who says nothing gets what the policy says, and owes nothing', () => {
    const back = refused(charged).fires('choice:P1-1');
    expect(back.all('choice_made')).toMatchObject([{ choice: 'return_to_customer', because: 'deadline' }]);
    expect([way(back), back.now.clawbacks]).toEqual(['return_to_customer', undefined]);
    const left = refused({ ...charged, otherwise: 'dispose' }).fires('choice:P1-1');
    expect(way(left)).not.toBe('return_to_customer');
  });

  test('chooses once, of what is offered; the same again changes nothing', () => {
    const journey = refused(terms);
    expect(choose(journey, 'partial_refund').refusal).toBe('choice_not_offered');
    expect(choose(journey, 'dispose', 'P9').refusal).toBe('unknown_item');
    choose(journey, 'dispose');
    expect(choose(journey, 'dispose').happened).toEqual([]);
    expect(choose(journey, 'return_to_customer').refusal).toBe('choice_not_open');
  });

  test('is not asked where a veto keeps the goods here', () => {
    const spoilt = aReceivedReturn({ policy: { rejected: terms }, lines: [{ sold: { hygiene: true } }] })
      .inspect('P1-1', { facts: { packaging: 'opened', contamination: 'confirmed' } })
      .resolve('not_authorized', 'reject');
    expect([spoilt.all('choice_due'), way(spoilt)]).toEqual([[], 'destroy']);
  });

  test('pays the way once, and it is set off against what is due', () => {
    const journey = aReceivedReturn({
      policy: { rejected: charged },
      lines: [{ quantity: 3, sold: { hygiene: true } }],
    });
    const opened = { packaging: 'opened' } as const;
    journey.inspect('P1-1', { quantity: 1, facts: opened }, { quantity: 1, facts: opened }, { quantity: 1 });
    while (journey.queue.some((asked) => asked.startsWith('not_authorized')))
      journey.resolve('not_authorized', 'reject');
    choose(journey, 'return_to_customer', 'P1-1.1');
    choose(journey, 'return_to_customer', 'P1-1.2');
    expect(journey.all('clawback_due')).toHaveLength(1);
  });
});
