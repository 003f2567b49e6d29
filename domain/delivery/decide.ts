import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { DeliveryCommand, Envelope } from './commands.ts';
import { answer, choose } from './decide/answer.ts';
import { attend, deadlinePassed, effectEnded, resolveMoot } from './decide/attend.ts';
import { instructed } from './decide/instruct.ts';
import { track } from './decide/track.ts';
import type { DeliveryEvent } from './events.ts';
import { fold } from './evolve.ts';
import { type Refused, refuse } from './refusals.ts';
import type { DeliveryState, Opened } from './state.ts';

/** Decides what a delivery is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: DeliveryState) => (state.status === 'initial' ? null : state),
    rules: [resolveMoot, endWithReturn],
  },
  decideItself,
);

type Answer = readonly DeliveryEvent[] | Refused;

function decideItself(state: DeliveryState, { command, at }: Envelope): Answer {
  if (command.type === 'open') {
    return state.status === 'initial' ? [{ type: 'opened', facts: command.facts }] : refuse('already_opened');
  }
  if (state.status === 'initial') return refuse('unknown_delivery');
  return decideMessage(state, command, at);
}

function decideMessage(state: Opened, command: Exclude<DeliveryCommand, { type: 'open' }>, at: Instant): Answer {
  switch (command.type) {
    case 'track':
      return track(state, command, at);
    case 'answer':
      return answer(state, command, at);
    case 'choose':
      return choose(state, command);
    case 'instruct':
      return instructed(state, command, at);
    case 'resolve':
      return attend(state, command, at);
    case 'deadline':
      return deadlinePassed(state, command.deadline, command.due, at);
    case 'outcome':
      return effectEnded(state, command.effect, command.outcome);
    case 'sync':
      return [];
    default:
      return unreachable(command);
  }
}

/** Closes once the return of its goods has heard what their buyer gets, and nobody is asked anything. */
function endWithReturn(state: Opened): readonly DeliveryEvent[] {
  const isDone = state.status === 'returning' && state.isRemedyTold && Object.keys(state.attention).length === 0;
  return isDone ? [{ type: 'closed', outcome: 'returned' }] : [];
}
