import type { LoanEvent } from '../../../domain/loan/events.ts';
import type { RebalanceEvent } from '../../../domain/rebalance/events.ts';
import type { TransferEvent } from '../../../domain/transfer/events.ts';
import type { TripEvent } from '../../../domain/trip/events.ts';

/** Events of a loan that others are told of by webhook, as `loan.…`: the shop writes to its borrower when it hears some of them. */
export const ofLoan: ReadonlySet<string> = new Set<LoanEvent['type']>([
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
  'let_go_reversed',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'reopened',
  'closed',
]);

/** Likewise of a rebalancing, as `rebalance.…`: `proposed` asks for somebody who approves it. */
export const ofRebalance: ReadonlySet<string> = new Set<RebalanceEvent['type']>([
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
export const ofTransfer: ReadonlySet<string> = new Set<TransferEvent['type']>([
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
  'reopened',
  'closed',
]);

/** Likewise of a trip, as `trip.…`: the fleet's own system plans and drives with it. */
export const ofTrip: ReadonlySet<string> = new Set<TripEvent['type']>([
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
