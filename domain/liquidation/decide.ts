import type { Instant } from '../duration.ts';
import { type ExecutionRefusal, type Refused, refuse } from '../execution/refusals.ts';
import type { Decision as DecisionOf } from '../process.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, LiquidationCommand } from './commands.ts';
import { attend, deadlinePassed, ledgerDisagrees, resolveMoot, told } from './decide/attend.ts';
import { acceptBid, recordBid, reprice, request, takeOut, withdrawBid } from './decide/bid.ts';
import { complain, settleComplaint, ship } from './decide/deliver.ts';
import { cancel, close, endWithLiquidator, letGo, raiseOverpaid } from './decide/end.ts';
import { recordFee, recordPayment, recordPayout, sellAgain, writeOff } from './decide/pay.ts';
import type { LiquidationEvent, Recorded } from './events.ts';
import { fold } from './evolve.ts';
import type { LiquidationState, Opened } from './state.ts';

export type Decision = DecisionOf<LiquidationEvent, ExecutionRefusal>;

/**
 * Decides a command: first what it says itself, then all that follows from it by the rules, until nothing more does.
 * Pure and total.
 */
export function decide(state: LiquidationState, { command, at, by }: Envelope): Decision {
  const direct = decideItself(state, command, at);
  if ('refusal' in direct) return { type: 'refused', refusal: direct.refusal };
  const record = (event: LiquidationEvent): Recorded => ({ at, by, event });
  const events: LiquidationEvent[] = [...direct];
  let current = fold(state, direct.map(record));
  while (current.status !== 'initial') {
    const more = followsFrom(current);
    if (more.length === 0) break;
    events.push(...more);
    current = fold(current, more.map(record));
  }
  return { type: 'accepted', events };
}

type Answer = readonly LiquidationEvent[] | Refused;

function decideItself(state: LiquidationState, command: LiquidationCommand, at: Instant): Answer {
  if (command.type === 'request') return state.status === 'initial' ? request(command) : refuse('already_requested');
  if (state.status === 'initial') return refuse('unknown_execution');
  return decideMessage(state, command, at);
}

function decideMessage(state: Opened, command: Exclude<LiquidationCommand, { type: 'request' }>, at: Instant): Answer {
  switch (command.type) {
    case 'record_bid':
      return recordBid(state, command, at);
    case 'withdraw_bid':
      return withdrawBid(state, command.bid);
    case 'reprice':
      return reprice(state, command);
    case 'take_out':
      return takeOut(state, command);
    case 'accept_bid':
      return acceptBid(state, command, at);
    case 'sell_again':
      return sellAgain(state, command.note);
    case 'record_payment':
      return recordPayment(state, command);
    case 'record_payout':
      return recordPayout(state, command);
    case 'record_fee':
      return recordFee(state, command);
    case 'ship':
      return ship(state, command);
    case 'record_complaint':
      return complain(state, command, at);
    case 'settle_complaint':
      return settleComplaint(state, command);
    case 'write_off':
      return writeOff(state, command.note);
    case 'cancel':
      return cancel(state, command.note, command.instead);
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
function followsFrom(state: Opened): readonly LiquidationEvent[] {
  if (state.status === 'closed') return [];
  for (const rule of [letGo, resolveMoot, raiseOverpaid, endWithLiquidator, close] as const) {
    const events = rule(state);
    if (events.length > 0) return events;
  }
  return [];
}
