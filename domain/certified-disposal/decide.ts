import { close, letGo } from '../execution/end.ts';
import { type Refused, refuse } from '../execution/refusals.ts';
import { deciding } from '../process/at-rest.ts';
import type { Instant } from '../time/duration.ts';
import type { CertifiedDisposalCommand, Envelope } from './commands.ts';
import { decideCommon, resolveMoot } from './decide/attend.ts';
import { certify, witness } from './decide/certify.ts';
import { complete } from './decide/end.ts';
import { cancel, decline, handOver, request, takeBack } from './decide/hand-over.ts';
import type { CertifiedDisposalEvent } from './events.ts';
import { fold } from './evolve.ts';
import type { CertifiedDisposalState, Opened } from './state.ts';

/** Decides what a certified disposal is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: CertifiedDisposalState) =>
      state.status === 'initial' || state.status === 'closed' ? null : state,
    rules: [letGo, complete, resolveMoot, close],
  },
  decideItself,
);

type Answer = readonly CertifiedDisposalEvent[] | Refused;
type Message = Exclude<CertifiedDisposalCommand, { type: 'request' }>;

function decideItself(state: CertifiedDisposalState, { command, at, by }: Envelope): Answer {
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
    default:
      return decideCommon(state, command, at);
  }
}
