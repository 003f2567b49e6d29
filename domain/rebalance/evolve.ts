import { evolveAttention } from '../process/attention.ts';
import { evolving } from '../process/beginning.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { RebalanceEvent } from './events.ts';
import type { Edit } from './plan/network.ts';
import { type Opened, opened, type RebalanceState } from './state.ts';

export const { fold } = evolving<RebalanceState, Opened, RebalanceEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => evolveOpened(state, event, at),
});

const open = ({ number, request }: Extract<RebalanceEvent, { type: 'requested' }>, at: Instant): Opened => ({
  ...request,
  number,
  status: 'planning',
  plan: 1,
  tries: 0,
  edits: [],
  figures: null,
  started: 0,
  startedIn: [],
  batches: 0,
  again: [],
  seen: { ended: 0, late: 0, received: 0, lost: 0 },
  isLooking: false,
  looks: 0,
  since: at,
  outcome: null,
  attention: {},
  attentionRaised: 0,
  requestedAt: at,
  closedAt: null,
});

function evolveOpened(state: Opened, event: Exclude<RebalanceEvent, { type: 'requested' }>, at: Instant): Opened {
  switch (event.type) {
    case 'proposed': {
      const { type: _, plan: __, ...figures } = event;
      return { ...state, status: 'proposed', figures };
    }
    case 'planning_failed':
      return state;
    case 'planning_retried':
      return { ...state, tries: state.tries + 1 };
    case 'edited':
      return {
        ...state,
        status: 'planning',
        plan: state.plan + 1,
        figures: null,
        edits: merged(state.edits, event.edits),
      };
    case 'approved':
      return { ...state, status: 'executing', since: at };
    case 'transfers_started':
      return {
        ...state,
        started: state.started - (state.startedIn[event.batch - 1] ?? 0) + event.started,
        startedIn: withCount(state.startedIn, event.batch, event.started),
        batches: Math.max(state.batches, event.batch),
        again: state.again.filter((batch) => batch !== event.batch),
        since: at,
      };
    case 'transfers_retried':
      return { ...state, tries: state.tries + 1, again: [...state.again, event.batch] };
    case 'look_due':
      return { ...state, isLooking: true, looks: state.looks + 1 };
    case 'transfers_seen': {
      const { ended, late, received, lost } = event;
      return { ...state, isLooking: false, since: at, seen: { ended, late, received, lost } };
    }
    case 'cancelled':
      return state;
    case 'closed': {
      const { outcome } = event;
      return { ...state, status: outcome === 'cancelled' ? 'cancelled' : 'closed', outcome, closedAt: at };
    }
    case 'attention_raised':
    case 'attention_resolved':
      return evolveAttention(state, event, at);
    default:
      return unreachable(event);
  }
}

/** How many of each batch were started; one that is tried again is counted again. */
const withCount = (counts: readonly number[], batch: number, started: number): readonly number[] =>
  Object.assign([...counts], { [batch - 1]: started });

const wayOf = ({ sku, origin, destination, trip }: Edit): string => JSON.stringify([sku, origin, destination, trip]);

/** What is said last of a way holds. */
export const merged = (before: readonly Edit[], now: readonly Edit[]): readonly Edit[] => [
  ...new Map([...before, ...now].map((edit) => [wayOf(edit), edit])).values(),
];
