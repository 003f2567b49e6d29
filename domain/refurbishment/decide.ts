import { close } from '../execution/end.ts';
import { type Refused, refuse } from '../execution/refusals.ts';
import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import type { Envelope, RefurbishmentCommand } from './commands.ts';
import { decideCommon, resolveMoot } from './decide/attend.ts';
import {
  awaitParts,
  bookCharge,
  bookLabour,
  estimate,
  hold,
  holdStopped,
  liftHold,
  partsArrive,
  raiseBudget,
  usePart,
} from './decide/book.ts';
import { begin, cancel, endWork, letGo, stopAtLoss } from './decide/end.ts';
import { abandon, takeApart, test } from './decide/finish.ts';
import type { RefurbishmentEvent } from './events.ts';
import { fold } from './evolve.ts';
import type { Opened, RefurbishmentState } from './state.ts';

/** Decides what a refurbishment is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: RefurbishmentState) => (state.phase === 'initial' || state.phase === 'closed' ? null : state),
    rules: [letGo, begin, endWork, stopAtLoss, resolveMoot, holdStopped, close],
  },
  decideItself,
);

type Answer = readonly RefurbishmentEvent[] | Refused;

function decideItself(state: RefurbishmentState, { command, at }: Envelope): Answer {
  if (command.type === 'request') return state.phase === 'initial' ? request(command) : refuse('already_requested');
  if (state.phase === 'initial') return refuse('unknown_execution');
  return decideMessage(state, command, at);
}

/** Asks the returns of some goods to have them worked on. */
function request({ number, request: asked }: Extract<RefurbishmentCommand, { type: 'request' }>): Answer {
  if (asked.items.length === 0) return refuse('nothing_left', 'items');
  return [{ type: 'requested', number, request: asked }];
}

type Message = Exclude<RefurbishmentCommand, { type: 'request' }>;

function decideMessage(state: Opened, command: Message, at: Instant): Answer {
  switch (command.type) {
    case 'estimate':
      return estimate(state, command);
    case 'use_part':
      return usePart(state, command);
    case 'book_labour':
      return bookLabour(state, command);
    case 'book_charge':
      return bookCharge(state, command);
    case 'await_parts':
      return awaitParts(state, command, at);
    case 'parts_arrive':
      return partsArrive(state);
    case 'raise_budget':
      return raiseBudget(state, command);
    case 'hold':
      return hold(state, command);
    case 'lift_hold':
      return liftHold(state);
    case 'test':
      return test(state, command);
    case 'abandon':
      return abandon(state, command);
    case 'take_apart':
      return takeApart(state, command);
    case 'cancel':
      return cancel(state, command);
    default:
      return decideCommon(state, command, at);
  }
}
