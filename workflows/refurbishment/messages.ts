import type { RefurbishmentCommand } from '../../domain/refurbishment/commands.ts';
import type { Message } from '../process/messages.ts';

export const refurbishmentWorkflowType = 'Refurbishment';
export const refurbishmentWorkflowId = (number: string): string => `refurbishment:${number}`;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'estimate',
  'use_part',
  'book_labour',
  'book_charge',
  'await_parts',
  'parts_arrive',
  'raise_budget',
  'hold',
  'lift_hold',
  'test',
  'abandon',
  'take_apart',
  'cancel',
  'resolve',
  'stop_goods',
  'release_goods',
  'sync',
] as const satisfies readonly RefurbishmentCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type RefurbishmentMessage<T extends MessageType = MessageType> = Message<
  Extract<RefurbishmentCommand, { type: T }>
>;
