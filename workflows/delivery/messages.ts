import type { DeliveryCommand } from '../../domain/delivery/commands.ts';
import type { DeliveryState } from '../../domain/delivery/state.ts';
import type { Message } from '../process/messages.ts';

export const deliveryWorkflowType = 'Delivery';
/** One process an outbound parcel, whatever the number of its carrier's reports. */
export const deliveryWorkflowId = (tracking: string): string => `delivery:${tracking}`;
/** The parcel that a workflow id names. */
export const trackingOf = (workflowId: string): string => workflowId.slice(deliveryWorkflowId('').length);

/** It finds what was sent, or its own journal, by the tracking number; `carried` over continue-as-new. */
export type DeliveryArguments = {
  readonly tracking: string;
  readonly carried?: { readonly state: DeliveryState; readonly version: number };
};

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'track',
  'answer',
  'choose',
  'instruct',
  'resolve',
  'sync',
] as const satisfies readonly DeliveryCommand['type'][];

export type DeliveryMessageType = (typeof messageTypes)[number];

export type DeliveryMessage<T extends DeliveryMessageType = DeliveryMessageType> = Message<
  Extract<DeliveryCommand, { type: T }>
>;
