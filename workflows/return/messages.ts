import type { AttentionReason } from '../../domain/return/attention.ts';
import type { ReturnCommand, ReturnRequest } from '../../domain/return/commands.ts';
import type { ReturnState } from '../../domain/return/state.ts';
import type { GoodsStatus, MoneyStatus } from '../../domain/return/status.ts';

/** The workflow type, its id and its task queue's kind of work. */
export const returnWorkflowType = 'Return';
export const returnWorkflowId = (rma: string): string => `return:${rma}`;

/** `request` only for a new return; a reopened one finds its own in the journal; `carried` over continue-as-new. */
export type ReturnArguments = {
  readonly rma: string;
  readonly request: { readonly commandId: string; readonly by: string; readonly request: ReturnRequest } | null;
  readonly carried?: { readonly state: ReturnState; readonly version: number };
};

/** Commands that come from outside, each an update and a signal of its own name, both through the same queue. */
export const messageTypes = [
  'review',
  'override',
  'cancel',
  'extend',
  'track',
  'report_pickup',
  'receive',
  'inspect',
  'dispose',
  'confirm_disposition',
  'resolve',
  'refund_update',
  'sync',
] as const satisfies readonly ReturnCommand['type'][];

export type MessageType = (typeof messageTypes)[number];

/** The argument of each of those: `commandId` never repeats in its process, `by` is an id (an API key's, a provider's name). */
export type ReturnMessage<T extends MessageType = MessageType> = {
  readonly commandId: string;
  readonly by: string;
  readonly command: Extract<ReturnCommand, { type: T }>;
};

/** What the sender of an update is told; a refusal is an `ApplicationFailure` of type `refused` with a `Refusal` as its detail. */
export type CommandOutcome = {
  readonly rma: string;
  readonly version: number;
  readonly goods: GoodsStatus;
  readonly money: MoneyStatus;
  readonly events: readonly string[];
  readonly attention: readonly AttentionReason[];
};

export const refusedFailure = 'refused';
/** An update without an argument that waits for the first decision; sent with the start. */
export const decisionUpdate = 'decision';
/** Queries: the whole state, and the story as markdown. */
export const stateQuery = 'state';
export const storyQuery = 'story';
