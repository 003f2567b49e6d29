import { unreachable } from '../../unreachable.ts';
import { awaitsSecond } from '../agreement.ts';
import { chargeAsked } from '../card-charge.ts';
import { creditAsked } from '../claw-back.ts';
import { parseEffectKey } from '../effect-key.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { holdAsked } from '../hold.ts';
import { isPartOf } from '../item-id.ts';
import { repaymentsAsked } from '../paid-repair.ts';
import { awaitsHandover, outstanding } from '../parcel.ts';
import type { AttentionState, Opened } from '../state.ts';
import { settledTooHigh } from './adjust.ts';
import { dropClaim } from './claim.ts';
import { frozenOn } from './disputed.ts';
import { awaitsNewShipment } from './new-shipment.ts';
import { awaitsQuote } from './paid-repair.ts';
import { hasRecalled } from './recall.ts';

/** Takes out of the people's queue what has settled itself: the late goods came, the item was inspected after all. */
export function resolveMoot(state: Opened): readonly ReturnEvent[] {
  return Object.values(state.attention)
    .filter((open) => isMoot(state, open))
    .flatMap(({ attention, reason, subject }): ReturnEvent[] => {
      const resolved = { type: 'attention_resolved', attention, resolution: 'acknowledge', note: null } as const;
      const claimed = reason === 'claim_failed' && state.claims?.[subject]?.state === 'wanted';
      return claimed ? [resolved, ...dropClaim(state, subject)] : [resolved];
    });
}

function isMoot(state: Opened, { reason, subject }: AttentionState): boolean {
  const item = state.items[subject];
  const parcel = state.parcels[subject];
  const claim = state.claims?.[subject];
  const nothingComes = outstanding(state) === 0;
  switch (reason) {
    case 'review':
      return Object.values(state.lines).every((line) => line.verdict !== 'needs_review' || line.outstanding === 0);
    case 'receipt_late':
      return !awaitsHandover(state) || !state.escalated;
    case 'label_unavailable':
    case 'label_refused':
      return nothingComes || parcel?.received === true || (parcel?.label !== 'wanted' && parcel?.label !== 'refused');
    case 'empty_box':
      return nothingComes;
    case 'pickup_unavailable':
      return state.pickups[subject]?.state !== 'wanted';
    case 'short':
      return (state.lines[subject]?.outstanding ?? 0) === 0;
    case 'parcel_lost':
      return nothingComes || parcel?.lost === false;
    case 'carrier_exception':
      return nothingComes || parcel?.received === true;
    case 'inspection_late':
      return item === undefined || item.stage !== 'received';
    case 'second_inspection':
      return Object.values(state.items).every((each) => !isPartOf(each.item, subject) || !awaitsSecond(state, each));
    case 'disposition_late':
      return item === undefined || item.stage !== 'disposing' || item.execution != null;
    case 'goods_recalled':
      return !hasRecalled(state);
    case 'payment_disputed':
      return state.refunds[subject]?.state !== 'failed' && frozenOn(state, subject).length === 0;
    case 'refund_failed':
    case 'refund_over_payment':
      return state.refunds[subject]?.state !== 'failed';
    case 'payment_unavailable':
      return (
        state.refunds[subject]?.state !== 'due' &&
        ![creditAsked(state), holdAsked(state), chargeAsked(state), ...repaymentsAsked(state)].includes(subject)
      );
    case 'hold_unavailable':
      return holdAsked(state) !== subject;
    case 'void_failed':
      return wasGivenBack(state, subject);
    case 'new_shipment_due':
      return !awaitsNewShipment(state);
    case 'claim_failed':
      return claim?.state !== 'wanted' || (claim.kind === 'lost' && state.parcels[claim.parcel]?.lost !== true);
    case 'claim_unanswered':
      return claim?.state !== 'opened';
    case 'settlement_differs':
      return settledTooHigh(state, subject).length === 0;
    case 'clawback_unpaid':
      return find(state.clawbacks ?? {}, subject)?.state !== 'open';
    case 'stock_unavailable':
      return !waitsForStock(state, subject);
    case 'exchange_stopped':
      return state.exchange?.stock !== 'wanted';
    case 'exchange_late':
      return state.exchange?.state !== 'ready';
    case 'repair_quote_due':
      return !awaitsQuote(state, subject);
    case 'repair_repayment':
      return (item?.paidRepair?.repay ?? 0) === 0;
    case 'exchange_repayment':
      return (state.exchange?.paid ?? 0) === 0;
    case 'reconciliation':
      return state.disagreements.length === 0;
    case 'over_receipt':
    case 'wrong_item':
    case 'damaged_in_transit':
      return Object.keys(state.items).every((each) => !isPartOf(each, subject));
    case 'claim_obsolete':
      return false;
    case 'units_not_held':
      return state.lines[subject] === undefined && isRejected(state, subject);
    case 'not_authorized':
    case 'lot_mismatch':
    case 'serial_mismatch':
      return isRejected(state, subject);
    default:
      return unreachable(reason);
  }
}

const isRejected = (state: Opened, subject: string): boolean =>
  Object.values(state.items).every((item) => !isPartOf(item.item, subject) || item.acceptance === 'rejected');

function waitsForStock({ exchange }: Opened, key: string): boolean {
  const waits = parseEffectKey(key)?.kind === 'reserve_stock' ? 'wanted' : 'releasing';
  return exchange?.stock === waits;
}

function wasGivenBack(state: Opened, key: string): boolean {
  const effect = parseEffectKey(key);
  if (effect === null) return true;
  if (effect.kind === 'withdraw_claim') return state.claims?.[effect.subject]?.state !== 'withdrawing';
  return effect.kind === 'void_label'
    ? state.parcels[effect.subject]?.label !== 'withdrawn'
    : state.pickups[effect.subject]?.state !== 'withdrawn';
}
