import { countUnits, joinUnits, type Units } from '../goods/units.ts';
import type { Instant } from '../time/duration.ts';
import { type ChargeAction, chargeAction } from './card-charge.ts';
import { type ClaimKind, type ClaimState, claimsOf } from './claims.ts';
import { creditAsked, creditToTake } from './claw-back.ts';
import { type EffectKind, effectKey } from './effect-key.ts';
import { bySku, type GoodsOut } from './exchange.ts';
import { type HoldAction, holdAction } from './hold.ts';
import { type RepayAction, repayActions } from './paid-repair.ts';
import { isAskedAbout, isRaised } from './raise.ts';
import type { LineState, Opened, ParcelState, ReturnState } from './state.ts';

/** Something due in the outside world. `id` is new each time a person sends it back to work; `key` stays. */
export type Effect = { readonly id: string; readonly key: string } & EffectAction;

export type EffectAction =
  | ChargeAction
  | HoldAction
  | RepayAction
  | {
      readonly kind: 'buy_label';
      readonly parcel: string;
      readonly refusals: number;
      readonly weightGrams: number;
      readonly method: 'drop_off' | 'pickup';
    }
  | {
      readonly kind: 'void_label';
      readonly parcel: string;
      readonly refusals: number;
      readonly providerId: string | null;
    }
  | {
      readonly kind: 'book_pickup';
      readonly pickup: string;
      readonly parcel: string;
      readonly labelProviderId: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
    }
  | {
      readonly kind: 'cancel_pickup';
      readonly pickup: string;
      readonly providerId: string | null;
      /** A trip of ours is told, not a carrier. */
      readonly ride?: { readonly trip: string; readonly load: string };
    }
  | {
      readonly kind: 'open_claim';
      readonly claim: string;
      readonly of: ClaimKind;
      readonly round: number;
      readonly trackingNumber: string;
      readonly amount: number;
      readonly currency: string;
    }
  | {
      readonly kind: 'withdraw_claim';
      readonly claim: string;
      readonly round: number;
      readonly providerId: string | null;
    }
  | {
      readonly kind: 'reserve_units';
      readonly line: string;
      readonly orderLine: string;
      readonly total: number;
      readonly known: Units;
    }
  | {
      readonly kind: 'refund';
      readonly refund: string;
      readonly providerPaymentId: string;
      readonly amount: number;
      readonly currency: string;
      /** It was paid with a credit of ours. */
      readonly ofCredit?: true;
    }
  | {
      readonly kind: 'issue_credit_memo';
      readonly refund: string;
      readonly settlement: string;
      readonly amount: number;
      readonly currency: string;
    }
  | { readonly kind: 'reserve_stock'; readonly exchange: string; readonly goods: readonly GoodsOut[] }
  | {
      readonly kind: 'take_back_credit';
      readonly clawback: string;
      readonly refund: string;
      readonly atMost: number;
    }
  /** Frees what was reserved, but for what was shipped. */
  | { readonly kind: 'release_stock'; readonly exchange: string; readonly shipped: readonly GoodsOut[] };

/**
 * What is due now, in the order of the process. Pure: the same state wants the same effects, so a crash between an
 * effect and its outcome starts it again under the same id, and the provider is asked for our reference.
 */
export function effects(state: ReturnState): readonly Effect[] {
  if (state.phase === 'initial' || state.phase === 'closed') return [];
  return [
    ...unitsToReserve(state),
    ...parcelEffects(state),
    ...pickupEffects(state),
    ...refundsDue(state),
    ...stockEffects(state),
    ...creditEffects(state),
    ...cardEffects(state),
  ];
}

function effect(state: Opened, subject: string, action: EffectAction): Effect {
  const key = effectKey(action.kind satisfies EffectKind, subject);
  return { ...action, key, id: `${key}#${state.retries[key] ?? 0}` };
}

function parcelEffects(state: Opened): Effect[] {
  return Object.values(state.parcels).flatMap((parcel): Effect[] => {
    const subject = parcel.parcel;
    if (
      parcel.label === 'wanted' &&
      parcel.method !== 'unannounced' &&
      !isRaised(state, 'label_unavailable', subject)
    ) {
      return [
        effect(state, subject, {
          kind: 'buy_label',
          parcel: subject,
          refusals: parcel.refusals,
          weightGrams: weightOf(state),
          method: parcel.method,
        }),
      ];
    }
    if (parcel.label === 'withdrawn' && !isRaised(state, 'void_failed', effectKey('void_label', subject))) {
      return [
        effect(state, subject, {
          kind: 'void_label',
          parcel: subject,
          refusals: parcel.refusals,
          providerId: parcel.providerId,
        }),
      ];
    }
    return claimsOf(state)
      .filter((claim) => claim.parcel === subject)
      .flatMap((claim) => claimEffects(state, claim, parcel));
  });
}

function claimEffects(state: Opened, claim: ClaimState, { trackingNumber, lost }: ParcelState): Effect[] {
  const { claim: subject, kind: of, round, amount, providerId } = claim;
  const isDue = claim.state === 'wanted' && (of === 'damaged' || lost) && amount > 0;
  if (isDue && trackingNumber !== null && !isRaised(state, 'claim_failed', subject)) {
    const { currency } = state;
    return [
      effect(state, subject, { kind: 'open_claim', claim: subject, of, round, trackingNumber, amount, currency }),
    ];
  }
  if (claim.state === 'withdrawing' && !isRaised(state, 'void_failed', effectKey('withdraw_claim', subject))) {
    return [effect(state, subject, { kind: 'withdraw_claim', claim: subject, round, providerId })];
  }
  return [];
}

function pickupEffects(state: Opened): Effect[] {
  return Object.values(state.pickups).flatMap((pickup): Effect[] => {
    const { pickup: subject, parcel, windowStart, windowEnd, providerId, trip, load } = pickup;
    const labelProviderId = state.parcels[parcel]?.providerId ?? null;
    if (pickup.state === 'wanted' && labelProviderId !== null && !isRaised(state, 'pickup_unavailable', subject)) {
      return [
        effect(state, subject, {
          kind: 'book_pickup',
          pickup: subject,
          parcel,
          labelProviderId,
          windowStart,
          windowEnd,
        }),
      ];
    }
    if (pickup.state === 'withdrawn' && !isRaised(state, 'void_failed', effectKey('cancel_pickup', subject))) {
      const ride = trip === undefined || load === undefined ? {} : { ride: { trip, load } };
      return [effect(state, subject, { kind: 'cancel_pickup', pickup: subject, providerId, ...ride })];
    }
    return [];
  });
}

function refundsDue(state: Opened): Effect[] {
  return Object.values(state.refunds).flatMap((refund): Effect[] => {
    const { refund: subject, settlement, providerPaymentId, amount } = refund;
    const { currency } = state;
    if (refund.state !== 'due' || isRaised(state, 'payment_unavailable', subject)) return [];
    if (refund.to === 'credit_memo') {
      return [effect(state, subject, { kind: 'issue_credit_memo', refund: subject, settlement, amount, currency })];
    }
    if (refund.to !== 'payment' || providerPaymentId === null) return [];
    const paid = state.payments.find(({ payment }) => payment === refund.payment);
    const ofCredit = paid?.provider === 'store_credit' ? ({ ofCredit: true } as const) : {};
    return [
      effect(state, subject, { kind: 'refund', refund: subject, providerPaymentId, amount, currency, ...ofCredit }),
    ];
  });
}

function stockEffects(state: Opened): Effect[] {
  const { exchange } = state;
  if (exchange === undefined) return [];
  const { exchange: subject, stock, toShip: shipped } = exchange;
  const kind = stock === 'wanted' ? 'reserve_stock' : stock === 'releasing' ? 'release_stock' : null;
  if (kind === null || isRaised(state, 'stock_unavailable', effectKey(kind, subject))) return [];
  if (kind === 'reserve_stock' && isRaised(state, 'exchange_stopped', subject)) return [];
  return [
    kind === 'reserve_stock'
      ? effect(state, subject, { kind, exchange: subject, goods: bySku(exchange.goods) })
      : effect(state, subject, { kind, exchange: subject, shipped }),
  ];
}

/** One credit at a time, as what is left to take follows from what the one before still had. */
function creditEffects(state: Opened): Effect[] {
  const ask = creditToTake(state);
  if (ask === null || isRaised(state, 'payment_unavailable', creditAsked(state) ?? '')) return [];
  return [effect(state, `${ask.clawback}:${ask.refund}`, { kind: 'take_back_credit', ...ask })];
}

function cardEffects(state: Opened): Effect[] {
  const [hold, charge] = [holdAction(state), chargeAction(state)];
  return [
    ...(hold === null ? [] : [effect(state, hold.hold, hold)]),
    ...(charge === null ? [] : [effect(state, charge.clawback, charge)]),
    ...repayActions(state).map((repayment) => effect(state, repayment.item, repayment)),
  ].filter(({ kind, key }) => {
    const mayMoveMoney = kind === 'capture_hold' || kind === 'charge_card' || kind === 'repay_charge';
    return !isRaised(state, mayMoveMoney ? 'payment_unavailable' : 'hold_unavailable', key);
  });
}

/** One reservation a line at a time: each is asked with all that the line is known to hold. */
function unitsToReserve(state: Opened): Effect[] {
  const waiting = Object.values(state.items).filter((item) => item.reserving);
  return Object.values(state.lines).flatMap((line): Effect[] => {
    if (line.reserving && !isRaised(state, 'units_not_held', line.line)) {
      return [effect(state, line.line, reservation(line, holdsOf(state, line), unitsWanted(line)))];
    }
    const item = waiting.find((each) => each.line === line.line && !isAskedAbout(state, 'units_not_held', each.item));
    if (item === undefined) return [];
    const more = item.quantity - countUnits(item.units);
    return [effect(state, item.item, reservation(line, holdsOf(state, line), more))];
  });
}

/** How many units a line waits for: after an override all that were cancelled, else as many as its quantity was raised by. */
export const unitsWanted = ({ cancelled, raisedBy = cancelled }: LineState): number => Math.min(raisedBy, cancelled);

const reservation = (line: LineState, known: Units, more: number): EffectAction => ({
  kind: 'reserve_units',
  line: line.line,
  orderLine: line.sold.orderLine,
  total: countUnits(known) + more,
  known,
});

/** Every unit of the order line that the return holds or has consumed: what no other return may take. */
export function holdsOf(state: Opened, line: LineState): Units {
  return Object.values(state.items)
    .filter((item) => item.line === line.line)
    .map((item) => item.units)
    .reduce(joinUnits, [line.units, line.missingUnits, line.compensatedUnits, line.keptUnits].reduce(joinUnits));
}

const weightOf = (state: Opened): number =>
  Object.values(state.lines).reduce((sum, line) => sum + line.sold.unitWeightGrams * line.outstanding, 0);
