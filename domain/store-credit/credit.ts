import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';

/**
 * Why there is a credit: a return was settled with it; it was sold as a gift card; it was given without a duty to; or it takes
 * the place of one that has ended and that something is to be given back to.
 */
export const creditCauses = ['return', 'gift_card', 'goodwill', 'given_back'] as const;
export type CreditCause = (typeof creditCauses)[number];

/** What happened to a store credit; its journal's content. Amounts are minor units of its currency. */
export type StoreCreditEvent =
  | {
      readonly type: 'issued';
      readonly credit: string;
      readonly currency: Currency;
      readonly amount: number;
      /** Who may spend it; null where whoever knows its code may. */
      readonly buyer: string | null;
      /** Null where it never expires. */
      readonly expiresAt: Instant | null;
      readonly cause: CreditCause;
      /** The refund that it is; null where it isn't one of a return. */
      readonly refund: RefundOfReturn | null;
    }
  | {
      readonly type: 'redeemed';
      readonly redemption: string;
      readonly amount: number;
      /** The shop's own number of the order that it pays for, and of this payment. */
      readonly order: string;
      readonly reference: string;
    }
  /** The checkout came to nothing: all of it is back. */
  | { readonly type: 'redemption_reversed'; readonly redemption: string; readonly amount: number }
  /** Goods that it paid for came back. `to` is another credit where this one has ended. */
  | {
      readonly type: 'given_back';
      readonly redemption: string;
      readonly amount: number;
      readonly reference: string;
      readonly to: string;
    }
  /** Its buyer owes us, and hadn't spent it. `ofUnspent`: what of it was booked off before, as it had expired; absent for nothing. */
  | { readonly type: 'taken_back'; readonly amount: number; readonly reference: string; readonly ofUnspent?: number }
  /** Its time is over: what was left of it is owed to nobody any more. Again where something came back to it since. */
  | { readonly type: 'expired'; readonly unspent: number }
  | { readonly type: 'closed'; readonly forfeited: number; readonly note: string };

export type RefundOfReturn = { readonly rma: string; readonly refund: string };

/** What a credit paid for. `undone`: what of it was reversed or given back. */
export type Redemption = {
  readonly redemption: string;
  readonly amount: number;
  readonly undone: number;
  readonly reversed: boolean;
  readonly order: string;
  readonly reference: string;
};

/** A store credit as its events make it. balance = issued - redeemed + undone - taken back - unspent - forfeited ≥ 0. */
export type StoreCredit = {
  readonly credit: string;
  readonly currency: Currency;
  readonly buyer: string | null;
  readonly expiresAt: Instant | null;
  readonly cause: CreditCause;
  readonly refund: RefundOfReturn | null;
  readonly issued: number;
  readonly balance: number;
  /** What of it was booked off as it expired, and its buyer hasn't been credited with since. */
  readonly unspent: number;
  readonly closed: boolean;
  readonly redemptions: Readonly<Record<string, Redemption>>;
  /** What was given or taken back, and to which credit or from it, by our reference of it. */
  readonly settled: Readonly<Record<string, { readonly amount: number; readonly credit: string }>>;
};

/** The number of the credit that a refund of a return is: the same for ever, so that there is one. */
export const creditOfRefund = ({ rma, refund }: RefundOfReturn): string => `SC-${rma}-${refund}`;

/** By what an order that was paid with a credit names that payment. */
export const paymentOfRedemption = (credit: string, redemption: string): string => `${credit}:${redemption}`;

/** The credit and the redemption that a payment names; null where it names none. */
export function redemptionOfPayment(payment: string): { credit: string; redemption: string } | null {
  const match = /^(SC-[^:]+):(R\d+)$/.exec(payment);
  return match?.[1] === undefined || match[2] === undefined ? null : { credit: match[1], redemption: match[2] };
}

/** The first moment at which it can't be spent any more has come. */
export const hasExpired = ({ expiresAt }: Pick<StoreCredit, 'expiresAt'>, at: Instant): boolean =>
  expiresAt !== null && at >= expiresAt;

/** A credit after further events; null before the first. */
export function foldCredit(before: StoreCredit | null, events: readonly StoreCreditEvent[]): StoreCredit | null {
  return events.reduce(evolve, before);
}

function evolve(state: StoreCredit | null, event: StoreCreditEvent): StoreCredit {
  if (event.type === 'issued') {
    const { type: _, amount, ...credit } = event;
    return { ...credit, issued: amount, balance: amount, unspent: 0, closed: false, redemptions: {}, settled: {} };
  }
  if (state === null) throw new Error('a credit begins with its issue');
  switch (event.type) {
    case 'redeemed': {
      const { type: _, ...redeemed } = event;
      const paid = changed({ ...redeemed, undone: 0, reversed: false }, 0);
      return { ...state, ...redemption(state, paid), balance: state.balance - event.amount };
    }
    case 'redemption_reversed': {
      const paid = changed(found(state, event.redemption), event.amount);
      return { ...state, ...redemption(state, { ...paid, reversed: true }), balance: state.balance + event.amount };
    }
    case 'given_back': {
      const { reference, amount, to } = event;
      const paid = changed(found(state, event.redemption), amount);
      const balance = to === state.credit ? state.balance + amount : state.balance;
      return { ...state, ...redemption(state, paid), balance, ...settled(state, reference, amount, to) };
    }
    case 'taken_back': {
      const { reference, amount, ofUnspent = 0 } = event;
      const left = { balance: state.balance - (amount - ofUnspent), unspent: state.unspent - ofUnspent };
      return { ...state, ...left, ...settled(state, reference, amount, state.credit) };
    }
    case 'expired':
      return { ...state, balance: state.balance - event.unspent, unspent: state.unspent + event.unspent };
    case 'closed':
      return { ...state, balance: state.balance - event.forfeited, closed: true };
    default:
      return unreachable(event);
  }
}

const changed = (paid: Redemption, undone: number): Redemption => ({ ...paid, undone: paid.undone + undone });

const redemption = (state: StoreCredit, paid: Redemption): Pick<StoreCredit, 'redemptions'> => ({
  redemptions: { ...state.redemptions, [paid.redemption]: paid },
});

const settled = (state: StoreCredit, reference: string, amount: number, credit: string) => ({
  settled: { ...state.settled, [reference]: { amount, credit } },
});

function found(state: StoreCredit, id: string): Redemption {
  const paid = state.redemptions[id];
  if (paid === undefined) throw new Error(`no redemption ${id}`);
  return paid;
}
