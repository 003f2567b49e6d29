import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, TripCommand } from './commands.ts';
import { assign, request, withdraw } from './decide/assign.ts';
import { askAboutLoads, attend, close, deadlinePassed, effectEnded, resolveMoot } from './decide/attend.ts';
import { arrive, cancel, collect, comeBack, deliver, depart, fail, refuseLoad } from './decide/drive.ts';
import type { TripEvent } from './events.ts';
import { fold } from './evolve.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Opened, TripState } from './state.ts';

/** Decides what a trip is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: TripState) => (state.status === 'initial' || state.status === 'closed' ? null : state),
    rules: [resolveMoot, askAboutLoads, close],
  },
  decideItself,
);

type Answer = readonly TripEvent[] | Refused;

function decideItself(state: TripState, { command, at }: Envelope): Answer {
  if (command.type === 'request') {
    return state.status === 'initial' ? request(command.number, command.request) : refuse('already_requested');
  }
  if (state.status === 'initial') return refuse('unknown_trip');
  return decideMessage(state, command, at);
}

function decideMessage(state: Opened, command: Exclude<TripCommand, { type: 'request' }>, at: Instant): Answer {
  switch (command.type) {
    case 'assign':
      return assign(state, command);
    case 'withdraw':
      return withdraw(state, command.load);
    case 'depart':
      return depart(state, command.at);
    case 'arrive':
      return arrive(state, command);
    case 'collect':
      return collect(state, command);
    case 'fail':
      return fail(state, command);
    case 'refuse':
      return refuseLoad(state, command);
    case 'deliver':
      return deliver(state, command);
    case 'come_back':
      return comeBack(state, command.at);
    case 'cancel':
      return cancel(state, command.note);
    case 'resolve':
      return attend(state, command, at);
    case 'deadline':
      return deadlinePassed(state, command.deadline, command.due, at);
    case 'outcome':
      return effectEnded(state, command.effect, command.outcome);
    case 'ledger_disagrees':
    case 'sync':
      return [];
    default:
      return unreachable(command);
  }
}
