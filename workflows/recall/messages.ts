import type { RecallCommand } from '../../domain/recall/commands.ts';
import type { RecallRequest } from '../../domain/recall/events.ts';
import type { RecallState } from '../../domain/recall/state.ts';
import type { Message, NumberedArguments } from '../process/messages.ts';

export const recallWorkflowType = 'Recall';
export const recallWorkflowId = (number: string): string => `recall:${number}`;

export type RecallArguments = NumberedArguments<RecallState, RecallRequest>;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'launch',
  'pause',
  'resume',
  'change_rate',
  'set_class',
  'widen',
  'revise',
  'set_effectiveness',
  'draw_checks',
  'estimate_completion',
  'complete',
  'terminate',
  'cancel',
  'withdraw',
  'report_wave',
  'resolve',
  'sync',
] as const satisfies readonly RecallCommand['type'][];

export type RecallMessage = Message<Extract<RecallCommand, { type: (typeof messageTypes)[number] }>>;
