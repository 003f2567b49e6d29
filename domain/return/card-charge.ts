import { type EffectKind, effectKey } from './effect-key.ts';
import type { ClawbackState, Opened } from './state.ts';

export const chargeStates = ['due', 'succeeded', 'failed'] as const;

/** What of a claim is charged to the buyer's card: once a claim. */
export type ChargeState = {
  /** The payment whose card it is. */
  readonly payment: string;
  readonly providerPaymentId: string;
  /** Minor units. */
  readonly amount: number;
  readonly state: (typeof chargeStates)[number];
  readonly providerId: string | null;
};

export type ChargeAction = {
  readonly kind: 'charge_card';
  readonly clawback: string;
  readonly providerPaymentId: string;
  readonly amount: number;
  readonly currency: string;
  /** The buyer's agreement. */
  readonly consent: string;
};

/** A claim that is being charged: nothing else ends it until that is known. */
export const isBeingCharged = ({ charge }: ClawbackState): boolean => charge?.state === 'due';

/** What is due at the card's bank for claims, one at a time; null where nothing is. */
export function chargeAction({ clawbacks = {}, consent, currency }: Opened): ChargeAction | null {
  const due = Object.values(clawbacks).find(isBeingCharged);
  if (due?.charge === undefined) return null;
  const { providerPaymentId, amount } = due.charge;
  const of = { clawback: due.clawback, providerPaymentId, amount, currency };
  return { kind: 'charge_card', ...of, consent: consent?.reference ?? '' };
}

/** Names the effect that is due for claims; null where none is. */
export function chargeAsked(state: Opened): string | null {
  const action = chargeAction(state);
  return action === null ? null : effectKey(action.kind satisfies EffectKind, action.clawback);
}
