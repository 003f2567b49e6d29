import { evolveAttention } from '../process/attention.ts';
import { unreachable } from '../unreachable.ts';
import type { Recorded, ReturnEvent } from './events.ts';
import { evolveCardCharge } from './evolve/card-charge.ts';
import { awaitAnswer, evolveClaims } from './evolve/claims.ts';
import { evolveClawbacks } from './evolve/claw-back.ts';
import { evolveCollection } from './evolve/collection.ts';
import { evolveExchange, waitToShip, wantStock } from './evolve/exchange.ts';
import { evolveHold } from './evolve/hold.ts';
import { changeItem, evolveItems, waitAgain } from './evolve/items.ts';
import { evolveLines } from './evolve/lines.ts';
import { evolveMoney } from './evolve/money.ts';
import { sendAnew } from './evolve/new-shipment.ts';
import { openReturn } from './evolve/open.ts';
import { evolvePaidRepair } from './evolve/paid-repair.ts';
import { evolveRejection } from './evolve/rejection.ts';
import { evolveRepair } from './evolve/repair.ts';
import { retryEffect } from './evolve/retry.ts';
import { evolveWarranty } from './evolve/warranty.ts';
import { withStopped } from './recalled.ts';
import type { Opened, ReturnState } from './state.ts';

/**
 * The state after one more event; the only way in which a state changes (many are folded by `fold`). Total: every event is
 * legal in every state that it can be appended to.
 */
export function evolve(state: ReturnState, recorded: Recorded): ReturnState {
  const { event, at } = recorded;
  if (event.type === 'requested') return state.phase === 'initial' ? openReturn(event, at) : state;
  if (state.phase === 'initial') throw new Error(`the journal begins with ${event.type} instead of requested`);
  return evolveOpened(state, recorded);
}

/** What a discrepancy changes of its item. */
function evolveDiscrepancy(state: Opened, { kind, item }: Extract<ReturnEvent, { type: 'discrepancy_found' }>): Opened {
  if (item === null) return state;
  if (kind === 'damaged_in_transit') return changeItem(state, item, { reasonFound: 'damaged_in_transit' });
  return kind === 'kit_incomplete' ? changeItem(state, item, { kitAsked: true }) : state;
}

function evolveOpened(state: Opened, { event, at, by }: Recorded): Opened {
  switch (event.type) {
    case 'requested':
      return state;
    case 'line_decided':
    case 'line_reviewed':
    case 'kept':
    case 'units_reserved':
    case 'units_released':
    case 'line_added':
    case 'quantity_changed':
    case 'line_missing':
      return evolveLines(state, event);
    case 'parcel_expected':
    case 'label_bought':
    case 'label_refused':
    case 'label_withdrawn':
    case 'label_voided':
    case 'pickup_due':
    case 'pickup_booked':
    case 'trip_assigned':
    case 'pickup_collected':
    case 'pickup_failed':
    case 'pickup_abandoned':
    case 'pickup_withdrawn':
    case 'pickup_cancelled':
    case 'parcel_tracked':
    case 'parcel_lost':
    case 'parcel_awaited':
      return evolveCollection(state, event, at);
    case 'claim_wanted':
    case 'claim_opened':
    case 'claim_dropped':
    case 'claim_overdue':
    case 'claim_paid':
    case 'claim_refused':
    case 'claim_withdrawal_due':
    case 'claim_withdrawn':
      return evolveClaims(state, event, at);
    case 'parcel_received':
      return withStopped(evolveItems(state, event, at, by));
    case 'item_inspected':
    case 'inspection_confirmed':
    case 'inspection_overdue':
    case 'item_disposed':
    case 'evidence_recorded':
    case 'disposition_overdue':
    case 'disposition_confirmed':
    case 'item_taken_up':
    case 'item_set_free':
    case 'item_worked_on':
    case 'recovery_recorded':
    case 'surplus_accepted':
    case 'item_handed_on':
    case 'item_accepted':
    case 'item_rejected':
      return evolveItems(state, event, at, by);
    case 'settlement_due':
    case 'refund_requested':
    case 'refund_succeeded':
    case 'refund_failed':
    case 'refund_replaced':
    case 'refund_written_off':
    case 'refund_frozen':
    case 'dispute_noted':
    case 'basket_refreshed':
    case 'payments_refreshed':
      return evolveMoney(state, event, at);
    case 'clawback_due':
    case 'clawback_reminded':
    case 'clawback_pursued':
    case 'clawback_ended':
    case 'credit_taken_back':
    case 'difference_waived':
      return evolveClawbacks(state, event, at);
    case 'exchange_reserved':
    case 'exchange_payment_due':
    case 'exchange_paid':
    case 'exchange_ready':
    case 'exchange_withheld':
    case 'exchange_stopped':
    case 'exchange_shipped':
    case 'exchange_dropped':
    case 'exchange_repaid':
    case 'stock_released':
      return evolveExchange(state, event, at);
    case 'hold_wanted':
    case 'hold_placed':
    case 'hold_refused':
    case 'hold_capture_due':
    case 'hold_captured':
    case 'hold_lapsed':
    case 'hold_release_due':
    case 'hold_released':
      return evolveHold(state, event, at);
    case 'consent_recorded':
    case 'charge_due':
    case 'charge_succeeded':
    case 'charge_failed':
      return evolveCardCharge(state, event);
    case 'warranty_carried_over':
      return evolveWarranty(state, event);
    case 'choice_due':
    case 'choice_made':
      return evolveRejection(state, event);
    case 'repair_ended':
    case 'replacement_wanted':
    case 'repair_returned':
      return evolveRepair(state, event, at);
    case 'repair_quoted':
    case 'repair_quote_reminded':
    case 'repair_agreed':
    case 'repair_paid':
    case 'paid_repair_ended':
    case 'repair_repaid':
    case 'repair_repayment_refused':
    case 'returned_unrepaired':
      return evolvePaidRepair(state, event, at);
    case 'goods_stopped':
      return withStopped({ ...state, recalls: { ...state.recalls, [event.recall]: event.goods } });
    case 'goods_released': {
      const { [event.recall]: _, ...recalls } = state.recalls ?? {};
      return withStopped({ ...state, recalls });
    }
    case 'quoted':
      return { ...state, quote: event.total };
    case 'authorized':
      return wantStock({
        ...state,
        phase: 'open',
        authorizedAt: state.authorizedAt ?? at,
        schedule: event.schedule,
        escalated: false,
      });
    case 'declined':
      return { ...state, phase: 'declined' };
    case 'receipt_reminded':
      return {
        ...state,
        schedule: { ...state.schedule, reminders: state.schedule.reminders.filter((due) => due > event.due) },
      };
    case 'receipt_escalated':
      return { ...state, escalated: true };
    case 'receipt_extended':
      return { ...state, schedule: event.schedule, escalated: false };
    case 'expired':
      return { ...state, hasExpired: true };
    case 'reopened':
      return { ...state, phase: state.authorizedAt === null ? 'in_review' : 'open', outcome: null, closedAt: null };
    case 'facility_changed':
      return { ...state, facility: event.facility, firstFacility: state.firstFacility ?? state.facility };
    case 'remedy_chosen':
      return { ...state, remedy: event.remedy };
    case 'shipped_anew':
      return sendAnew(state, event);
    case 'method_changed':
      return { ...state, method: event.method };
    case 'cancelled':
      return { ...state, withdrawn: true };
    case 'discrepancy_found':
      return evolveDiscrepancy(state, event);
    case 'effect_retried':
      return retryEffect(state, event.effect);
    case 'attention_raised':
      return evolveAttention(state, event, at);
    case 'attention_resolved': {
      const resolved = state.attention[event.attention];
      const subject = resolved?.subject ?? '';
      const next = waitAgain(evolveAttention(state, event, at), subject, at);
      if (resolved?.reason === 'exchange_late') return waitToShip(next, at);
      return resolved?.reason === 'claim_unanswered' ? awaitAnswer(next, subject, at) : next;
    }
    case 'reconciliation_required':
      return { ...state, disagreements: event.disagreements };
    case 'reconciliation_retried':
      return { ...state, disagreements: [] };
    case 'closed':
      return { ...state, phase: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return unreachable(event);
  }
}
