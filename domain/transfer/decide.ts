import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, TransferCommand } from './commands.ts';
import { attend, keepQueue, ledgerDisagrees } from './decide/attend.ts';
import { callOff, close, endWithoutGoods, settleClaim } from './decide/end.ts';
import { deadlinePassed, effectEnded, stopStock } from './decide/news.ts';
import { receive, receiveAfterAll } from './decide/receive.ts';
import { request, reschedule } from './decide/request.ts';
import { pick, ship } from './decide/send.ts';
import type { TransferEvent } from './events.ts';
import { fold } from './evolve.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Opened, TransferState } from './state.ts';
import { freeReleased, releaseGoods, stopGoods } from './stopped.ts';

/** Decides what a transfer is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: TransferState) => (state.status === 'initial' || state.status === 'closed' ? null : state),
    rules: [freeReleased, endWithoutGoods, keepQueue, close],
  },
  decideItself,
);

type Answer = readonly TransferEvent[] | Refused;

function decideItself(state: TransferState, { command, at }: Envelope): Answer {
  if (command.type === 'request') return state.status === 'initial' ? request(command) : refuse('already_requested');
  if (state.status === 'initial') return refuse('unknown_transfer');
  return state.status === 'closed' ? decideClosed(state, command) : decideMessage(state, command, at);
}

/** News of what has ended changes nothing; who wants something of it is told so. What was given up may come all the same. */
function decideClosed(state: Opened, command: TransferCommand): Answer {
  const { type } = command;
  if (type === 'receive') return receiveAfterAll(state, command);
  const isNews = ['stop_goods', 'release_goods', 'stop_stock', 'deadline', 'outcome', 'ledger_disagrees', 'sync'];
  return isNews.includes(type) ? [] : refuse('transfer_closed');
}

function decideMessage(state: Opened, command: Exclude<TransferCommand, { type: 'request' }>, at: Instant): Answer {
  switch (command.type) {
    case 'pick':
      return pick(state, command);
    case 'ship':
      return ship(state, command);
    case 'receive':
      return receive(state, command);
    case 'reschedule':
      return reschedule(state, command, at);
    case 'settle_claim':
      return settleClaim(state, command);
    case 'cancel':
      return callOff(state, command.note, at);
    case 'resolve':
      return attend(state, command, at);
    case 'stop_goods':
      return stopGoods(state, command.recall, command.goods);
    case 'release_goods':
      return releaseGoods(state, command.recall);
    case 'stop_stock':
      return stopStock(state, command.recall);
    case 'deadline':
      return deadlinePassed(state, command.deadline, command.due, at);
    case 'outcome':
      return effectEnded(state, command.effect, command.outcome);
    case 'ledger_disagrees':
      return ledgerDisagrees(state, command.detail);
    case 'sync':
      return [];
    default:
      return unreachable(command);
  }
}
