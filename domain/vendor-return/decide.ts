import { close, letGo } from '../execution/end.ts';
import { type Refused, refuse } from '../execution/refusals.ts';
import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import type { Envelope, VendorReturnCommand } from './commands.ts';
import { authorize, cancel, decline, request, ship } from './decide/agree.ts';
import { decideCommon, resolveMoot } from './decide/attend.ts';
import { recordCredit, writeOff } from './decide/credit.ts';
import { endWithVendor } from './decide/end.ts';
import type { VendorReturnEvent } from './events.ts';
import { fold } from './evolve.ts';
import type { Opened, VendorReturnState } from './state.ts';

/** Decides what a vendor return is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: VendorReturnState) => (state.status === 'initial' || state.status === 'closed' ? null : state),
    rules: [letGo, endWithVendor, resolveMoot, close],
  },
  decideItself,
);

type Answer = readonly VendorReturnEvent[] | Refused;

function decideItself(state: VendorReturnState, { command, at }: Envelope): Answer {
  if (command.type === 'request') return state.status === 'initial' ? request(command) : refuse('already_requested');
  if (state.status === 'initial') return refuse('unknown_execution');
  return decideMessage(state, command, at);
}

function decideMessage(state: Opened, command: Exclude<VendorReturnCommand, { type: 'request' }>, at: Instant): Answer {
  switch (command.type) {
    case 'authorize':
      return authorize(state, command, at);
    case 'decline':
      return decline(state, command);
    case 'ship':
      return ship(state, command);
    case 'record_credit':
      return recordCredit(state, command);
    case 'write_off':
      return writeOff(state, command.note);
    case 'cancel':
      return cancel(state, command.note);
    default:
      return decideCommon(state, command, at);
  }
}
