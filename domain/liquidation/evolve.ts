import { after, type Instant } from '../duration.ts';
import { changeItems, evolveItem, newItems } from '../execution/item.ts';
import { unreachable } from '../unreachable.ts';
import type { LiquidationEvent, Recorded } from './events.ts';
import { attended } from './evolve/attended.ts';
import { declineOpenBids, evolveBids } from './evolve/bids.ts';
import { evolveSale, rescheduled } from './evolve/sale.ts';
import type { LiquidationState, Opened } from './state.ts';

/** Folds what happened into the state. */
export function fold(state: LiquidationState, recorded: readonly Recorded[]): LiquidationState {
  return recorded.reduce(evolve, state);
}

/** The state after one more event; the only way in which a state changes. */
export function evolve(state: LiquidationState, { event, at }: Recorded): LiquidationState {
  if (event.type === 'requested') return state.status === 'initial' ? open(event, at) : state;
  if (state.status === 'initial') throw new Error(`the journal begins with ${event.type} instead of requested`);
  return rescheduled(state, evolveOpened(state, event, at), at);
}

function open({ number, request }: Extract<LiquidationEvent, { type: 'requested' }>, at: Instant): Opened {
  const { facility, currency, items, reserve, terms } = request;
  return {
    status: 'open',
    number,
    facility,
    currency,
    terms,
    items: newItems(items),
    reserve,
    round: 1,
    bids: {},
    sale: null,
    references: [],
    fees: 0,
    carrier: null,
    tracking: null,
    complaints: {},
    bidsDueAt: after(at, terms.bidsWithin),
    paymentDueAt: null,
    shipmentDueAt: null,
    complaintsUntil: null,
    ending: null,
    instead: null,
    outcome: null,
    disagreements: [],
    attention: {},
    attentionRaised: 0,
    requestedAt: at,
    closedAt: null,
  };
}

function evolveOpened(state: Opened, event: LiquidationEvent, at: Instant): Opened {
  switch (event.type) {
    case 'requested':
    case 'taken_out':
      return state;
    case 'bid_recorded':
    case 'bid_withdrawn':
    case 'bid_lapsed':
    case 'bid_replaced':
      return { ...state, bids: evolveBids(state.bids, event) };
    case 'repriced':
      return {
        ...state,
        round: event.round,
        reserve: event.reserve,
        bidsDueAt: after(at, state.terms.bidsWithin),
      };
    case 'sold':
    case 'sale_undone':
    case 'payment_recorded':
    case 'paid_back':
    case 'written_off':
    case 'write_off_reversed':
      return evolveSale(state, event, at);
    case 'fee_recorded':
      return { ...state, fees: state.fees + event.amount, references: [...state.references, event.reference] };
    case 'shipped': {
      const { carrier, reference } = event;
      const complaintsUntil = after(at, state.terms.complaintsWithin);
      return { ...state, status: 'shipped', carrier, tracking: reference, shipmentDueAt: null, complaintsUntil };
    }
    case 'complaint_made': {
      const { type: _, ...complaint } = event;
      return { ...state, complaints: { ...state.complaints, [event.complaint]: { ...complaint, allowance: null } } };
    }
    case 'complaint_settled': {
      const complaint = state.complaints[event.complaint];
      if (complaint === undefined) throw new Error(`no complaint ${event.complaint}`);
      const settled = { ...complaint, allowance: event.allowance };
      return { ...state, complaints: { ...state.complaints, [event.complaint]: settled } };
    }
    case 'complaints_over':
      return { ...state, complaintsUntil: null };
    case 'overdue':
      return { ...state, [overdueOf[event.what]]: null };
    case 'proceeds_shared':
      return { ...state, items: changeItems(state.items, event.items, (_, received) => ({ received })) };
    case 'cancelled':
      return {
        ...state,
        status: 'ending',
        ending: 'cancelled',
        instead: event.instead ?? null,
        bids: declineOpenBids(state.bids),
        bidsDueAt: null,
      };
    case 'item_ending':
      return { ...state, status: 'ending', ending: 'completed', items: evolveItem(state.items, event) };
    case 'item_held':
    case 'item_declined':
    case 'item_let_go':
    case 'item_released':
    case 'recovery_told':
    case 'item_confirmed':
    case 'item_stranded':
    case 'item_retried':
    case 'item_reporting':
    case 'item_handed_back':
      return { ...state, items: evolveItem(state.items, event) };
    case 'attention_raised':
    case 'attention_resolved':
      return attended(state, event, at);
    case 'reconciliation_required':
      return { ...state, disagreements: event.disagreements };
    case 'reconciliation_retried':
      return { ...state, disagreements: [] };
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return unreachable(event);
  }
}

const overdueOf = { bids: 'bidsDueAt', payment: 'paymentDueAt', shipment: 'shipmentDueAt' } as const;
