import { evolveCommon } from '../execution/evolve.ts';
import { changeItems, evolveItem } from '../execution/item.ts';
import { newExecution } from '../execution/state.ts';
import { evolving } from '../process/beginning.ts';
import { after, type Instant } from '../time/duration.ts';
import type { VendorReturnEvent } from './events.ts';
import { type Opened, opened, type VendorReturnState } from './state.ts';

export const { evolve, fold } = evolving<VendorReturnState, Opened, VendorReturnEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => evolveOpened(state, event, at),
});

function open({ number, request }: Extract<VendorReturnEvent, { type: 'requested' }>, at: Instant): Opened {
  const { vendor, terms } = request;
  return {
    ...newExecution(number, request, at),
    status: 'requested',
    vendor,
    terms,
    vendorRma: null,
    carrier: null,
    tracking: null,
    memos: [],
    writtenOff: 0,
    dueAt: after(at, terms.authorizationWithin),
  };
}

function evolveOpened(state: Opened, event: Exclude<VendorReturnEvent, { type: 'requested' }>, at: Instant): Opened {
  switch (event.type) {
    case 'authorized':
      return {
        ...state,
        status: 'authorized',
        vendorRma: event.vendorRma,
        dueAt: event.shipBy,
        items: changeItems(state.items, event.credit, (_, amount) => ({ expected: amount })),
      };
    case 'sent_back':
      return state;
    case 'refused':
      return { ...state, status: 'ending', ending: 'refused', dueAt: null };
    case 'cancelled':
      return { ...state, status: 'ending', ending: 'cancelled', dueAt: null };
    case 'shipped': {
      const { carrier, tracking } = event;
      return { ...state, status: 'shipped', carrier, tracking, dueAt: after(at, state.terms.creditWithin) };
    }
    case 'credit_recorded':
      return {
        ...state,
        memos: [...state.memos, event.memo],
        items: changeItems(state.items, event.items, ({ received }, amount) => ({ received: received + amount })),
      };
    case 'disputed':
      return { ...state, status: 'disputed', dueAt: after(at, state.terms.disputeWithin) };
    case 'written_off':
      return { ...state, writtenOff: state.writtenOff + event.items.reduce((sum, { amount }) => sum + amount, 0) };
    case 'overdue':
      return { ...state, dueAt: null };
    case 'item_ending':
      return { ...state, status: 'ending', ending: 'completed', dueAt: null, items: evolveItem(state.items, event) };
    case 'attention_resolved': {
      const waitsOn = event.note !== null && event.resolution === 'acknowledge' && state.dueAt === null;
      return { ...evolveCommon(state, event, at), dueAt: waitsOn ? nextTime(state, at) : state.dueAt };
    }
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at, dueAt: null };
    default:
      return evolveCommon(state, event, at);
  }
}

/** Who has heard that something takes too long hears of it again after as long. */
function nextTime({ status, terms }: Opened, at: Instant): Instant | null {
  switch (status) {
    case 'requested':
      return after(at, terms.authorizationWithin);
    case 'authorized':
      return after(at, terms.shipmentWithin);
    case 'shipped':
      return after(at, terms.creditWithin);
    case 'disputed':
      return after(at, terms.disputeWithin);
    case 'ending':
    case 'closed':
      return null;
  }
}
