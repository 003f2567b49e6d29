import { close } from '../execution/end.ts';
import { type Refused, refuse } from '../execution/refusals.ts';
import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import type { Envelope, LiquidationCommand } from './commands.ts';
import { decideCommon, resolveMoot } from './decide/attend.ts';
import { acceptBid, recordBid, reprice, request, takeOut, withdrawBid } from './decide/bid.ts';
import { complain, settleComplaint, ship } from './decide/deliver.ts';
import { cancel, endWithLiquidator, letGo, raiseOverpaid } from './decide/end.ts';
import { recordFee, recordPayment, recordPayout, sellAgain, writeOff } from './decide/pay.ts';
import type { LiquidationEvent } from './events.ts';
import { fold } from './evolve.ts';
import type { LiquidationState, Opened } from './state.ts';

/** Decides what a liquidation is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: LiquidationState) => (state.status === 'initial' || state.status === 'closed' ? null : state),
    rules: [letGo, resolveMoot, raiseOverpaid, endWithLiquidator, close],
  },
  decideItself,
);

type Answer = readonly LiquidationEvent[] | Refused;

function decideItself(state: LiquidationState, { command, at }: Envelope): Answer {
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
    default:
      return decideCommon(state, command, at);
  }
}
