import type { Currency, Money } from '../money/money.ts';
import { find } from '../return/find.ts';
import type { Instant } from '../time/duration.ts';
import { hasExpired, type StoreCredit, type StoreCreditEvent } from './credit.ts';

/** Why a store credit refuses a command. */
export type StoreCreditRefusalCode =
  | 'amount_not_positive'
  | 'currency_differs'
  | 'credit_closed'
  | 'credit_expired'
  | 'credit_frozen'
  | 'exceeds_balance'
  | 'not_the_buyers'
  | 'redemption_differs'
  | 'unknown_redemption'
  | 'redemption_reversed'
  | 'redemption_given_back'
  | 'exceeds_redemption';

export type StoreCreditRefusal = {
  readonly type: 'refused';
  readonly code: StoreCreditRefusalCode;
  readonly field?: string;
  /** What is left, where it asks for too much. */
  readonly available?: Money;
};

export type StoreCreditDecision =
  | { readonly type: 'accepted'; readonly events: readonly StoreCreditEvent[] }
  | StoreCreditRefusal;

/** What a shop's checkout asks for. `shown`: its code was, so that whoever has it may spend it. */
export type Redeem = {
  readonly amount: number;
  readonly currency: Currency;
  readonly order: string;
  readonly reference: string;
  readonly buyer: string | null;
  readonly shown: boolean;
};

/**
 * Pays for an order with a credit. Once for each reference: asked again it is the same payment.
 *
 * @param withheld minor units that aren't to be spent, as the payment that they stand for is disputed, or was charged back
 */
export function redeem(
  state: StoreCredit,
  { amount, currency, order, reference, buyer, shown }: Redeem,
  { at, withheld }: { readonly at: Instant; readonly withheld: number },
): StoreCreditDecision {
  if (!shown && (state.buyer === null || state.buyer !== buyer)) return refuse('not_the_buyers', 'buyer');
  const known = Object.values(state.redemptions).find((each) => each.reference === reference);
  if (known?.reversed === true) return refuse('redemption_reversed', 'reference');
  if (known !== undefined) {
    return known.amount === amount && known.order === order && state.currency === currency
      ? accept([])
      : refuse('redemption_differs', 'reference');
  }
  if (currency !== state.currency) return refuse('currency_differs', 'amount.currency');
  if (!Number.isSafeInteger(amount) || amount < 1) return refuse('amount_not_positive', 'amount');
  if (state.closed) return refuse('credit_closed');
  if (hasExpired(state, at)) return refuse('credit_expired');
  if (amount > state.balance) return tooMuch('exceeds_balance', state, state.balance);
  const available = Math.max(0, state.balance - withheld);
  if (amount > available) return tooMuch('credit_frozen', state, available);
  const redemption = `R${Object.keys(state.redemptions).length + 1}`;
  return accept([{ type: 'redeemed', redemption, amount, order, reference }]);
}

/**
 * The checkout came to nothing. Not once goods came back: what they were worth is where it belongs.
 *
 * @param isGivenOtherwise whether something of it was given for goods that came back, as other credit or goods
 */
export function reverse(state: StoreCredit, redemption: string, isGivenOtherwise = false): StoreCreditDecision {
  const paid = find(state.redemptions, redemption);
  if (paid === undefined) return refuse('unknown_redemption', 'redemption');
  if (paid.reversed) return accept([]);
  if (paid.undone > 0 || isGivenOtherwise) return refuse('redemption_given_back', 'redemption');
  if (state.closed) return refuse('credit_closed');
  return accept([{ type: 'redemption_reversed', redemption, amount: paid.amount }]);
}

/** What is asked where goods that a credit paid for come back. `otherwise` names the credit that takes its place if it has ended. */
export type GiveBack = {
  readonly redemption: string;
  readonly amount: number;
  readonly reference: string;
  readonly otherwise: string;
};

/** Gives back, to the credit itself where it can still be spent, never more than it paid; once for each reference. */
export function giveBack(
  state: StoreCredit,
  { redemption, amount, reference, otherwise }: GiveBack,
  at: Instant,
): StoreCreditDecision {
  if (find(state.settled, reference) !== undefined) return accept([]);
  const paid = find(state.redemptions, redemption);
  if (paid === undefined) return refuse('unknown_redemption', 'redemption');
  const left = paid.amount - paid.undone;
  if (amount > left) return tooMuch('exceeds_redemption', state, left);
  const to = state.closed || hasExpired(state, at) ? otherwise : state.credit;
  return accept([{ type: 'given_back', redemption, amount, reference, to }]);
}

/**
 * Takes what is left, up to what its buyer owes; once for each reference, also where that is nothing. What expired unspent
 * counts as left: who never had the good of it doesn't owe it as money.
 */
export function takeBack(
  state: StoreCredit,
  { atMost, reference }: { readonly atMost: number; readonly reference: string },
): StoreCreditDecision {
  if (find(state.settled, reference) !== undefined) return accept([]);
  const amount = Math.min(state.balance + state.unspent, atMost);
  const ofUnspent = Math.max(0, amount - state.balance);
  return accept([{ type: 'taken_back', amount, reference, ...(ofUnspent > 0 ? { ofUnspent } : {}) }]);
}

/** Books off what is left once its time is over; nothing before that, nor where nothing is left. */
export function expire(state: StoreCredit, at: Instant): StoreCreditDecision {
  const isDue = !state.closed && hasExpired(state, at) && state.balance > 0;
  return accept(isDue ? [{ type: 'expired', unspent: state.balance }] : []);
}

/** Ends a credit for good, for instance where its code was lost or stolen; what is left is forfeited. */
export function close(state: StoreCredit, note: string): StoreCreditDecision {
  return state.closed ? refuse('credit_closed') : accept([{ type: 'closed', forfeited: state.balance, note }]);
}

const accept = (events: readonly StoreCreditEvent[]): StoreCreditDecision => ({ type: 'accepted', events });

const refuse = (code: StoreCreditRefusalCode, field?: string): StoreCreditRefusal => ({
  type: 'refused',
  code,
  ...(field === undefined ? {} : { field }),
});

const tooMuch = (code: StoreCreditRefusalCode, { currency }: StoreCredit, amount: number): StoreCreditRefusal => ({
  ...refuse(code, 'amount'),
  available: { amount, currency },
});
