import { unreachable } from '../../unreachable.ts';
import { parseEffectKey } from '../effect-key.ts';
import type { ReturnEvent } from '../events.ts';
import { awaitsHandover, outstanding } from '../parcel.ts';
import type { AttentionState, Opened } from '../state.ts';

/** Takes out of the people's queue what has settled itself: the late goods came, the item was inspected after all. */
export function resolveMoot(state: Opened): readonly ReturnEvent[] {
  return Object.values(state.attention)
    .filter((open) => isMoot(state, open))
    .map(({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'acknowledge', note: null }));
}

function isMoot(state: Opened, { reason, subject }: AttentionState): boolean {
  const item = state.items[subject];
  const nothingComes = outstanding(state) === 0;
  switch (reason) {
    case 'review':
      return Object.values(state.lines).every((line) => line.verdict !== 'needs_review' || line.outstanding === 0);
    case 'receipt_late':
      return !awaitsHandover(state);
    case 'label_unavailable':
    case 'label_refused':
    case 'empty_box':
      return nothingComes;
    case 'pickup_unavailable':
      return state.pickups[subject]?.state !== 'wanted';
    case 'short':
      return (state.lines[subject]?.outstanding ?? 0) === 0;
    case 'parcel_lost':
      return nothingComes || state.parcels[subject]?.lost === false;
    case 'carrier_exception':
      return nothingComes || state.parcels[subject]?.received === true;
    case 'inspection_late':
      return item === undefined || item.stage !== 'received';
    case 'disposition_late':
      return item === undefined || item.stage !== 'disposing';
    case 'refund_failed':
    case 'payment_disputed':
    case 'refund_over_payment':
      return state.refunds[subject]?.state !== 'failed';
    case 'payment_unavailable':
      return state.refunds[subject]?.state !== 'due';
    case 'void_failed':
      return wasGivenBack(state, subject);
    case 'claim_failed':
      return state.parcels[subject]?.claim !== 'wanted';
    case 'reconciliation':
      return state.disagreements.length === 0;
    case 'over_receipt':
    case 'wrong_item':
    case 'damaged_in_transit':
    case 'units_not_held':
    case 'not_authorized':
    case 'lot_mismatch':
    case 'serial_mismatch':
      return false;
    default:
      return unreachable(reason);
  }
}

function wasGivenBack(state: Opened, effect: string): boolean {
  const { kind, subject } = parseEffectKey(effect);
  return kind === 'void_label'
    ? state.parcels[subject]?.label !== 'withdrawn'
    : state.pickups[subject]?.state !== 'withdrawn';
}
