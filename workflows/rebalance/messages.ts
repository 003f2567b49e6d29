import type { OwnCommand } from '../../domain/rebalance/commands.ts';
import type { Message } from '../process/messages.ts';

export const rebalanceWorkflowType = 'Rebalance';
export const rebalanceWorkflowId = (number: string): string => `rebalance:${number}`;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'edit',
  'approve',
  'cancel',
  'resolve',
  'sync',
] as const satisfies readonly OwnCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type RebalanceMessage<T extends MessageType = MessageType> = Message<Extract<OwnCommand, { type: T }>>;
