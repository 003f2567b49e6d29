import type { CertifiedDisposalCommand } from '../../domain/certified-disposal/commands.ts';
import type { CertifiedDisposalRequest } from '../../domain/certified-disposal/events.ts';
import type { CertifiedDisposalState } from '../../domain/certified-disposal/state.ts';
import type { Message } from '../process/messages.ts';

export const certifiedDisposalWorkflowType = 'CertifiedDisposal';
export const certifiedDisposalWorkflowId = (number: string): string => `certified-disposal:${number}`;
/** The certified disposal that a workflow id names. */
export const numberOf = (workflowId: string): string => workflowId.slice(certifiedDisposalWorkflowId('').length);

/** `request` only for a new one; one that is woken again finds its own in the journal; `carried` over continue-as-new. */
export type CertifiedDisposalArguments = {
  readonly number: string;
  readonly request: {
    readonly commandId: string;
    readonly by: string;
    readonly request: CertifiedDisposalRequest;
  } | null;
  readonly carried?: { readonly state: CertifiedDisposalState; readonly version: number };
};

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'take_back',
  'hand_over',
  'decline',
  'certify',
  'witness',
  'cancel',
  'resolve',
  'sync',
] as const satisfies readonly CertifiedDisposalCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type CertifiedDisposalMessage<T extends MessageType = MessageType> = Message<
  Extract<CertifiedDisposalCommand, { type: T }>
>;
