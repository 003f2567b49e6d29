import type { VendorReturnCommand } from '../../domain/vendor-return/commands.ts';
import type { VendorReturnRequest } from '../../domain/vendor-return/events.ts';
import type { VendorReturnState } from '../../domain/vendor-return/state.ts';
import type { Message } from '../process/messages.ts';

export const vendorReturnWorkflowType = 'VendorReturn';
export const vendorReturnWorkflowId = (number: string): string => `vendor-return:${number}`;
/** The vendor return that a workflow id names. */
export const numberOf = (workflowId: string): string => workflowId.slice(vendorReturnWorkflowId('').length);

/** `request` only for a new one; one that is woken again finds its own in the journal; `carried` over continue-as-new. */
export type VendorReturnArguments = {
  readonly number: string;
  readonly request: { readonly commandId: string; readonly by: string; readonly request: VendorReturnRequest } | null;
  readonly carried?: { readonly state: VendorReturnState; readonly version: number };
};

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'authorize',
  'decline',
  'ship',
  'record_credit',
  'write_off',
  'cancel',
  'resolve',
  'sync',
] as const satisfies readonly VendorReturnCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type VendorReturnMessage<T extends MessageType = MessageType> = Message<
  Extract<VendorReturnCommand, { type: T }>
>;
