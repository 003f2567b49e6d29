import type { Decision as DecisionOf } from '../process.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, RecallCommand } from './commands.ts';
import { attend, resolveMoot } from './decide/attend.ts';
import { cancel, complete, launch, terminate, widen } from './decide/course.ts';
import { effectEnded } from './decide/effect-ended.ts';
import { changeRate, pause, resume, setClass } from './decide/steer.ts';
import { reportWave } from './decide/wave.ts';
import type { RecallEvent, Recorded } from './events.ts';
import { fold } from './evolve.ts';
import { type RecallRefusal, type Refused, refuse } from './refusals.ts';
import type { Opened, RecallState } from './state.ts';

export type Decision = DecisionOf<RecallEvent, RecallRefusal>;

/**
 * Decides a command: first what it says itself, then all that follows from it by the rules, until nothing more does.
 * Pure and total.
 */
export function decide(state: RecallState, { command, at, by }: Envelope): Decision {
  const direct = decideItself(state, command);
  if ('refusal' in direct) return { type: 'refused', refusal: direct.refusal };
  const record = (event: RecallEvent): Recorded => ({ at, by, event });
  const events: RecallEvent[] = [...direct];
  let current = fold(state, direct.map(record));
  while (current.status !== 'initial') {
    const more = followsFrom(current);
    if (more.length === 0) break;
    events.push(...more);
    current = fold(current, more.map(record));
  }
  return { type: 'accepted', events };
}

type Answer = readonly RecallEvent[] | Refused;

function decideItself(state: RecallState, command: RecallCommand): Answer {
  if (command.type === 'draft') {
    const { number, request } = command;
    return state.status === 'initial' ? [{ type: 'drafted', number, request }] : refuse('already_drafted');
  }
  if (state.status === 'initial') return refuse('unknown_recall');
  return decideMessage(state, command);
}

function decideMessage(state: Opened, command: Exclude<RecallCommand, { type: 'draft' }>): Answer {
  switch (command.type) {
    case 'launch':
      return launch(state);
    case 'widen':
      return widen(state, command.scopeVersion);
    case 'complete':
      return complete(state);
    case 'terminate':
      return terminate(state);
    case 'cancel':
      return cancel(state);
    case 'pause':
      return pause(state);
    case 'resume':
      return resume(state);
    case 'change_rate':
      return changeRate(state, command.perMinute);
    case 'set_class':
      return setClass(state, command.hazardClass);
    case 'report_wave':
      return reportWave(state, command);
    case 'resolve':
      return attend(state, command);
    case 'outcome':
      return effectEnded(state, command.effect, command.outcome);
    case 'deadline':
    case 'sync':
      return [];
    default:
      return unreachable(command);
  }
}

/** The next thing that the rules make of a state without anybody asking; empty once it is at rest. */
function followsFrom(state: Opened): readonly RecallEvent[] {
  const moot = resolveMoot(state);
  if (moot.length > 0) return moot;
  const { status, waves, plannedVersion, scopeVersion } = state;
  const isSending = status === 'launched' || status === 'notifying';
  const haveAll = plannedVersion === scopeVersion && waves.started === waves.planned && waves.sending.length === 0;
  return isSending && haveAll ? [{ type: 'all_notified' }] : [];
}
