import { countUnits } from '../../units.ts';
import { unreachable } from '../../unreachable.ts';
import type { EffectOutcome } from '../commands.ts';
import { effectKey, parseEffectKey } from '../effect-key.ts';
import type { ReturnEvent } from '../events.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';
import { refundHeard } from './settle.ts';

/**
 * What came of a side effect. It may come when nobody wants it any more: then it is recorded all the same, and given
 * back. `unavailable` after all attempts goes to a person; the effect starts again only when that person says so.
 */
export function effectEnded(state: Opened, key: string, outcome: EffectOutcome): Answer {
  const { kind, subject } = parseEffectKey(key);
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
    case 'reserve_units':
      return unitsReserved(state, subject, outcome);
    case 'refund':
      return refunded(state, subject, outcome);
    default:
      return unreachable(kind);
  }
}

function labelBought(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  const parcel = state.parcels[subject];
  if (parcel === undefined) return refuse('unknown_parcel');
  if (outcome.type === 'label_bought') {
    if (parcel.label === 'bought') return [];
    const { carrier, tracking, providerId, cost } = outcome;
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
  if (state.parcels[subject]?.label !== 'withdrawn') return [];
  if (outcome.type === 'label_voided') return [{ type: 'label_voided', parcel: subject, voided: outcome.voided }];
  if (outcome.type === 'refused') return [{ type: 'label_voided', parcel: subject, voided: false }];
  return raise(state, 'void_failed', effectKey('void_label', subject), codeOf(outcome));
}

function pickupBooked(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  const pickup = state.pickups[subject];
  if (pickup === undefined) return refuse('unknown_pickup');
  if (outcome.type === 'pickup_booked') {
    if (pickup.state === 'booked') return [];
    const { providerId, confirmation, windowStart, windowEnd, cost } = outcome;
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
  if (state.pickups[subject]?.state !== 'withdrawn') return [];
  if (outcome.type === 'pickup_cancelled') {
    return [{ type: 'pickup_cancelled', pickup: subject, cancelled: outcome.cancelled }];
  }
  if (outcome.type === 'refused') return [{ type: 'pickup_cancelled', pickup: subject, cancelled: false }];
  return raise(state, 'void_failed', effectKey('cancel_pickup', subject), codeOf(outcome));
}

function claimOpened(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  if (state.parcels[subject]?.claim !== 'wanted') return [];
  if (outcome.type === 'claim_opened')
    return [{ type: 'claim_opened', parcel: subject, providerId: outcome.providerId }];
  return raise(state, 'claim_failed', subject, codeOf(outcome));
}

function unitsReserved(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  const item = state.items[subject];
  const line = state.lines[item?.line ?? subject];
  if (line === undefined) return refuse('unknown_line');
  if (!(item?.reserving ?? line.reserving)) return [];
  if (outcome.type !== 'units_reserved') return raise(state, 'units_not_held', subject, codeOf(outcome));
  const units = outcome.units[line.line] ?? [];
  const wanted = item?.quantity ?? line.cancelled;
  const reserved: ReturnEvent = { type: 'units_reserved', line: line.line, item: item?.item ?? null, units };
  return countUnits(units) < wanted ? [reserved, ...raise(state, 'units_not_held', subject)] : [reserved];
}

function refunded(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  const refund = state.refunds[subject];
  if (refund === undefined) return refuse('unknown_refund');
  if (outcome.type === 'refunded') {
    return refundHeard(state, refund, outcome.status, outcome.providerId, outcome.code ?? 'failed_at_provider');
  }
  if (outcome.type === 'refused') return refundHeard(state, refund, 'failed', '', outcome.code);
  return refund.state === 'due' ? raise(state, 'payment_unavailable', subject, codeOf(outcome)) : [];
}

const codeOf = (outcome: EffectOutcome): string | null => ('code' in outcome ? (outcome.code ?? null) : null);
