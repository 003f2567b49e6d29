import type { CertifiedDisposalEvent } from '../../domain/certified-disposal/events.ts';
import type { DeliveryEvent } from '../../domain/delivery/events.ts';
import type { LiquidationEvent } from '../../domain/liquidation/events.ts';
import type { LoanEvent } from '../../domain/loan/events.ts';
import type { RebalanceEvent } from '../../domain/rebalance/events.ts';
import type { RecallEvent } from '../../domain/recall/events.ts';
import type { RefurbishmentEvent } from '../../domain/refurbishment/events.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import type { TransferEvent } from '../../domain/transfer/events.ts';
import type { TripEvent } from '../../domain/trip/events.ts';
import type { VendorReturnEvent } from '../../domain/vendor-return/events.ts';
import type { JournalKind } from './port.ts';
import { kindOf, numberOf } from './process.ts';

/** Events that others are told of by webhook, as `return.…`; the rest is of no use outside. */
const ofReturn: ReadonlySet<string> = new Set<ReturnEvent['type']>([
  'requested',
  'authorized',
  'declined',
  'label_bought',
  'pickup_booked',
  'trip_assigned',
  'parcel_lost',
  'claim_opened',
  'claim_paid',
  'claim_refused',
  'receipt_reminded',
  'receipt_escalated',
  'receipt_extended',
  'expired',
  'reopened',
  'parcel_received',
  'discrepancy_found',
  'item_inspected',
  'item_disposed',
  'evidence_recorded',
  'goods_stopped',
  'goods_released',
  'item_worked_on',
  'disposition_confirmed',
  'recovery_recorded',
  'settlement_due',
  'refund_succeeded',
  'refund_failed',
  'refund_frozen',
  'exchange_reserved',
  'exchange_payment_due',
  'exchange_paid',
  'exchange_ready',
  'exchange_withheld',
  'exchange_stopped',
  'exchange_shipped',
  'hold_placed',
  'hold_refused',
  'hold_captured',
  'hold_lapsed',
  'hold_released',
  'charge_succeeded',
  'charge_failed',
  'warranty_carried_over',
  'choice_due',
  'choice_made',
  'repair_ended',
  'replacement_wanted',
  'repair_quoted',
  'repair_quote_reminded',
  'repair_agreed',
  'repair_paid',
  'paid_repair_ended',
  'repair_repaid',
  'returned_unrepaired',
  'repair_returned',
  'exchange_dropped',
  'exchange_repaid',
  'clawback_due',
  'clawback_reminded',
  'clawback_ended',
  'credit_taken_back',
  'attention_raised',
  'attention_resolved',
  'cancelled',
  'method_changed',
  'remedy_chosen',
  'shipped_anew',
  'quantity_changed',
  'line_added',
  'item_handed_on',
  'facility_changed',
  'reconciliation_required',
  'closed',
]);

/** Likewise of a vendor return, as `vendor_return.…`. */
const ofVendorReturn: ReadonlySet<string> = new Set<VendorReturnEvent['type']>([
  'requested',
  'authorized',
  'refused',
  'shipped',
  'sent_back',
  'credit_recorded',
  'disputed',
  'written_off',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a liquidation, as `liquidation.…`. */
const ofLiquidation: ReadonlySet<string> = new Set<LiquidationEvent['type']>([
  'requested',
  'bid_recorded',
  'repriced',
  'taken_out',
  'sold',
  'sale_undone',
  'payment_recorded',
  'paid_back',
  'shipped',
  'complaint_made',
  'complaint_settled',
  'written_off',
  'write_off_reversed',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a certified disposal, as `certified_disposal.…`; who reminds an organisation hears of it by `reminded`. */
const ofCertifiedDisposal: ReadonlySet<string> = new Set<CertifiedDisposalEvent['type']>([
  'requested',
  'taken_back',
  'sent_back',
  'handed_over',
  'refused',
  'reminded',
  'certificate_recorded',
  'certificate_rejected',
  'witnessed',
  'completed',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a delivery that went wrong, as `delivery.…`: the shop writes to its buyer when it hears some of them. */
const ofDelivery: ReadonlySet<string> = new Set<DeliveryEvent['type']>([
  'contact_due',
  'reminded',
  'answered',
  'instructed',
  'instruction_refused',
  'attempt_due',
  'held',
  'return_due',
  'remedy_chosen',
  'return_started',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a refurbishment, as `refurbishment.…`. */
const ofRefurbishment: ReadonlySet<string> = new Set<RefurbishmentEvent['type']>([
  'requested',
  'begun',
  'parts_awaited',
  'parts_arrived',
  'over_budget',
  'budget_raised',
  'put_on_hold',
  'hold_lifted',
  'test_failed',
  'units_finished',
  'taken_apart',
  'work_ended',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a recall, as `recall.…`; what the waves do between is no news outside. */
const ofRecall: ReadonlySet<string> = new Set<RecallEvent['type']>([
  'launched',
  'overlap_found',
  'stop_sale_placed',
  'waves_planned',
  'all_notified',
  'paused',
  'resumed',
  'class_set',
  'scope_widened',
  'checks_drawn',
  'effectiveness_set',
  'completion_estimated',
  'completed',
  'terminated',
  'termination_recorded',
  'cancelled',
  'withdrawn',
  'stop_sale_lifted',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a loan, as `loan.…`: the shop writes to its borrower when it hears some of them. */
const ofLoan: ReadonlySet<string> = new Set<LoanEvent['type']>([
  'requested',
  'handed_over',
  'deposit_taken',
  'reminded',
  'extension_asked',
  'extension_agreed',
  'extension_refused',
  'term_ended',
  'overdue',
  'fees_accrued',
  'return_started',
  'return_heard',
  'units_lost',
  'units_found',
  'units_bought',
  'payment_recorded',
  'waived',
  'deposit_set_off',
  'repaid',
  'written_off',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'reopened',
  'closed',
]);

/** Likewise of a rebalancing, as `rebalance.…`: `proposed` asks for somebody who approves it. */
const ofRebalance: ReadonlySet<string> = new Set<RebalanceEvent['type']>([
  'requested',
  'proposed',
  'planning_failed',
  'edited',
  'approved',
  'transfers_started',
  'transfers_seen',
  'attention_raised',
  'attention_resolved',
  'cancelled',
  'closed',
]);

/** Likewise of a transfer, as `transfer.…`: whoever plans with its goods plans again where it is `delayed`. */
const ofTransfer: ReadonlySet<string> = new Set<TransferEvent['type']>([
  'requested',
  'reserved',
  'out_of_stock',
  'picked',
  'shipped',
  'rescheduled',
  'delayed',
  'received',
  'held_back',
  'hold_ended',
  'surplus_found',
  'surplus_accepted',
  'surplus_left_out',
  'lost',
  'found',
  'found_at_origin',
  'claim_opened',
  'claim_settled',
  'origin_corrected',
  'goods_stopped',
  'goods_released',
  'lines_taken_out',
  'cancelled',
  'turned_back',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a trip, as `trip.…`: the fleet's own system plans and drives with it. */
const ofTrip: ReadonlySet<string> = new Set<TripEvent['type']>([
  'requested',
  'riders_assigned',
  'load_declined',
  'load_withdrawn',
  'departed',
  'arrived',
  'stop_missed',
  'load_collected',
  'load_failed',
  'load_refused',
  'load_delivered',
  'load_brought_back',
  'load_moved',
  'load_given_back',
  'came_back',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** What is told of each kind of process, by its name in the journal; a return is known by its RMA. */
const announcements: Readonly<Record<string, { readonly name: string; readonly announced: ReadonlySet<string> }>> = {
  return: { name: 'return', announced: ofReturn },
  'vendor-return': { name: 'vendor_return', announced: ofVendorReturn },
  delivery: { name: 'delivery', announced: ofDelivery },
  liquidation: { name: 'liquidation', announced: ofLiquidation },
  'certified-disposal': { name: 'certified_disposal', announced: ofCertifiedDisposal },
  refurbishment: { name: 'refurbishment', announced: ofRefurbishment },
  recall: { name: 'recall', announced: ofRecall },
  loan: { name: 'loan', announced: ofLoan },
  transfer: { name: 'transfer', announced: ofTransfer },
  trip: { name: 'trip', announced: ofTrip },
  rebalance: { name: 'rebalance', announced: ofRebalance },
};

/** A row of the outbox; the event's id outside is `process:version:seq`. */
export type Announcement = {
  readonly version: number;
  readonly seq: number;
  readonly event_type: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

function namedAs(kind: string, number: string): Readonly<Record<string, string>> {
  if (kind === 'return') return { rma: number };
  return kind === 'delivery' ? { tracking: number } : { number };
}

/**
 * What is told of the events of one journal row. Facts and policy stay inside: they are long, and nobody else's.
 *
 * @param about of a gift each says so, as who gave it isn't told
 */
export function announcementsOf(
  process: string,
  version: number,
  at: string,
  events: readonly JournalKind['event'][],
  about: { readonly gift?: true } = {},
): Announcement[] {
  const number = numberOf(process);
  const kind = announcements[kindOf(process)];
  if (kind === undefined) return [];
  const named = namedAs(kind.name, number);
  return events.flatMap((event, seq) => {
    if (!kind.announced.has(event.type)) return [];
    const { type, ...data } = event.type === 'requested' ? { type: event.type, request: event.request } : event;
    return [{ version, seq, event_type: `${kind.name}.${type}`, payload: { ...named, ...about, at, ...data } }];
  });
}
