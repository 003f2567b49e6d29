import { evolveAttention } from '../process/attention.ts';
import { evolving } from '../process/beginning.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { DeliveryEvent } from './events.ts';
import { type DeliveryState, type Opened, opened } from './state.ts';

export const { fold } = evolving<DeliveryState, Opened, DeliveryEvent, 'opened'>({
  first: 'opened',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => evolveOpened(state, event, at),
});

const open = ({ facts }: Extract<DeliveryEvent, { type: 'opened' }>, at: Instant): Opened => ({
  ...facts,
  status: 'opened',
  reason: null,
  tracked: null,
  since: at,
  reminders: 0,
  answerBy: null,
  attempts: 0,
  isSilent: false,
  holdUntil: null,
  instruction: null,
  instructions: 0,
  withdrawal: false,
  chooseBy: null,
  remedy: null,
  rma: null,
  tries: 0,
  isRemedyTold: false,
  outcome: null,
  attention: {},
  attentionRaised: 0,
  openedAt: at,
  closedAt: null,
});

function evolveOpened(state: Opened, event: Exclude<DeliveryEvent, { type: 'opened' }>, at: Instant): Opened {
  switch (event.type) {
    case 'tracked':
      return { ...state, tracked: { status: event.status, at: event.at }, reason: event.reason ?? state.reason };
    case 'contact_due': {
      const { reason, answerBy } = event;
      return { ...state, status: 'contacting', reason, answerBy, since: at, reminders: 0, holdUntil: null };
    }
    case 'reminded':
      return { ...state, reminders: state.reminders + 1 };
    case 'answered':
      return { ...state, withdrawal: state.withdrawal || event.withdrawal };
    case 'instructed': {
      const { instruction, what, on, location } = event;
      return {
        ...state,
        status: state.status === 'returning' ? 'returning' : 'instructing',
        instruction: { instruction, what, on, location },
        instructions: state.instructions + 1,
        answerBy: null,
      };
    }
    case 'instruction_refused':
      return state;
    case 'attempt_due':
      return { ...state, status: 'attempting', attempts: event.attempt, since: at, isSilent: false };
    case 'attempt_silent':
      return { ...state, isSilent: true };
    case 'attempt_awaited':
      return { ...state, isSilent: false, since: at };
    case 'held':
      return { ...state, status: 'held', since: at, reminders: 0, holdUntil: event.until, answerBy: null };
    case 'return_due': {
      const { reason, withdrawal, chooseBy } = event;
      return {
        ...state,
        status: 'returning',
        reason,
        withdrawal,
        chooseBy,
        since: at,
        answerBy: null,
        holdUntil: null,
      };
    }
    case 'remedy_chosen':
      return { ...state, remedy: event.remedy };
    case 'return_started':
      return { ...state, rma: event.rma };
    case 'return_retried':
      return { ...state, tries: state.tries + 1 };
    case 'remedy_told':
      return { ...state, isRemedyTold: true };
    case 'attention_raised':
    case 'attention_resolved':
      return evolveAttention(state, event, at);
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return unreachable(event);
  }
}
