import type { RecallCommand } from '../../domain/recall/commands.ts';
import type { RecallRequest } from '../../domain/recall/events.ts';
import type { RecallState } from '../../domain/recall/state.ts';
import type { Message } from '../process/messages.ts';

export const recallWorkflowType = 'Recall';
export const recallWorkflowId = (number: string): string => `recall:${number}`;
/** The recall that a workflow id names. */
export const recallOf = (workflowId: string): string => workflowId.slice(recallWorkflowId('').length);

/** `request` only for a new one; one that is woken again finds its own in the journal; `carried` over continue-as-new. */
export type RecallArguments = {
  readonly number: string;
  readonly request: { readonly commandId: string; readonly by: string; readonly request: RecallRequest } | null;
  readonly carried?: { readonly state: RecallState; readonly version: number };
};

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'launch',
  'pause',
  'resume',
  'change_rate',
  'set_class',
  'widen',
  'complete',
  'terminate',
  'cancel',
  'report_wave',
  'resolve',
  'sync',
] as const satisfies readonly RecallCommand['type'][];

export type RecallMessage = Message<Extract<RecallCommand, { type: (typeof messageTypes)[number] }>>;
