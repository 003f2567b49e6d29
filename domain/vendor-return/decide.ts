import type { Instant } from '../duration.ts';
import { type ExecutionRefusal, type Refused, refuse } from '../execution/refusals.ts';
import type { Decision as DecisionOf } from '../process.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, VendorReturnCommand } from './commands.ts';
import { authorize, cancel, decline, request, ship } from './decide/agree.ts';
import { attend, deadlinePassed, ledgerDisagrees, resolveMoot, told } from './decide/attend.ts';
import { recordCredit, writeOff } from './decide/credit.ts';
import { close, endWithVendor, letGo } from './decide/end.ts';
import type { Recorded, VendorReturnEvent } from './events.ts';
import { fold } from './evolve.ts';
import type { Opened, VendorReturnState } from './state.ts';

export type Decision = DecisionOf<VendorReturnEvent, ExecutionRefusal>;

/**
 * Decides a command: first what it says itself, then all that follows from it by the rules, until nothing more does.
 * Pure and total.
 */
export function decide(state: VendorReturnState, { command, at, by }: Envelope): Decision {
  const direct = decideItself(state, command, at);
  if ('refusal' in direct) return { type: 'refused', refusal: direct.refusal };
  const record = (event: VendorReturnEvent): Recorded => ({ at, by, event });
  const events: VendorReturnEvent[] = [...direct];
  let current = fold(state, direct.map(record));
  while (current.status !== 'initial') {
    const more = followsFrom(current);
    if (more.length === 0) break;
    events.push(...more);
    current = fold(current, more.map(record));
  }
  return { type: 'accepted', events };
}

type Answer = readonly VendorReturnEvent[] | Refused;

function decideItself(state: VendorReturnState, command: VendorReturnCommand, at: Instant): Answer {
  if (command.type === 'request') return state.status === 'initial' ? request(command) : refuse('already_requested');
  if (state.status === 'initial') return refuse('unknown_execution');
  return decideMessage(state, command, at);
}

function decideMessage(state: Opened, command: Exclude<VendorReturnCommand, { type: 'request' }>, at: Instant): Answer {
  switch (command.type) {
    case 'authorize':
      return authorize(state, command, at);
    case 'decline':
      return decline(state, command.note);
    case 'ship':
      return ship(state, command);
    case 'record_credit':
      return recordCredit(state, command);
    case 'write_off':
      return writeOff(state, command.note);
    case 'cancel':
      return cancel(state, command.note);
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
function followsFrom(state: Opened): readonly VendorReturnEvent[] {
  if (state.status === 'closed') return [];
  for (const rule of [letGo, endWithVendor, resolveMoot, close] as const) {
    const events = rule(state);
    if (events.length > 0) return events;
  }
  return [];
}
