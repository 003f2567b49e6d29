import type { Instant } from '../duration.ts';
import type { Decision as DecisionOf } from '../process.ts';
import { unreachable } from '../unreachable.ts';
import type { DeliveryCommand, Envelope } from './commands.ts';
import { answer, choose } from './decide/answer.ts';
import { attend, deadlinePassed, effectEnded, resolveMoot } from './decide/attend.ts';
import { instructed } from './decide/instruct.ts';
import { track } from './decide/track.ts';
import type { DeliveryEvent, Recorded } from './events.ts';
import { fold } from './evolve.ts';
import { type DeliveryRefusal, type Refused, refuse } from './refusals.ts';
import type { DeliveryState, Opened } from './state.ts';

export type Decision = DecisionOf<DeliveryEvent, DeliveryRefusal>;

/**
 * Decides a command: first what it says itself, then all that follows from it by the rules, until nothing more does.
 * Pure and total.
 */
export function decide(state: DeliveryState, { command, at, by }: Envelope): Decision {
  const direct = decideItself(state, command, at);
  if ('refusal' in direct) return { type: 'refused', refusal: direct.refusal };
  const record = (event: DeliveryEvent): Recorded => ({ at, by, event });
  const events: DeliveryEvent[] = [...direct];
  let current = fold(state, direct.map(record));
  while (current.status !== 'initial') {
    const more = followsFrom(current);
    if (more.length === 0) break;
    events.push(...more);
    current = fold(current, more.map(record));
  }
  return { type: 'accepted', events };
}

type Answer = readonly DeliveryEvent[] | Refused;

function decideItself(state: DeliveryState, command: DeliveryCommand, at: Instant): Answer {
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

/** The next thing that the rules make of a state without anybody asking; empty once it is at rest. */
function followsFrom(state: Opened): readonly DeliveryEvent[] {
  const moot = resolveMoot(state);
  if (moot.length > 0) return moot;
  const isDone = state.status === 'returning' && state.isRemedyTold && Object.keys(state.attention).length === 0;
  return isDone ? [{ type: 'closed', outcome: 'returned' }] : [];
}
