import type { TransferCommand } from '../../domain/transfer/commands.ts';
import type { TransferRequest } from '../../domain/transfer/request.ts';
import type { TransferState } from '../../domain/transfer/state.ts';
import type { Message, NumberedArguments } from '../process/messages.ts';

export const transferWorkflowType = 'Transfer';
export const transferWorkflowId = (number: string): string => `transfer:${number}`;

export type TransferArguments = NumberedArguments<TransferState, TransferRequest>;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'pick',
  'ship',
  'receive',
  'reschedule',
  'settle_claim',
  'cancel',
  'resolve',
  'stop_goods',
  'release_goods',
  'stop_stock',
  'sync',
] as const satisfies readonly TransferCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type TransferMessage<T extends MessageType = MessageType> = Message<Extract<TransferCommand, { type: T }>>;
