import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, LoanCommand } from './commands.ts';
import { attend, deadlinePassed, ledgerDisagrees, resolveMoot } from './decide/attend.ts';
import { effectEnded, hearReturn } from './decide/come-back.ts';
import { buy, reportLost } from './decide/end-units.ts';
import { answerExtension, askExtension } from './decide/extend.ts';
import { cancel, handOver, request } from './decide/hand-over.ts';
import { recordPayment, waive } from './decide/pay.ts';
import { askBack, returnEarly } from './decide/return.ts';
import { accrueEnded, askForMoney, close, reverseLetGo, setOff } from './decide/settle.ts';
import type { LoanEvent } from './events.ts';
import { fold } from './evolve.ts';
import { type Refused, refuse } from './refusals.ts';
import type { LoanState, Opened } from './state.ts';

/** Decides what a loan is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: LoanState) => (state.status === 'initial' || state.closedAt !== null ? null : state),
    rules: [askBack, accrueEnded, reverseLetGo, setOff, resolveMoot, askForMoney, close],
  },
  decideItself,
);

type Answer = readonly LoanEvent[] | Refused;

function decideItself(state: LoanState, { command, at }: Envelope): Answer {
  if (command.type === 'request')
    return state.status === 'initial' ? request(command, at) : refuse('already_requested');
  if (state.status === 'initial') return refuse('unknown_loan');
  return decideMessage(state, command, at);
}

function decideMessage(state: Opened, command: Exclude<LoanCommand, { type: 'request' }>, at: Instant): Answer {
  switch (command.type) {
    case 'hear_return':
      return hearReturn(state, command);
    case 'outcome':
      return effectEnded(state, command.effect, command.outcome);
    case 'deadline':
      return deadlinePassed(state, command.deadline, command.due, at);
    case 'ledger_disagrees':
      return ledgerDisagrees(state, command.detail);
    case 'sync':
      return [];
    default:
      return state.closedAt === null ? decideAsked(state, command, at) : refuse('loan_closed');
  }
}

type Asked = Exclude<
  LoanCommand,
  { readonly type: 'request' | 'hear_return' | 'outcome' | 'deadline' | 'ledger_disagrees' | 'sync' }
>;

/** What people ask of a loan that isn't closed. */
function decideAsked(state: Opened, command: Asked, at: Instant): Answer {
  switch (command.type) {
    case 'hand_over':
      return handOver(state, command, at);
    case 'cancel':
      return cancel(state, command.note);
    case 'ask_extension':
      return askExtension(state, command.until, at);
    case 'answer_extension':
      return answerExtension(state, command, at);
    case 'return_early':
      return returnEarly(state, command.units);
    case 'report_lost':
      return reportLost(state, command.units);
    case 'buy':
      return buy(state, command.units);
    case 'record_payment':
      return recordPayment(state, command);
    case 'waive':
      return waive(state, command);
    case 'resolve':
      return attend(state, command, at);
    default:
      return unreachable(command);
  }
}
