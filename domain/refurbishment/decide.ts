import type { Instant } from '../duration.ts';
import { type ExecutionRefusal, type Refused, refuse } from '../execution/refusals.ts';
import type { Decision as DecisionOf } from '../process.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, RefurbishmentCommand } from './commands.ts';
import { attend, deadlinePassed, ledgerDisagrees, resolveMoot, told } from './decide/attend.ts';
import {
  awaitParts,
  bookCharge,
  bookLabour,
  estimate,
  hold,
  liftHold,
  partsArrive,
  raiseBudget,
  usePart,
} from './decide/book.ts';
import { begin, cancel, close, endWork, letGo, stopAtLoss } from './decide/end.ts';
import { abandon, takeApart, test } from './decide/finish.ts';
import type { Recorded, RefurbishmentEvent } from './events.ts';
import { fold } from './evolve.ts';
import type { Opened, RefurbishmentState } from './state.ts';

export type Decision = DecisionOf<RefurbishmentEvent, ExecutionRefusal>;

/**
 * Decides a command: first what it says itself, then all that follows from it by the rules, until nothing more does.
 * Pure and total.
 */
export function decide(state: RefurbishmentState, { command, at, by }: Envelope): Decision {
  const direct = decideItself(state, command, at);
  if ('refusal' in direct) return { type: 'refused', refusal: direct.refusal };
  const record = (event: RefurbishmentEvent): Recorded => ({ at, by, event });
  const events: RefurbishmentEvent[] = [...direct];
  let current = fold(state, direct.map(record));
  while (current.phase !== 'initial') {
    const more = followsFrom(current);
    if (more.length === 0) break;
    events.push(...more);
    current = fold(current, more.map(record));
  }
  return { type: 'accepted', events };
}

type Answer = readonly RefurbishmentEvent[] | Refused;

function decideItself(state: RefurbishmentState, command: RefurbishmentCommand, at: Instant): Answer {
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
    case 'resolve':
      return attend(state, command);
    case 'deadline':
      return deadlinePassed(state, command.deadline, command.due, at);
    case 'outcome':
      return told(state, command.effect, command.outcome);
    case 'ledger_disagrees':
      return ledgerDisagrees(state, command.detail);
    case 'sync':
      return [];
    default:
      return unreachable(command);
  }
}

/** The next thing that the rules make of a state without anybody asking; empty once it is at rest. */
function followsFrom(state: Opened): readonly RefurbishmentEvent[] {
  if (state.phase === 'closed') return [];
  for (const rule of [letGo, begin, endWork, stopAtLoss, resolveMoot, close] as const) {
    const events = rule(state);
    if (events.length > 0) return events;
  }
  return [];
}
