import { evolveCommon } from '../execution/evolve.ts';
import { changeItems } from '../execution/item.ts';
import { newExecution } from '../execution/state.ts';
import { evolving } from '../process/beginning.ts';
import { after, type Instant } from '../time/duration.ts';
import type { CertifiedDisposalEvent } from './events.ts';
import { type CertifiedDisposalState, type Opened, opened } from './state.ts';

export const { evolve, fold } = evolving<CertifiedDisposalState, Opened, CertifiedDisposalEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at, by }) => evolveOpened(state, event, at, by),
});

function open({ number, request }: Extract<CertifiedDisposalEvent, { type: 'requested' }>, at: Instant): Opened {
  return {
    ...request,
    ...newExecution(number, request, at),
    status: 'requested',
    handover: null,
    certificate: null,
    witnesses: [],
    reminders: [],
    dueAt: after(at, request.terms.handoverWithin),
  };
}

function evolveOpened(
  state: Opened,
  event: Exclude<CertifiedDisposalEvent, { type: 'requested' }>,
  at: Instant,
  by: string,
): Opened {
  switch (event.type) {
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
    case 'attention_resolved': {
      const reason = state.attention[event.attention]?.reason;
      const isLate = reason === 'handover_late' || reason === 'certificate_late';
      const dueAt = isLate && event.note !== null ? nextTime(state, at) : state.dueAt;
      return { ...evolveCommon(state, event, at), dueAt };
    }
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at, dueAt: null };
    default:
      return evolveCommon(state, event, at);
  }
}

/** Who has heard that something takes too long hears of it again after as long. */
function nextTime({ status, terms, dueAt }: Opened, at: Instant): Instant | null {
  if (dueAt !== null) return dueAt;
  if (status === 'requested') return after(at, terms.handoverWithin);
  return status === 'handed_over' ? after(at, terms.certificateWithin) : null;
}
