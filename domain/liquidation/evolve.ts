import { evolveCommon } from '../execution/evolve.ts';
import { changeItems, evolveItem } from '../execution/item.ts';
import { newExecution } from '../execution/state.ts';
import { evolving } from '../process/beginning.ts';
import { after, type Instant } from '../time/duration.ts';
import type { LiquidationEvent } from './events.ts';
import { declineOpenBids, evolveBids } from './evolve/bids.ts';
import { evolveSale, rescheduled } from './evolve/sale.ts';
import { settled } from './evolve/settled.ts';
import { type LiquidationState, type Opened, opened } from './state.ts';

export const { evolve, fold } = evolving<LiquidationState, Opened, LiquidationEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => rescheduled(state, evolveOpened(state, event, at), at),
});

function open({ number, request }: Extract<LiquidationEvent, { type: 'requested' }>, at: Instant): Opened {
  const { reserve, terms } = request;
  return {
    ...newExecution(number, request, at),
    status: 'open',
    terms,
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
    instead: null,
  };
}

function evolveOpened(state: Opened, event: Exclude<LiquidationEvent, { type: 'requested' }>, at: Instant): Opened {
  switch (event.type) {
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
    case 'attention_resolved':
      return settled(state, event, at);
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return evolveCommon(state, event, at);
  }
}

const overdueOf = { bids: 'bidsDueAt', payment: 'paymentDueAt', shipment: 'shipmentDueAt' } as const;
