import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import type { EffectOutcome } from '../commands.ts';
import { effectKey, parseEffectKey } from '../effect-key.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';
import { cardCharged } from './card-charge.ts';
import { claimOpened, claimWithdrawn } from './claim.ts';
import { creditTaken } from './claw-back.ts';
import { stockReleased, stockReserved } from './exchange-stock.ts';
import { holdCaptured, holdPlaced, holdReleased } from './hold.ts';
import { chargeRepaid } from './paid-repair.ts';
import { refundHeard } from './refund.ts';
import { unitsReserved } from './reserve.ts';

/**
 * What came of a side effect. It may come when nobody wants it any more: then it is recorded all the same, and given
 * back. `unavailable` after all attempts goes to a person; the effect starts again only when that person says so.
 */
export function effectEnded(state: Opened, key: string, outcome: EffectOutcome, at: Instant): Answer {
  const answer = whatCameOf(state, key, outcome, at);
  // A closed return that learns of a label bought after all must give it back: it is open until it has.
  return state.phase !== 'closed' || 'refusal' in answer || answer.length === 0
    ? answer
    : [{ type: 'reopened' }, ...answer];
}

function whatCameOf(state: Opened, key: string, outcome: EffectOutcome, at: Instant): Answer {
  const effect = parseEffectKey(key);
  if (effect === null) return refuse('unknown_effect', 'effect');
  const { kind, subject } = effect;
  switch (kind) {
    case 'buy_label':
      return labelBought(state, subject, outcome);
    case 'void_label':
      return labelVoided(state, subject, outcome);
    case 'book_pickup':
      return pickupBooked(state, subject, outcome);
    case 'cancel_pickup':
      return pickupCancelled(state, subject, outcome);
    case 'open_claim':
      return claimOpened(state, subject, outcome);
    case 'withdraw_claim':
      return claimWithdrawn(state, subject, outcome);
    case 'reserve_units':
      return unitsReserved(state, subject, outcome, at);
    case 'refund':
    case 'issue_credit_memo':
      return refunded(state, subject, outcome, at);
    case 'reserve_stock':
      return stockReserved(state, subject, outcome, at);
    case 'release_stock':
      return stockReleased(state, subject, outcome);
    case 'take_back_credit':
      return creditTaken(state, key, outcome);
    case 'place_hold':
      return holdPlaced(state, outcome);
    case 'capture_hold':
      return holdCaptured(state, outcome);
    case 'release_hold':
      return holdReleased(state, outcome);
    case 'charge_card':
      return cardCharged(state, subject, outcome);
    case 'repay_charge':
      return chargeRepaid(state, subject, outcome);
    default:
      return unreachable(kind);
  }
}

function labelBought(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  const parcel = find(state.parcels, subject);
  if (parcel === undefined || parcel.label === 'none') return refuse('unknown_parcel');
  if (outcome.type === 'label_bought') {
    const { carrier, tracking, providerId, cost } = outcome;
    if (parcel.label === 'bought' || parcel.providerId === providerId) return [];
    const bought: ReturnEvent = { type: 'label_bought', parcel: subject, carrier, tracking, providerId, cost };
    // Withdrawn while it was being bought: it is voided again, under a new id.
    return parcel.label === 'wanted'
      ? [bought]
      : [bought, { type: 'effect_retried', effect: effectKey('void_label', subject) }];
  }
  if (parcel.label !== 'wanted') return [];
  if (outcome.type === 'refused') {
    const refused: ReturnEvent = { type: 'label_refused', parcel: subject, code: outcome.code };
    return [refused, ...raise(state, 'label_refused', subject, outcome.code)];
  }
  return raise(state, 'label_unavailable', subject, codeOf(outcome));
}

function labelVoided(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  if (find(state.parcels, subject)?.label !== 'withdrawn') return [];
  if (outcome.type === 'label_voided') return [{ type: 'label_voided', parcel: subject, voided: outcome.voided }];
  if (outcome.type === 'refused') return [{ type: 'label_voided', parcel: subject, voided: false }];
  return raise(state, 'void_failed', effectKey('void_label', subject), codeOf(outcome));
}

function pickupBooked(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  const pickup = find(state.pickups, subject);
  if (pickup === undefined) return refuse('unknown_pickup');
  if (outcome.type === 'pickup_booked') {
    const { providerId, confirmation, windowStart, windowEnd, cost } = outcome;
    if (pickup.state === 'booked' || pickup.providerId === providerId) return [];
    const booked: ReturnEvent = {
      type: 'pickup_booked',
      pickup: subject,
      providerId,
      confirmation,
      windowStart,
      windowEnd,
      cost,
    };
    if (pickup.state === 'wanted') return [booked];
    return [
      booked,
      { type: 'pickup_withdrawn', pickup: subject },
      { type: 'effect_retried', effect: effectKey('cancel_pickup', subject) },
    ];
  }
  if (pickup.state !== 'wanted') return [];
  if (outcome.type === 'refused') return [{ type: 'pickup_failed', pickup: subject, cause: 'refused' }];
  return raise(state, 'pickup_unavailable', subject, codeOf(outcome));
}

function pickupCancelled(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  if (find(state.pickups, subject)?.state !== 'withdrawn') return [];
  if (outcome.type === 'pickup_cancelled') {
    return [{ type: 'pickup_cancelled', pickup: subject, cancelled: outcome.cancelled }];
  }
  if (outcome.type === 'refused') return [{ type: 'pickup_cancelled', pickup: subject, cancelled: false }];
  return raise(state, 'void_failed', effectKey('cancel_pickup', subject), codeOf(outcome));
}

function refunded(state: Opened, subject: string, outcome: EffectOutcome, at: Instant): Answer {
  const refund = find(state.refunds, subject);
  if (refund?.to !== 'payment' && refund?.to !== 'credit_memo') return refuse('unknown_refund');
  if (outcome.type === 'refunded') {
    const { status, providerId, code } = outcome;
    return refundHeard(state, refund, { status, providerId, code: code ?? 'failed_at_provider' }, at);
  }
  if (outcome.type === 'refused') {
    return refundHeard(state, refund, { status: 'failed', providerId: '', code: outcome.code }, at);
  }
  return refund.state === 'due' ? raise(state, 'payment_unavailable', subject, codeOf(outcome)) : [];
}

const codeOf = (outcome: EffectOutcome): string | null => ('code' in outcome ? (outcome.code ?? null) : null);
