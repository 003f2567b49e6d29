import { after, type Instant } from '../duration.ts';
import { changeItems, evolveItem, newItems } from '../execution/item.ts';
import { unreachable } from '../unreachable.ts';
import type { Recorded, VendorReturnEvent } from './events.ts';
import type { Opened, VendorReturnState } from './state.ts';

/** Folds what happened into the state. */
export function fold(state: VendorReturnState, recorded: readonly Recorded[]): VendorReturnState {
  return recorded.reduce(evolve, state);
}

/** The state after one more event; the only way in which a state changes. */
export function evolve(state: VendorReturnState, { event, at }: Recorded): VendorReturnState {
  if (event.type === 'requested') return state.status === 'initial' ? open(event, at) : state;
  if (state.status === 'initial') throw new Error(`the journal begins with ${event.type} instead of requested`);
  return evolveOpened(state, event, at);
}

function open({ number, request }: Extract<VendorReturnEvent, { type: 'requested' }>, at: Instant): Opened {
  const { vendor, facility, currency, items, terms } = request;
  return {
    status: 'requested',
    number,
    vendor,
    facility,
    currency,
    terms,
    items: newItems(items),
    vendorRma: null,
    carrier: null,
    tracking: null,
    memos: [],
    writtenOff: 0,
    dueAt: after(at, terms.authorizationWithin),
    ending: null,
    outcome: null,
    disagreements: [],
    attention: {},
    attentionRaised: 0,
    requestedAt: at,
    closedAt: null,
  };
}

function evolveOpened(state: Opened, event: VendorReturnEvent, at: Instant): Opened {
  switch (event.type) {
    case 'requested':
      return state;
    case 'authorized':
      return {
        ...state,
        status: 'authorized',
        vendorRma: event.vendorRma,
        dueAt: event.shipBy,
        items: changeItems(state.items, event.credit, (_, amount) => ({ expected: amount })),
      };
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
    case 'attention_raised': {
      const { attention, reason, subject } = event;
      return {
        ...state,
        attentionRaised: state.attentionRaised + 1,
        attention: { ...state.attention, [attention]: { attention, reason, subject, raisedAt: at } },
      };
    }
    case 'attention_resolved': {
      const { [event.attention]: resolved, ...attention } = state.attention;
      const waitsOn = event.note !== null && event.resolution === 'acknowledge' && state.dueAt === null;
      return { ...state, attention, dueAt: waitsOn ? nextTime(state, at) : state.dueAt };
    }
    case 'reconciliation_required':
      return { ...state, disagreements: event.disagreements };
    case 'reconciliation_retried':
      return { ...state, disagreements: [] };
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at, dueAt: null };
    default:
      return unreachable(event);
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
