import type { VendorReturnCommand } from '../../domain/vendor-return/commands.ts';
import type { Message } from '../process/messages.ts';

export const vendorReturnWorkflowType = 'VendorReturn';
export const vendorReturnWorkflowId = (number: string): string => `vendor-return:${number}`;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'authorize',
  'decline',
  'ship',
  'record_credit',
  'write_off',
  'cancel',
  'resolve',
  'stop_goods',
  'release_goods',
  'sync',
] as const satisfies readonly VendorReturnCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type VendorReturnMessage<T extends MessageType = MessageType> = Message<
  Extract<VendorReturnCommand, { type: T }>
>;
