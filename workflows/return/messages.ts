import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import type { ReturnState } from '../../domain/return/state.ts';
import type { Message, Requested } from '../process/messages.ts';

export type { CommandOutcome } from '../../domain/return/kind.ts';

/** The workflow type, its id and its task queue's kind of work. */
export const returnWorkflowType = 'Return';
export const returnWorkflowId = (rma: string): string => `return:${rma}`;
/** The return that a workflow id names. */
export const rmaOf = (workflowId: string): string => workflowId.slice(returnWorkflowId('').length);

/** `request` only for a new return; a reopened one finds its own in the journal; `carried` over continue-as-new. */
export type ReturnArguments = {
  readonly rma: string;
  readonly request: Requested<ReturnRequest> | null;
  readonly carried?: { readonly state: ReturnState; readonly version: number };
};

/** Commands that come from outside, each an update and a signal of its own name, both through the same queue. */
export const messageTypes = [
  'review',
  'override',
  'cancel',
  'change_method',
  'add_parcel',
  'change_quantity',
  'add_line',
  'change_facility',
  'extend',
  'track',
  'report_pickup',
  'assign_trip',
  'report_trip',
  'receive',
  'report_claim',
  'inspect',
  'inspect_items',
  'record_evidence',
  'dispose',
  'confirm_disposition',
  'confirm_items',
  'take_up',
  'set_free',
  'hand_on',
  'record_work',
  'record_recovery',
  'resolve',
  'refund_update',
  'dispute_update',
  'record_consent',
  'choose_remedy',
  'ship_anew',
  'adjust',
  'settle_clawback',
  'pay_exchange',
  'ship_exchange',
  'drop_exchange',
  'end_repair',
  'quote_repair',
  'answer_repair_quote',
  'choose_for_rejected',
  'stop_goods',
  'release_goods',
  'stop_stock',
  'sync',
] as const satisfies readonly ReturnCommand['type'][];

export type MessageType = (typeof messageTypes)[number];

/** The argument of each of those. */
export type ReturnMessage<T extends MessageType = MessageType> = Message<Extract<ReturnCommand, { type: T }>>;
