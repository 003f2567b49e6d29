import { uncountedChargeback } from '../../money/dispute.ts';
import { allocate } from '../../money/settlement.ts';
import { givesGoods, type Instrument } from '../../policy/policy.ts';
import type { PaymentFacts } from '../../sale/order.ts';
import type { Instant } from '../../time/duration.ts';
import type { AttentionReason } from '../attention.ts';
import { openClawbacks } from '../claw-back.ts';
import type { RefundOutcome, Resolution, ReturnCommand } from '../commands.ts';
import type { RefundLeg } from '../events/money.ts';
import type { ReturnEvent } from '../events.ts';
import { lackOf } from '../exchange.ts';
import { find } from '../find.ts';
import { fold } from '../fold.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened, RefundState } from '../state.ts';

/**
 * The refunds that an amount of a settlement becomes, and what is known of them at once: what the buyer has through a
 * chargeback counts as paid; what the buyer owes is set off; the share of a disputed payment waits for the dispute's end,
 * also where it would be store credit; goods take what they still lack, other goods in the place of payments as far as these
 * have room, and the rest is paid; store credit is given by
 * ourselves in the place of payments, as far as they have room, and a credit memo issued; what no payment can take
 * waits for a person, or is store credit too where the buyer agreed. What was paid with store credit goes back to that before
 * other payments get anything. Who was given the goods gets store credit in the place of money: what the giver paid with is
 * the giver's.
 *
 * @param first the payment that is to be filled before the others
 * @param beyond a person gives store credit also for what no payment has room for
 */
export function payOut(
  state: Opened,
  settlement: string,
  amount: number,
  asked: Instrument,
  first: string | null = null,
  beyond = false,
): { legs: RefundLeg[]; events: ReturnEvent[] } {
  const before = Object.values(state.refunds).filter((refund) => refund.settlement === settlement).length;
  const instrument = asked === 'original' ? moneyOf(state) : asked;
  const legs: RefundLeg[] = [];
  const events: ReturnEvent[] = [];
  let left = amount;
  const add = (to: RefundLeg['to'], of: Paid | null, share: number, clawback?: string): string => {
    const refund = `${settlement}-${before + legs.length + 1}`;
    const { payment = null, providerPaymentId = null } = of ?? {};
    const set = clawback === undefined ? {} : { clawback };
    legs.push({ refund, to, payment, providerPaymentId, amount: share, ...set });
    left -= share;
    return refund;
  };
  const ask = (reason: AttentionReason, subject: string) => {
    const isAsked = events.some((event) => event.type === 'attention_raised' && event.subject === subject);
    const raised = events.filter(({ type }) => type === 'attention_raised').length;
    if (!isAsked) events.push(...raise(state, reason, subject, null, raised));
  };

  const credit = (of: PaymentFacts | null, share: number) => {
    const inPlaceOf = of === null ? null : { ...of, providerPaymentId: null };
    events.push({ type: 'refund_succeeded', refund: add('store_credit', inPlaceOf, share), providerId: null });
  };

  const rank = ({ payment, provider }: PaymentFacts) => (payment === first ? 2 : provider === 'store_credit' ? 1 : 0);
  const ranked = [...state.payments].sort((a, b) => rank(b) - rank(a));
  for (const payment of ranked) {
    const share = Math.min(left, uncountedChargeback(payment));
    if (share <= 0) continue;
    events.push({ type: 'refund_succeeded', refund: add('chargeback', payment, share), providerId: null });
  }
  for (const { clawback, outstanding } of openClawbacks(state)) {
    const share = Math.min(left, outstanding);
    if (share <= 0) continue;
    events.push({ type: 'refund_succeeded', refund: add('offset', null, share, clawback), providerId: null });
  }
  for (const { payment, amount: share } of allocate(left, ranked).legs) {
    if (payment.disputed) {
      events.push({ type: 'refund_frozen', refund: add('payment', payment, share) });
      ask('payment_disputed', payment.payment);
    } else if (instrument === 'original') add('payment', payment, share);
    else if (instrument === 'store_credit') credit(payment, share);
  }
  if (givesGoods(instrument)) {
    const goods = Math.min(left, lackOf(state));
    const paying = ranked.filter(({ disputed }) => !disputed);
    const inPlace = state.exchange?.kind === 'exchange' ? allocate(goods, paying).legs : [];
    for (const { payment, amount: share } of inPlace) add('exchange', { ...payment, providerPaymentId: null }, share);
    if (goods > 0 && (state.exchange?.kind !== 'exchange' || paying.length === 0)) add('exchange', null, goods);
    const gone = new Map(inPlace.map(({ payment, amount: share }) => [payment.payment, share]));
    const withLess = paying.map((each) => ({
      ...each,
      credited: (each.credited ?? 0) + (gone.get(each.payment) ?? 0),
    }));
    for (const { payment, amount: rest } of allocate(left, withLess).legs) {
      if (moneyOf(state) === 'store_credit') credit(payment, rest);
      else add('payment', payment, rest);
    }
  }
  if (left === 0) return { legs, events };
  const isCredit = instrument === 'store_credit' && (beyond || state.payments.length === 0);
  if (isCredit || (instrument !== 'credit_memo' && takesCredit(state))) credit(null, left);
  else if (instrument === 'credit_memo') {
    add('credit_memo', null, left);
  } else {
    const rest = add('nowhere', null, left);
    events.push({ type: 'refund_failed', refund: rest, code: 'refund_over_payment' });
    ask('refund_over_payment', rest);
  }
  return { legs, events };
}

type Paid = { readonly payment: string; readonly providerPaymentId: string | null };

/** What is paid where it isn't goods. */
const moneyOf = ({ gift }: Opened): Instrument => (gift === true ? 'store_credit' : 'original');

/** A refund that failed for good is tried anew under a new reference, becomes store credit, or is written off. */
export function payOtherwise(state: Opened, subject: string, resolution: Resolution): ReturnEvent[] {
  const refund = find(state.refunds, subject);
  if (refund === undefined || refund.state !== 'failed') return [];
  if (resolution === 'write_off') return [{ type: 'refund_written_off', refund: subject }];
  const again = refund.to === 'credit_memo' ? 'credit_memo' : 'original';
  const instrument = resolution === 'store_credit' ? 'store_credit' : again;
  const { settlement, amount, payment } = refund;
  const { legs, events } = payOut(state, settlement, amount, instrument, payment, resolution === 'store_credit');
  return [{ type: 'refund_replaced', refund: subject, by: legs }, ...events];
}

/** News of a refund from its provider; a closed return comes back to life when its refund turns out to have failed. */
export function refundUpdated(
  state: Opened,
  command: Extract<ReturnCommand, { type: 'refund_update' }>,
  at: Instant,
): Answer {
  const refund = find(state.refunds, command.refund);
  if (refund?.to !== 'payment' && refund?.to !== 'credit_memo') return refuse('unknown_refund', 'refund');
  const { status, providerId, code = 'failed_at_provider' } = command;
  const events = refundHeard(state, refund, { status, providerId, code }, at);
  return state.phase === 'closed' && events.length > 0 ? [{ type: 'reopened' }, ...events] : events;
}

type Word = { readonly status: RefundOutcome; readonly providerId: string; readonly code: string };

/** What a provider's word on a refund changes, whichever way and however often it reaches us. */
export function refundHeard(
  state: Opened,
  refund: RefundState,
  { status, providerId, code }: Word,
  at: Instant,
): ReturnEvent[] {
  const open = refund.state === 'due' || refund.state === 'requested';
  if (status === 'pending') {
    return refund.state === 'due' ? [{ type: 'refund_requested', refund: refund.refund, providerId }] : [];
  }
  if (status === 'succeeded') {
    return open ? [{ type: 'refund_succeeded', refund: refund.refund, providerId }] : [];
  }
  // A bank may send a refund back days after the provider called it a success.
  if (!open && refund.state !== 'succeeded') return [];
  const failed: ReturnEvent = { type: 'refund_failed', refund: refund.refund, code };
  const now = fold(state, [{ at, by: '', event: failed }]) as Opened;
  if (ofDispute.includes(code)) return [failed, ...waitForDispute(now, refund)];
  if (refund.to === 'payment' && takesCredit(state)) return [failed, ...credit(now, refund)];
  return [failed, ...raise(state, 'refund_failed', refund.refund, code)];
}

/** Whether money that can't be refunded becomes store credit without asking anybody: the buyer was asked. */
const takesCredit = ({ acceptsStoreCredit, policy, gift }: Opened): boolean =>
  gift === true || (acceptsStoreCredit === true && policy.refund.fallback === 'store_credit');

/** Store credit in the place of a refund that failed, less what the buyer owes by now. */
function credit(state: Opened, { refund, settlement, amount, payment }: RefundState): ReturnEvent[] {
  const { legs, events } = payOut(state, settlement, amount, 'store_credit', payment);
  return [{ type: 'refund_replaced', refund, by: legs }, ...events];
}

/** The provider's word for a refund that failed because its payment is disputed: asked at once, or while it was pending. */
const ofDispute: readonly string[] = ['payment_disputed', 'charge_disputed'];

/** Another refund in its place waits, under a reference of its own, as the provider has said no to this one. */
function waitForDispute(state: Opened, { refund, settlement, amount, payment }: RefundState): ReturnEvent[] {
  const payments = state.payments.map((each) => (each.payment === payment ? { ...each, disputed: true } : each));
  const { legs, events } = payOut({ ...state, payments }, settlement, amount, 'original', payment);
  return [{ type: 'refund_replaced', refund, by: legs }, ...events];
}

/** Payments as they are now; told again, they change nothing. */
export function refreshPayments(state: Opened, payments: readonly PaymentFacts[]): readonly ReturnEvent[] {
  return JSON.stringify(payments) === JSON.stringify(state.payments) ? [] : [{ type: 'payments_refreshed', payments }];
}
