import type { PaymentFacts } from '../../sale/order.ts';
import { chargeAsked } from '../card-charge.ts';
import { isForService, openClawbacks } from '../claw-back.ts';
import type { EffectOutcome, ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { isHoldOpen } from '../hold.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';
import { settledAmount } from '../status.ts';

/** The card that paid the most of it, whose owner disputes nothing. */
export const cardOf = ({ payments }: Opened): PaymentFacts | undefined =>
  payments
    .filter(({ provider, disputed, captured }) => provider === 'stripe' && !disputed && captured > 0)
    .sort((a, b) => b.captured - a.captured)[0];

/**
 * What is owed and not set off, nor taken of a hold, is charged to the card that paid, once a claim, where the policy says so
 * and its owner has agreed. What is still on its way to the buyer isn't charged back yet.
 */
export function whatChargesNeed(state: Opened): readonly ReturnEvent[] {
  const { consent, policy, currency } = state;
  if (consent === undefined || policy.refund.chargesConsented !== true || isHoldOpen(state)) return [];
  const card = cardOf(state);
  const [owed] = openClawbacks(state).filter(
    ({ charge, cause, outstanding }) =>
      charge === undefined && (isForService(cause) || outstanding <= settledAmount(state)),
  );
  if (card === undefined || owed === undefined) return [];
  const { payment, providerPaymentId } = card;
  const amount = { amount: owed.outstanding, currency };
  return [{ type: 'charge_due', clawback: owed.clawback, payment, providerPaymentId, amount }];
}

/** The buyer agrees that the card is charged, perhaps only once something is owed; said again, nothing new. */
export function recordConsent(state: Opened, { consent }: Extract<ReturnCommand, { type: 'record_consent' }>): Answer {
  if (state.gift === true) return refuse('consent_not_the_payers', 'consent');
  if (state.consent?.reference === consent.reference) return [];
  if (state.phase === 'closed') return refuse('return_closed');
  return [{ type: 'consent_recorded', consent }];
}

/** What the card's bank says to a charge. */
export function cardCharged(state: Opened, clawback: string, outcome: EffectOutcome): Answer {
  const charge = find(state.clawbacks ?? {}, clawback)?.charge;
  if (charge?.state !== 'due') return [];
  if (outcome.type === 'card_charged') {
    const amount = { amount: charge.amount, currency: state.currency };
    return [{ type: 'charge_succeeded', clawback, amount, providerId: outcome.providerId }];
  }
  if (outcome.type === 'refused') return [{ type: 'charge_failed', clawback, code: outcome.code }];
  const code = 'code' in outcome ? (outcome.code ?? null) : null;
  return raise(state, 'payment_unavailable', chargeAsked(state) ?? '', code);
}
