import { after, type Instant } from '../duration.ts';
import { changeItems, evolveItem, newItems } from '../execution/item.ts';
import { unreachable } from '../unreachable.ts';
import type { CertifiedDisposalEvent, Recorded } from './events.ts';
import type { CertifiedDisposalState, Opened } from './state.ts';

/** Folds what happened into the state. */
export function fold(state: CertifiedDisposalState, recorded: readonly Recorded[]): CertifiedDisposalState {
  return recorded.reduce(evolve, state);
}

/** The state after one more event; the only way in which a state changes. */
export function evolve(state: CertifiedDisposalState, { event, at, by }: Recorded): CertifiedDisposalState {
  if (event.type === 'requested') return state.status === 'initial' ? open(event, at) : state;
  if (state.status === 'initial') throw new Error(`the journal begins with ${event.type} instead of requested`);
  return evolveOpened(state, event, at, by);
}

function open({ number, request }: Extract<CertifiedDisposalEvent, { type: 'requested' }>, at: Instant): Opened {
  const { items, ...asked } = request;
  return {
    ...asked,
    status: 'requested',
    number,
    items: newItems(items),
    handover: null,
    certificate: null,
    witnesses: [],
    reminders: [],
    dueAt: after(at, asked.terms.handoverWithin),
    ending: null,
    outcome: null,
    disagreements: [],
    attention: {},
    attentionRaised: 0,
    requestedAt: at,
    closedAt: null,
  };
}

function evolveOpened(state: Opened, event: CertifiedDisposalEvent, at: Instant, by: string): Opened {
  switch (event.type) {
    case 'requested':
    case 'taken_back':
    case 'sent_back':
      return state;
    case 'handed_over': {
      const { document, weightGrams } = event;
      const { certificateWithin, reminders } = state.terms;
      return {
        ...state,
        status: 'handed_over',
        handover: { document, weightGrams, by },
        reminders: reminders.map((each) => after(at, each)).sort(),
        dueAt: after(at, certificateWithin),
      };
    }
    case 'reminded':
      return { ...state, reminders: state.reminders.filter((due) => due > event.due) };
    case 'certificate_recorded':
      return { ...state, certificate: event.certificate };
    case 'certificate_rejected':
      return { ...state, certificate: null, dueAt: after(at, state.terms.certificateWithin) };
    case 'witnessed': {
      const { role, reference } = event;
      return { ...state, witnesses: [...state.witnesses, { role, by, reference }] };
    }
    case 'completed':
      return {
        ...state,
        status: 'ending',
        ending: 'completed',
        dueAt: null,
        items: changeItems(state.items, event.proceeds, (_, amount) => ({ expected: amount, received: amount })),
      };
    case 'refused':
      return { ...state, status: 'ending', ending: 'refused', dueAt: null };
    case 'cancelled':
      return { ...state, status: 'ending', ending: 'cancelled', dueAt: null };
    case 'overdue':
      return { ...state, dueAt: null };
    case 'item_held':
    case 'item_declined':
    case 'item_let_go':
    case 'item_released':
    case 'item_ending':
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
      const isLate = resolved?.reason === 'handover_late' || resolved?.reason === 'certificate_late';
      return { ...state, attention, dueAt: isLate && event.note !== null ? nextTime(state, at) : state.dueAt };
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
function nextTime({ status, terms, dueAt }: Opened, at: Instant): Instant | null {
  if (dueAt !== null) return dueAt;
  if (status === 'requested') return after(at, terms.handoverWithin);
  return status === 'handed_over' ? after(at, terms.certificateWithin) : null;
}
