import { unreachable } from '../../unreachable.ts';
import { allowsResolution } from '../attention.ts';
import type { Resolution, ReturnCommand } from '../commands.ts';
import { effectKey, parseEffectKey } from '../effect-key.ts';
import type { RefundLeg, ReturnEvent } from '../events.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { AttentionState, Opened, RefundState } from '../state.ts';
import { isPartOf } from './discrepancies.ts';

/** A person settles what the engine could not decide; what follows is recorded with it. */
export function attend(state: Opened, command: Extract<ReturnCommand, { type: 'resolve' }>): Answer {
  const attention = state.attention[command.attention];
  if (attention === undefined) return refuse('unknown_attention', 'attention');
  const { resolution, note } = command;
  if (!allowsResolution(attention.reason, resolution)) {
    return refuse('resolution_not_allowed', 'resolution', { reason: attention.reason, resolution });
  }
  return [
    { type: 'attention_resolved', attention: attention.attention, resolution, note },
    ...consequences(state, attention, resolution),
  ];
}

function consequences(state: Opened, attention: AttentionState, resolution: Resolution): ReturnEvent[] {
  const { reason, subject } = attention;
  switch (reason) {
    case 'review':
    case 'receipt_late':
    case 'carrier_exception':
    case 'over_receipt':
    case 'wrong_item':
    case 'damaged_in_transit':
    case 'inspection_late':
    case 'disposition_late':
      return [];
    case 'label_unavailable':
    case 'label_refused':
      return resolution === 'retry' ? retry(effectKey('buy_label', subject)) : [];
    case 'pickup_unavailable':
      return resolution === 'retry' ? retry(effectKey('book_pickup', subject)) : abandonPickup(state, subject);
    case 'void_failed':
      return resolution === 'retry' ? retry(subject) : keepBought(subject);
    case 'claim_failed':
      return resolution === 'retry'
        ? retry(effectKey('open_claim', subject))
        : [{ type: 'claim_dropped', parcel: subject }];
    case 'parcel_lost':
      return resolution === 'await'
        ? [{ type: 'parcel_awaited', parcel: subject }]
        : missing(state, null, resolution === 'accept');
    case 'empty_box':
      return resolution === 'missing' ? missing(state, null, false) : [];
    case 'short':
      return resolution === 'missing' ? missing(state, subject, false) : [];
    case 'units_not_held':
      return resolution === 'retry' ? retry(effectKey('reserve_units', subject)) : judge(state, subject, false);
    case 'not_authorized':
    case 'lot_mismatch':
    case 'serial_mismatch':
      return judge(state, subject, resolution === 'accept');
    case 'payment_unavailable':
      return retry(effectKey('refund', subject));
    case 'refund_failed':
    case 'payment_disputed':
    case 'refund_over_payment':
      return payOtherwise(state, subject, resolution);
    case 'reconciliation':
      return [{ type: 'reconciliation_retried' }];
    default:
      return unreachable(reason);
  }
}

const retry = (effect: string): ReturnEvent[] => [{ type: 'effect_retried', effect }];

function abandonPickup(state: Opened, pickup: string): ReturnEvent[] {
  const parcel = state.pickups[pickup]?.parcel;
  if (parcel === undefined) return [];
  return [
    { type: 'pickup_failed', pickup, cause: 'refused' },
    { type: 'pickup_abandoned', parcel },
  ];
}

function keepBought(effect: string): ReturnEvent[] {
  const { kind, subject } = parseEffectKey(effect);
  return kind === 'void_label'
    ? [{ type: 'label_voided', parcel: subject, voided: false }]
    : [{ type: 'pickup_cancelled', pickup: subject, cancelled: false }];
}

/** What is outstanding, on one line or on all, will not come; it is settled all the same where we bear the loss. */
function missing(state: Opened, only: string | null, compensated: boolean): ReturnEvent[] {
  return Object.values(state.lines)
    .filter((line) => line.outstanding > 0 && (only === null || line.line === only))
    .map(({ line, units }) => ({ type: 'line_missing', line, units, compensated }));
}

function judge(state: Opened, subject: string, accepted: boolean): ReturnEvent[] {
  return Object.values(state.items)
    .filter((item) => isPartOf(item.item, subject) && item.acceptance === 'pending')
    .map(({ item }) => ({ type: accepted ? 'item_accepted' : 'item_rejected', item }));
}

/** A refund that failed for good is tried anew under a new reference, becomes store credit, or is written off. */
function payOtherwise(state: Opened, subject: string, resolution: Resolution): ReturnEvent[] {
  const refund = state.refunds[subject];
  if (refund === undefined || refund.state !== 'failed') return [];
  if (resolution === 'write_off') return [{ type: 'refund_written_off', refund: subject }];
  const by = resolution === 'store_credit' ? creditInstead(state, refund) : sameAgain(state, refund);
  const replaced: ReturnEvent = { type: 'refund_replaced', refund: subject, by };
  if (by.to !== 'store_credit') return [replaced];
  return [replaced, { type: 'refund_succeeded', refund: by.refund, providerId: null }];
}

const creditInstead = (state: Opened, { amount, settlement }: RefundState): RefundLeg => ({
  refund: nextRefund(state, settlement),
  to: 'store_credit',
  payment: null,
  providerPaymentId: null,
  amount,
});

const sameAgain = (state: Opened, { to, payment, providerPaymentId, amount, settlement }: RefundState): RefundLeg => ({
  refund: nextRefund(state, settlement),
  to,
  payment,
  providerPaymentId,
  amount,
});

function nextRefund(state: Opened, settlement: string): string {
  const count = Object.values(state.refunds).filter((refund) => refund.settlement === settlement).length;
  return `${settlement}-${count + 1}`;
}
