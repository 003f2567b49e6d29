import type { PaymentFacts } from '../../order.ts';
import type { Instrument } from '../../policy.ts';
import { allocate } from '../../settlement.ts';
import type { RefundOutcome, Resolution, ReturnCommand } from '../commands.ts';
import type { RefundLeg, ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened, RefundState } from '../state.ts';

/**
 * The refunds that an amount of a settlement becomes, and what is known of them at once: store credit is given by
 * ourselves, and what no payment can take waits for a person.
 *
 * @param first the payment that is to be filled before the others
 */
export function payOut(
  state: Opened,
  settlement: string,
  amount: number,
  instrument: Instrument,
  first: string | null = null,
): { legs: RefundLeg[]; events: ReturnEvent[] } {
  const before = Object.values(state.refunds).filter((refund) => refund.settlement === settlement).length;
  const leg = (number: number, to: RefundLeg['to'], of: PaymentFacts | null, share: number): RefundLeg => ({
    refund: `${settlement}-${before + number}`,
    to,
    payment: of?.payment ?? null,
    providerPaymentId: of?.providerPaymentId ?? null,
    amount: share,
  });
  if (instrument === 'store_credit') {
    if (amount === 0) return { legs: [], events: [] };
    const credit = leg(1, 'store_credit', null, amount);
    return { legs: [credit], events: [{ type: 'refund_succeeded', refund: credit.refund, providerId: null }] };
  }
  const ranked = [...state.payments].sort((a, b) => Number(b.payment === first) - Number(a.payment === first));
  const { legs: paid, shortfall } = allocate(amount, ranked);
  const legs = paid.map(({ payment, amount: share }, index) => leg(index + 1, 'payment', payment, share));
  if (shortfall === 0) return { legs, events: [] };
  const rest = leg(legs.length + 1, 'nowhere', null, shortfall);
  const code = state.payments.some((payment) => payment.disputed) ? 'payment_disputed' : 'refund_over_payment';
  return {
    legs: [...legs, rest],
    events: [{ type: 'refund_failed', refund: rest.refund, code }, ...raise(state, code, rest.refund)],
  };
}

/** A refund that failed for good is tried anew under a new reference, becomes store credit, or is written off. */
export function payOtherwise(state: Opened, subject: string, resolution: Resolution): ReturnEvent[] {
  const refund = find(state.refunds, subject);
  if (refund === undefined || refund.state !== 'failed') return [];
  if (resolution === 'write_off') return [{ type: 'refund_written_off', refund: subject }];
  const instrument = resolution === 'store_credit' ? 'store_credit' : 'original';
  const { legs, events } = payOut(state, refund.settlement, refund.amount, instrument, refund.payment);
  return [{ type: 'refund_replaced', refund: subject, by: legs }, ...events];
}

/** News of a refund from its provider; a closed return comes back to life when its refund turns out to have failed. */
export function refundUpdated(state: Opened, command: Extract<ReturnCommand, { type: 'refund_update' }>): Answer {
  const refund = find(state.refunds, command.refund);
  if (refund === undefined || refund.to !== 'payment') return refuse('unknown_refund', 'refund');
  const events = refundHeard(state, refund, command.status, command.providerId, 'failed_at_provider');
  return state.phase === 'closed' && events.length > 0 ? [{ type: 'reopened' }, ...events] : events;
}

/** What a provider's word on a refund changes, whichever way and however often it reaches us. */
export function refundHeard(
  state: Opened,
  refund: RefundState,
  status: RefundOutcome,
  providerId: string,
  code: string,
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
  const reason = code === 'payment_disputed' ? 'payment_disputed' : 'refund_failed';
  return [{ type: 'refund_failed', refund: refund.refund, code }, ...raise(state, reason, refund.refund, code)];
}

/** Payments as they are now; told again, they change nothing. */
export function refreshPayments(state: Opened, payments: readonly PaymentFacts[]): readonly ReturnEvent[] {
  return JSON.stringify(payments) === JSON.stringify(state.payments) ? [] : [{ type: 'payments_refreshed', payments }];
}
