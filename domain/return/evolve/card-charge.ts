import { unreachable } from '../../unreachable.ts';
import type { CardChargeEvent } from '../events/card-charge.ts';
import type { Opened } from '../state.ts';
import { changeClawback, payClawback } from './claw-back.ts';

/** What the buyer's card was charged with of what is owed. */
export function evolveCardCharge(state: Opened, event: CardChargeEvent): Opened {
  switch (event.type) {
    case 'consent_recorded':
      return { ...state, consent: event.consent };
    case 'charge_due': {
      const { clawback, payment, providerPaymentId, amount } = event;
      const charge = { payment, providerPaymentId, amount: amount.amount, state: 'due', providerId: null } as const;
      return changeClawback(state, clawback, () => ({ charge }));
    }
    case 'charge_succeeded':
      return payClawback(
        endCharge(state, event.clawback, { state: 'succeeded', providerId: event.providerId }),
        event.clawback,
        event.amount.amount,
      );
    case 'charge_failed':
      return endCharge(state, event.clawback, { state: 'failed', providerId: null });
    default:
      return unreachable(event);
  }
}

const endCharge = (
  state: Opened,
  clawback: string,
  end: { readonly state: 'succeeded' | 'failed'; readonly providerId: string | null },
): Opened =>
  changeClawback(state, clawback, ({ charge }) => (charge === undefined ? {} : { charge: { ...charge, ...end } }));
