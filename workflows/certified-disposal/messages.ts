import type { CertifiedDisposalCommand } from '../../domain/certified-disposal/commands.ts';
import type { Message } from '../process/messages.ts';

export const certifiedDisposalWorkflowType = 'CertifiedDisposal';
export const certifiedDisposalWorkflowId = (number: string): string => `certified-disposal:${number}`;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'take_back',
  'hand_over',
  'decline',
  'certify',
  'witness',
  'cancel',
  'resolve',
  'stop_goods',
  'release_goods',
  'sync',
] as const satisfies readonly CertifiedDisposalCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type CertifiedDisposalMessage<T extends MessageType = MessageType> = Message<
  Extract<CertifiedDisposalCommand, { type: T }>
>;
