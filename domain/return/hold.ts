import { countUnits, type Units, withoutUnits } from '../goods/units.ts';
import { givesGoods } from '../policy/policy.ts';
import { after, type Instant } from '../time/duration.ts';
import { type EffectKind, effectKey } from './effect-key.ts';
import type { LineState, Opened } from './state.ts';

/** `wanted` until the card's bank has answered; `lapsed`: it was to be taken, and the bank doesn't keep it any more. */
export const holdStates = [
  'wanted',
  'held',
  'refused',
  'capturing',
  'captured',
  'lapsed',
  'releasing',
  'released',
] as const;

/** An amount that is kept free on the buyer's card, for goods that go out before others come back. */
export type HoldState = {
  readonly hold: string;
  /** The payment whose card it is. */
  readonly payment: string;
  readonly providerPaymentId: string;
  /** Minor units that are held, and what of it is to be taken, or was. */
  readonly amount: number;
  readonly taken: number;
  readonly state: (typeof holdStates)[number];
  readonly providerId: string | null;
  /** When it was placed: the time for the goods counts from here. */
  readonly since: Instant;
};

/** A return has one hold at most. */
export const holdId = 'H1';

export type HoldAction =
  | {
      readonly kind: 'place_hold';
      readonly hold: string;
      readonly providerPaymentId: string;
      readonly amount: number;
      readonly currency: string;
      /** The buyer's agreement. */
      readonly consent: string;
    }
  | {
      readonly kind: 'capture_hold';
      readonly hold: string;
      readonly providerId: string;
      readonly amount: number;
      readonly currency: string;
    }
  | {
      readonly kind: 'release_hold';
      readonly hold: string;
      readonly providerPaymentId: string;
      /** Null where nobody knows whether it was placed. */
      readonly providerId: string | null;
    };

/** Whether the goods that the buyer wants go out first only against a hold, or did. */
export const goesAgainstHold = ({ policy, instrument, exchange }: Opened): boolean =>
  policy.exchange?.firstAgainstHold !== undefined && givesGoods(instrument) && exchange?.state !== 'dropped';

/** What is due at the card's bank; null where nothing is. */
export function holdAction({ hold, consent, currency }: Opened): HoldAction | null {
  if (hold === undefined) return null;
  const { hold: id, providerPaymentId, providerId, amount, taken } = hold;
  switch (hold.state) {
    case 'wanted':
      return {
        ...{ kind: 'place_hold', hold: id, providerPaymentId, amount, currency },
        consent: consent?.reference ?? '',
      };
    case 'capturing':
      return { kind: 'capture_hold', hold: id, providerId: providerId ?? '', amount: taken, currency };
    case 'releasing':
      return { kind: 'release_hold', hold: id, providerPaymentId, providerId };
    default:
      return null;
  }
}

/** Names the effect that is due at the card's bank; null where none is. */
export function holdAsked(state: Opened): string | null {
  const action = holdAction(state);
  return action === null ? null : effectKey(action.kind satisfies EffectKind, action.hold);
}

/** The hold is not yet decided on, or not yet gone. */
export const isHoldOpen = ({ hold }: Opened): boolean =>
  hold !== undefined && ['wanted', 'held', 'capturing', 'releasing'].includes(hold.state);

/** Claims that are being taken from the hold: nothing else ends them until that is known. */
export const isBeingTaken = ({ hold }: Opened): boolean => hold?.state === 'capturing';

/** Units of a line that were settled in advance and have not come. */
export const awaitedInAdvance = ({ units, advancedUnits = [] }: LineState): Units =>
  withoutUnits(advancedUnits, withoutUnits(advancedUnits, units));

/** By when goods that were settled against a hold are to be here; null where none are waited for. */
export function holdDueAt(state: Opened): Instant | null {
  const { hold, policy, lines, exchange } = state;
  const terms = policy.exchange?.firstAgainstHold;
  if (hold?.state !== 'held' || terms === undefined || exchange?.state === 'dropped') return null;
  const waits = Object.values(lines).some((line) => countUnits(awaitedInAdvance(line)) > 0);
  return waits ? after(hold.since, terms.goodsWithin) : null;
}
