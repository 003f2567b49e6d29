import { deciding } from '../process/at-rest.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, RecallCommand } from './commands.ts';
import { attend, resolveMoot } from './decide/attend.ts';
import { drawChecks, drawWhenNotified, setEffectiveness } from './decide/checks.ts';
import { cancel, complete, estimateCompletion, launch, revise, terminate, widen, withdraw } from './decide/course.ts';
import { effectEnded } from './decide/effect-ended.ts';
import { changeRate, pause, resume, setClass } from './decide/steer.ts';
import { reportWave } from './decide/wave.ts';
import type { RecallEvent } from './events.ts';
import { fold } from './evolve.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Opened, RecallState } from './state.ts';

/** Decides what a recall is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: RecallState) => (state.status === 'initial' ? null : state),
    rules: [resolveMoot, endNotifying],
  },
  decideItself,
);

type Answer = readonly RecallEvent[] | Refused;

function decideItself(state: RecallState, { command }: Envelope): Answer {
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
    case 'revise':
      return revise(state, command.scopeVersion);
    case 'complete':
      return complete(state, command);
    case 'terminate':
      return terminate(state, command);
    case 'cancel':
      return cancel(state);
    case 'withdraw':
      return withdraw(state, command.note);
    case 'pause':
      return pause(state);
    case 'resume':
      return resume(state);
    case 'change_rate':
      return changeRate(state, command.perMinute);
    case 'set_class':
      return setClass(state, command.hazardClass);
    case 'set_effectiveness':
      return setEffectiveness(state, command);
    case 'draw_checks':
      return drawChecks(state);
    case 'estimate_completion':
      return estimateCompletion(state, command.on);
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

/** First notices have left, of all waves and all of the scope. */
function endNotifying(state: Opened): readonly RecallEvent[] {
  const { status, waves, plannedVersion, scopeVersion } = state;
  const isSending = status === 'launched' || status === 'notifying';
  const haveAll = plannedVersion === scopeVersion && waves.started === waves.planned && waves.sending.length === 0;
  return isSending && haveAll ? [{ type: 'all_notified' }, ...drawWhenNotified(state)] : [];
}
