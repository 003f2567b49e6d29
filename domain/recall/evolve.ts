import { evolveAttention } from '../process/attention.ts';
import { evolving } from '../process/beginning.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { RecallEvent } from './events.ts';
import { type Opened, opened, type RecallState } from './state.ts';

export const { fold } = evolving<RecallState, Opened, RecallEvent, 'drafted'>({
  first: 'drafted',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => evolveOpened(state, event, at),
});

const open = ({ number, request }: Extract<RecallEvent, { type: 'drafted' }>, at: Instant): Opened => ({
  ...request,
  number,
  status: 'drafted',
  paused: false,
  scopeVersion: 1,
  stoppedVersion: 0,
  plannedVersion: 0,
  returnsVersion: 0,
  tries: 0,
  consignees: 0,
  stopped: null,
  waves: { planned: 0, started: 0, sending: [], ended: 0 },
  draws: { due: 0, made: 0, checks: 0 },
  changes: 0,
  toldChanges: 0,
  report: 'none',
  estimatedOn: null,
  completion: null,
  outcome: null,
  attention: {},
  attentionRaised: 0,
  draftedAt: at,
  launchedAt: null,
  stoppedAt: null,
  notifiedAt: null,
  completedAt: null,
  closedAt: null,
});

function evolveOpened(state: Opened, event: Exclude<RecallEvent, { type: 'drafted' }>, at: Instant): Opened {
  const { waves } = state;
  switch (event.type) {
    case 'launched':
      return { ...state, status: 'launched', launchedAt: at };
    case 'overlap_found':
      return state;
    case 'stop_sale_placed':
      return stopped(state, event, at);
    case 'waves_planned':
      return {
        ...state,
        status: 'notifying',
        plannedVersion: event.scopeVersion,
        consignees: state.consignees + event.consignees,
        waves: { ...waves, planned: waves.planned + event.waves },
      };
    case 'returns_stopped':
      return { ...state, returnsVersion: event.scopeVersion };
    case 'returns_retried':
      return retried(state);
    case 'wave_started':
      return { ...state, waves: { ...waves, started: event.wave, sending: [...waves.sending, event.wave] } };
    case 'wave_notified':
      return { ...state, waves: { ...waves, sending: without(waves.sending, event.wave) } };
    case 'wave_ended':
      return {
        ...state,
        waves: { ...waves, ended: waves.ended + 1, sending: without(waves.sending, event.wave) },
      };
    case 'all_notified':
      return { ...state, status: 'notified', notifiedAt: at };
    case 'paused':
      return changed({ ...state, paused: true });
    case 'resumed':
      return changed({ ...state, paused: false });
    case 'rate_changed':
      return { ...state, strategy: { ...state.strategy, perMinute: event.perMinute } };
    case 'class_set':
      return changed({ ...state, hazardClass: event.hazardClass });
    case 'checks_due':
      return { ...state, draws: { ...state.draws, due: event.draw } };
    case 'checks_drawn':
      return { ...state, draws: { ...state.draws, made: event.draw, checks: event.checks } };
    case 'effectiveness_set': {
      const { effectiveness, checkShare } = event;
      return { ...state, strategy: { ...state.strategy, effectiveness, checkShare } };
    }
    case 'completion_estimated':
      return { ...state, estimatedOn: event.on };
    case 'scope_widened': {
      const status = state.status === 'notified' ? 'notifying' : state.status;
      return { ...state, status, scopeVersion: event.scopeVersion };
    }
    case 'scope_revised':
      return { ...state, scopeVersion: event.scopeVersion };
    case 'stop_sale_retried':
      return { ...state, tries: state.tries + 1 };
    case 'waves_told':
      return { ...state, toldChanges: Math.max(state.toldChanges, event.change) };
    case 'completed':
      return changed({
        ...state,
        status: 'completed',
        paused: false,
        completion: { open: event.open ?? null, note: event.note ?? null },
        completedAt: at,
      });
    case 'report_due':
      return { ...state, report: 'due' };
    case 'report_kept':
      return { ...state, report: 'kept' };
    case 'terminated': {
      const { notice } = event;
      return notice === undefined ? state : { ...state, termination: { notice, recorded: false, told: false } };
    }
    case 'termination_recorded':
      return terminating(state, { recorded: true });
    case 'termination_told':
      return terminating(state, { told: true });
    case 'cancelled':
      return state;
    case 'withdrawn':
      return { ...state, paused: false, withdrawal: { lifted: false, released: false, told: false } };
    case 'stop_sale_lifted':
      return withdrawing(state, { lifted: true });
    case 'returns_released':
      return withdrawing(state, { released: true });
    case 'withdrawal_told':
      return withdrawing(state, { told: true });
    case 'attention_raised':
    case 'attention_resolved':
      return evolveAttention(state, event, at);
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return unreachable(event);
  }
}

function stopped(state: Opened, event: Extract<RecallEvent, { type: 'stop_sale_placed' }>, at: Instant): Opened {
  const { type: _, scopeVersion, ...found } = event;
  return { ...state, stoppedVersion: scopeVersion, stopped: found, stoppedAt: state.stoppedAt ?? at };
}

/** Whoever was told already takes it once. A recall that was withdrawn tells that alone. */
function retried(state: Opened): Opened {
  const returnsTries = (state.returnsTries ?? 0) + 1;
  return state.withdrawal === undefined
    ? { ...state, returnsTries, returnsVersion: state.stoppedVersion - 1 }
    : withdrawing({ ...state, returnsTries }, { released: false });
}

const withdrawing = (state: Opened, done: Partial<NonNullable<Opened['withdrawal']>>): Opened =>
  state.withdrawal === undefined ? state : { ...state, withdrawal: { ...state.withdrawal, ...done } };

const terminating = (state: Opened, done: Partial<NonNullable<Opened['termination']>>): Opened =>
  state.termination === undefined ? state : { ...state, termination: { ...state.termination, ...done } };

/** Something that running waves must hear of. */
const changed = (state: Opened): Opened => ({ ...state, changes: state.changes + 1 });

const without = (waves: readonly number[], wave: number): number[] => waves.filter((each) => each !== wave);
