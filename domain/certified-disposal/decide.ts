import type { Instant } from '../duration.ts';
import { type ExecutionRefusal, type Refused, refuse } from '../execution/refusals.ts';
import type { Decision as DecisionOf } from '../process.ts';
import { unreachable } from '../unreachable.ts';
import type { CertifiedDisposalCommand, Envelope } from './commands.ts';
import { attend, deadlinePassed, ledgerDisagrees, resolveMoot, told } from './decide/attend.ts';
import { certify, witness } from './decide/certify.ts';
import { close, complete, letGo } from './decide/end.ts';
import { cancel, decline, handOver, request, takeBack } from './decide/hand-over.ts';
import type { CertifiedDisposalEvent, Recorded } from './events.ts';
import { fold } from './evolve.ts';
import type { CertifiedDisposalState, Opened } from './state.ts';

export type Decision = DecisionOf<CertifiedDisposalEvent, ExecutionRefusal>;

/**
 * Decides a command: first what it says itself, then all that follows from it by the rules, until nothing more does.
 * Pure and total.
 */
export function decide(state: CertifiedDisposalState, { command, at, by }: Envelope): Decision {
  const direct = decideItself(state, command, at, by);
  if ('refusal' in direct) return { type: 'refused', refusal: direct.refusal };
  const record = (event: CertifiedDisposalEvent): Recorded => ({ at, by, event });
  const events: CertifiedDisposalEvent[] = [...direct];
  let current = fold(state, direct.map(record));
  while (current.status !== 'initial') {
    const more = followsFrom(current);
    if (more.length === 0) break;
    events.push(...more);
    current = fold(current, more.map(record));
  }
  return { type: 'accepted', events };
}

type Answer = readonly CertifiedDisposalEvent[] | Refused;
type Message = Exclude<CertifiedDisposalCommand, { type: 'request' }>;

function decideItself(
  state: CertifiedDisposalState,
  command: CertifiedDisposalCommand,
  at: Instant,
  by: string,
): Answer {
  if (command.type === 'request') return state.status === 'initial' ? request(command) : refuse('already_requested');
  if (state.status === 'initial') return refuse('unknown_execution');
  return decideMessage(state, command, at, by);
}

function decideMessage(state: Opened, command: Message, at: Instant, by: string): Answer {
  switch (command.type) {
    case 'take_back':
      return takeBack(state, command);
    case 'hand_over':
      return handOver(state, command);
    case 'decline':
      return decline(state, command);
    case 'certify':
      return certify(state, command.certificate, at);
    case 'witness':
      return witness(state, command, by);
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
function followsFrom(state: Opened): readonly CertifiedDisposalEvent[] {
  if (state.status === 'closed') return [];
  for (const rule of [letGo, complete, resolveMoot, close] as const) {
    const events = rule(state);
    if (events.length > 0) return events;
  }
  return [];
}
