import { unreachable } from '../../unreachable.ts';
import { allowsResolution, attentionResolutions } from '../attention.ts';
import type { Envelope, Resolution, ReturnCommand } from '../commands.ts';
import { effectKey, parseEffectKey } from '../effect-key.ts';
import type { ClawbackEnd } from '../events/claw-back.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { isPartOf } from '../item-id.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { AttentionState, Opened } from '../state.ts';
import { claimDifference, settledTooHigh } from './adjust.ts';
import { confirmGrades } from './agree.ts';
import { dropClaim } from './claim.ts';
import { settleClawback } from './claw-back.ts';
import { payDespiteDispute } from './disputed.ts';
import { exchangeRepaid } from './exchange.ts';
import { withoutStock } from './exchange-stock.ts';
import { withoutHold } from './hold.ts';
import { repairRepaid } from './paid-repair.ts';
import { payOtherwise } from './refund.ts';
import { acceptSurplus } from './surplus.ts';

/** When, and who. */
type Asked = Pick<Envelope, 'at' | 'by'>;

/** A person settles what the engine could not decide; what follows is recorded with it. */
export function attend(state: Opened, command: Extract<ReturnCommand, { type: 'resolve' }>, { at, by }: Asked): Answer {
  const attention = find(state.attention, command.attention);
  if (attention === undefined) return refuse('unknown_attention', 'attention');
  const { resolution } = command;
  if (!allowsResolution(attention.reason, resolution)) {
    return refuse('resolution_not_allowed', 'resolution', {
      reason: attention.reason,
      resolution,
      allowed: attentionResolutions[attention.reason].join(', '),
    });
  }
  if (attention.reason === 'second_inspection' && confirmGrades(state, attention.subject, by).length === 0) {
    return refuse('second_person_needed', 'attention', { item: attention.subject });
  }
  const follows = consequences(state, attention, command, { at, by });
  if ('refusal' in follows) return follows;
  const resolved = {
    type: 'attention_resolved',
    attention: attention.attention,
    resolution,
    note: command.note,
  } as const;
  return [resolved, ...follows];
}

function consequences(
  state: Opened,
  attention: AttentionState,
  { resolution, note, others }: Extract<ReturnCommand, { type: 'resolve' }>,
  { at, by }: Asked,
): Answer {
  const { reason, subject } = attention;
  switch (reason) {
    case 'review':
    case 'new_shipment_due':
    case 'receipt_late':
    case 'damaged_in_transit':
    case 'claim_obsolete':
    case 'inspection_late':
    case 'disposition_late':
    case 'goods_recalled':
    case 'exchange_late':
    case 'repair_quote_due':
      return [];
    case 'over_receipt':
    case 'wrong_item':
      return resolution === 'accept' ? acceptSurplus(state, subject, others) : [];
    case 'carrier_exception':
      return resolution === 'acknowledge' ? [] : lost(state, subject, resolution === 'accept');
    case 'label_unavailable':
    case 'label_refused':
      return resolution === 'retry' ? retry(effectKey('buy_label', subject)) : [];
    case 'pickup_unavailable':
      return resolution === 'retry' ? retry(effectKey('book_pickup', subject)) : abandonPickup(state, subject);
    case 'void_failed':
      return resolution === 'retry' ? retry(subject) : keepBought(subject);
    case 'claim_failed':
      return resolution === 'retry' ? retry(effectKey('open_claim', subject)) : dropClaim(state, subject);
    case 'claim_unanswered':
      return resolution === 'await' ? [] : dropClaim(state, subject);
    case 'parcel_lost':
      return resolution === 'await'
        ? [{ type: 'parcel_awaited', parcel: subject }]
        : missing(state, null, resolution === 'accept');
    case 'empty_box':
      return resolution === 'await' ? [] : missing(state, null, resolution === 'accept');
    case 'short':
      return resolution === 'await' ? [] : missing(state, subject, resolution === 'accept');
    case 'second_inspection':
      return confirmGrades(state, subject, by);
    case 'units_not_held':
      return resolution === 'retry' ? retry(effectKey('reserve_units', subject)) : doWithout(state, subject);
    case 'not_authorized':
    case 'lot_mismatch':
    case 'serial_mismatch':
      // Accepted, it goes on as soon as nothing else speaks against it.
      return resolution === 'accept' ? [] : reject(state, subject);
    case 'payment_unavailable':
      if (parseEffectKey(subject) !== null) return retry(subject);
      return retry(
        effectKey(find(state.refunds, subject)?.to === 'credit_memo' ? 'issue_credit_memo' : 'refund', subject),
      );
    case 'payment_disputed':
      return payDespiteDispute(state, subject, resolution, at);
    case 'refund_failed':
    case 'refund_over_payment':
      return payOtherwise(state, subject, resolution);
    case 'settlement_differs':
      return resolution === 'claim'
        ? claimDifference(state, settledTooHigh(state, subject))
        : settledTooHigh(state, subject).map(({ item }) => ({ type: 'difference_waived', item }));
    case 'clawback_unpaid':
      return endClawback(state, subject, resolution, note);
    case 'stock_unavailable':
      return resolution === 'retry' ? retry(subject) : withoutStock(state, subject, at);
    case 'exchange_stopped': {
      const key = effectKey('reserve_stock', subject);
      return resolution === 'retry' ? retry(key) : withoutStock(state, key, at);
    }
    case 'hold_unavailable':
      return resolution === 'retry' ? retry(subject) : withoutHold(state, subject);
    case 'exchange_repayment':
      return exchangeRepaid(state);
    case 'repair_repayment':
      return repairRepaid(state, subject);
    case 'reconciliation':
      return [{ type: 'reconciliation_retried' }];
    default:
      return unreachable(reason);
  }
}

function endClawback(state: Opened, clawback: string, resolution: Resolution, note: string): Answer {
  const how = ends[resolution];
  if (how === undefined) return [{ type: 'clawback_pursued', clawback }];
  return settleClawback(state, { clawback, how, note });
}

const ends: Readonly<Partial<Record<Resolution, ClawbackEnd>>> = {
  paid: 'paid',
  waive: 'waived',
  write_off: 'written_off',
  external: 'external',
};

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
  const named = parseEffectKey(effect);
  if (named === null) return [];
  if (named.kind === 'withdraw_claim') return [{ type: 'claim_withdrawn', claim: named.subject, withdrawn: false }];
  return named.kind === 'void_label'
    ? [{ type: 'label_voided', parcel: named.subject, voided: false }]
    : [{ type: 'pickup_cancelled', pickup: named.subject, cancelled: false }];
}

/** A carrier that says it lost or ruined a parcel is believed without waiting for its silence: it owes for it at once. */
function lost(state: Opened, parcel: string, compensated: boolean): ReturnEvent[] {
  const known = find(state.parcels, parcel)?.lost === true;
  return [...(known ? [] : [{ type: 'parcel_lost', parcel } as const]), ...missing(state, null, compensated)];
}

/** What is outstanding, on one line or on all, will not come; it is settled all the same where we bear the loss. */
function missing(state: Opened, only: string | null, compensated: boolean): ReturnEvent[] {
  return Object.values(state.lines)
    .filter((line) => line.outstanding > 0 && (only === null || line.line === only))
    .map(({ line, units }) => ({ type: 'line_missing', line, units, compensated }));
}

/**
 * What is settled stays accepted, and so does a part that was accepted and has gone its way, or whose repair was quoted: it goes the
 * way of its quote.
 */
function reject(state: Opened, subject: string): ReturnEvent[] {
  return Object.values(state.items)
    .filter((item) => isPartOf(item.item, subject) && item.acceptance !== 'rejected')
    .filter(({ settled, paidRepair }) => !settled && paidRepair === undefined)
    .filter(({ acceptance, stage }) => acceptance !== 'accepted' || stage !== 'disposed')
    .map(({ item }) => ({ type: 'item_rejected', item }));
}

/** Goes on without the units that other returns hold: a late item is not accepted, an override lets in what it got. */
function doWithout(state: Opened, subject: string): ReturnEvent[] {
  const line = find(state.lines, subject);
  if (line !== undefined) {
    return line.reserving ? [{ type: 'units_reserved', line: line.line, item: null, units: [] }] : [];
  }
  return reject(state, subject);
}
