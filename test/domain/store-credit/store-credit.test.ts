import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldCredit, type StoreCredit, type StoreCreditEvent } from '../../../domain/store-credit/credit.ts';
import {
  close,
  expire,
  giveBack,
  type Redeem,
  redeem,
  reverse,
  type StoreCreditDecision,
  takeBack,
} from '../../../domain/store-credit/decide.ts';
import { creditExpiry } from '../../../domain/store-credit/expiry.ts';
import { creditPostings } from '../../../domain/store-credit/postings.ts';

const now = '2026-03-01T12:00:00.000Z';
const issued = {
  ...{ type: 'issued', credit: 'SC-1', currency: 'EUR', amount: 1000, buyer: 'B-1' },
  ...{ expiresAt: null, cause: 'gift_card', refund: null },
} as const satisfies StoreCreditEvent;

/** A credit in somebody's hands: takes decisions and keeps what they lead to. */
class Purse {
  state: StoreCredit;
  readonly events: StoreCreditEvent[];
  refusal: string | null = null;
  constructor(first: Extract<StoreCreditEvent, { type: 'issued' }> = issued) {
    this.events = [first];
    this.state = this.#fold();
  }
  take(decision: StoreCreditDecision): this {
    this.refusal = decision.type === 'refused' ? decision.code : null;
    if (decision.type === 'accepted') this.events.push(...decision.events);
    this.state = this.#fold();
    return this;
  }
  pay(amount: number, changes: Partial<Redeem> = {}, withheld = 0, at = now): this {
    const asked = { amount, currency: 'EUR', order: 'O-9', reference: `ref-${amount}`, buyer: 'B-1', shown: false };
    return this.take(redeem(this.state, { ...asked, ...changes }, { at, withheld }));
  }
  /** What we owe on it by the ledger. */
  get owed(): number {
    return this.#on('store_credit_liability');
  }
  /** What expired unspent by the ledger. */
  get lost(): number {
    return this.#on('breakage');
  }
  /** Credits less debits of an account. */
  #on(account: string): number {
    return creditPostings(null, this.events, 'c').reduce(
      (sum, { debit, credit, amount }) => sum + (credit === account ? amount : 0) - (debit === account ? amount : 0),
      0,
    );
  }
  #fold(): StoreCredit {
    const state = foldCredit(null, this.events);
    if (state === null) throw new Error('it was issued');
    return state;
  }
}

describe('a store credit', () => {
  test('pays once for each reference, and never more than is left', () => {
    const purse = new Purse().pay(600).pay(600);
    expect(purse.state).toMatchObject({ balance: 400, redemptions: { R1: { amount: 600, undone: 0 } } });
    expect(purse.pay(500).refusal).toBe('exceeds_balance');
    expect(purse.pay(600, { order: 'O-10' }).refusal).toBe('redemption_differs');
    expect(purse.pay(100, { reference: 'ref-600' }).refusal).toBe('redemption_differs');
    expect([purse.state.balance, purse.owed]).toEqual([400, 400]);
  });

  test('is its buyer’s, or whose code it is', () => {
    expect(new Purse().pay(1, { buyer: 'B-2' }).refusal).toBe('not_the_buyers');
    expect(new Purse().pay(1, { buyer: null }).refusal).toBe('not_the_buyers');
    expect(new Purse().pay(1, { buyer: null, shown: true }).refusal).toBeNull();
    const toBearer = new Purse({ ...issued, buyer: null });
    expect(toBearer.pay(1, { buyer: null }).refusal).toBe('not_the_buyers');
    expect(toBearer.pay(1, { shown: true }).refusal).toBeNull();
  });

  test('has all back that a checkout came to nothing with, once', () => {
    const purse = new Purse().pay(600);
    expect(purse.take(reverse(purse.state, 'R1')).state.balance).toBe(1000);
    expect(purse.take(reverse(purse.state, 'R1')).state.balance).toBe(1000);
    expect(purse.pay(600).refusal).toBe('redemption_reversed');
    expect(purse.take(reverse(purse.state, 'R2')).refusal).toBe('unknown_redemption');
  });

  test('is kept back while the payment that it stands for is disputed', () => {
    expect(new Purse().pay(300, {}, 1000).refusal).toBe('credit_frozen');
    expect(new Purse().pay(300, {}, 800).refusal).toBe('credit_frozen');
    expect(new Purse().pay(200, {}, 800).refusal).toBeNull();
  });

  test('can’t be spent from the moment that it expires, nor once it was closed', () => {
    const purse = new Purse({ ...issued, expiresAt: now });
    expect(purse.pay(1, {}, 0, '2026-03-01T11:59:59.999Z').refusal).toBeNull();
    expect(purse.pay(2).refusal).toBe('credit_expired');
    const closed = new Purse();
    expect(closed.take(close(closed.state, 'N')).state).toMatchObject({ balance: 0, closed: true });
    expect(closed.pay(1).refusal).toBe('credit_closed');
    expect(closed.owed).toBe(0);
  });

  test('is booked off once its time is over, not before, and once more where something comes back to it', () => {
    const purse = new Purse({ ...issued, expiresAt: now });
    const before = '2026-03-01T11:59:59.999Z';
    purse.pay(600, {}, 0, before);
    expect(purse.take(expire(purse.state, before)).state).toMatchObject({ balance: 400, unspent: 0 });
    expect(purse.take(expire(purse.state, now)).state).toMatchObject({ balance: 0, unspent: 400 });
    expect([purse.owed, purse.lost]).toEqual([0, 400]);
    expect(purse.take(expire(purse.state, now)).events).toHaveLength(3);
    expect(purse.take(reverse(purse.state, 'R1')).state.balance).toBe(600);
    expect(purse.take(expire(purse.state, now)).state).toMatchObject({ balance: 0, unspent: 1000 });
    expect([purse.owed, purse.lost]).toEqual([0, 1000]);
  });

  test('that expired unspent is taken of what its buyer owes, who had no good of it', () => {
    const purse = new Purse({ ...issued, expiresAt: now });
    purse.take(expire(purse.state, now));
    expect(purse.take(takeBack(purse.state, { atMost: 300, reference: 'a' })).state.unspent).toBe(700);
    expect(purse.take(takeBack(purse.state, { atMost: 300, reference: 'a' })).state.unspent).toBe(700);
    purse.take(takeBack(purse.state, { atMost: 900, reference: 'b' }));
    expect(purse.state.settled['b']).toMatchObject({ amount: 700 });
    expect([purse.owed, purse.lost]).toEqual([0, 0]);
  });

  test('gets back what goods that it paid for are worth, and another one does where it has ended', () => {
    const purse = new Purse().pay(600);
    const back = (amount: number, reference: string) =>
      purse.take(giveBack(purse.state, { redemption: 'R1', amount, reference, otherwise: 'SC-2' }, now));
    expect(back(400, 'a').state.balance).toBe(800);
    expect(back(400, 'a').state.balance).toBe(800);
    expect(back(201, 'b').refusal).toBe('exceeds_redemption');
    expect(purse.take(reverse(purse.state, 'R1')).refusal).toBe('redemption_given_back');
    purse.take(close(purse.state, 'N'));
    expect(back(200, 'b').events.at(-1)).toMatchObject({ type: 'given_back', to: 'SC-2' });
    expect(purse.state.balance).toBe(0);
  });
});

test('whatever is asked of a credit, its balance is what the ledger owes, never below zero and never more than was put in', () => {
  const amount = fc.integer({ min: -1, max: 700 });
  const id = fc.constantFrom('R1', 'R2', 'R3');
  const reference = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('pay' as const), amount, reference }),
    fc.record({ kind: fc.constant('reverse' as const), id }),
    fc.record({ kind: fc.constant('give' as const), id, amount: fc.integer({ min: 1, max: 700 }), reference }),
    fc.record({ kind: fc.constant('take' as const), amount: fc.integer({ min: 1, max: 700 }), reference }),
    fc.record({ kind: fc.constant('close' as const) }),
    fc.record({ kind: fc.constant('expire' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const purse = new Purse({ ...issued, expiresAt: now });
      let at = '2026-03-01T11:00:00.000Z';
      for (const each of steps) {
        if (each.kind === 'pay') purse.pay(each.amount, { reference: each.reference }, 0, at);
        else if (each.kind === 'reverse') purse.take(reverse(purse.state, each.id));
        else if (each.kind === 'close') purse.take(close(purse.state, 'N'));
        else if (each.kind === 'expire') {
          at = now;
          purse.take(expire(purse.state, at));
        } else if (each.kind === 'take')
          purse.take(takeBack(purse.state, { atMost: each.amount, reference: `t${each.reference}` }));
        else {
          const { id: redemption, amount: share } = each;
          const asked = { redemption, amount: share, reference: `g${each.reference}`, otherwise: 'SC-2' };
          purse.take(giveBack(purse.state, asked, at));
        }
        const { balance, unspent, issued: put, redemptions, closed } = purse.state;
        expect(purse.owed).toBe(balance);
        expect(purse.lost).toBe(unspent);
        expect(balance + unspent).toBeLessThanOrEqual(put);
        expect(unspent).toBeGreaterThanOrEqual(0);
        expect(balance).toBeGreaterThanOrEqual(0);
        expect(balance).toBeLessThanOrEqual(closed ? 0 : put);
        for (const paid of Object.values(redemptions)) expect(paid.undone).toBeLessThanOrEqual(paid.amount);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('credit expires as the policy says, never before the law lets it', () => {
  const year = { expiresAfterMonths: 12 };
  expect(creditExpiry(undefined, 'FR', now)).toBeNull();
  expect(creditExpiry(year, 'FR', now)).toBe('2027-03-02T00:00:00.000Z');
  expect(creditExpiry(year, null, now)).toBe('2027-03-02T00:00:00.000Z');
  expect(creditExpiry(year, 'US', now)).toBe('2031-03-02T00:00:00.000Z');
  expect(creditExpiry(year, 'DE', now)).toBe('2030-01-01T00:00:00.000Z');
  expect(creditExpiry({ expiresAfterMonths: 120 }, 'US', now)).toBe('2036-03-02T00:00:00.000Z');
});
