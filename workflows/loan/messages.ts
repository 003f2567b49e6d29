import type { LoanCommand } from '../../domain/loan/commands.ts';
import type { Message } from '../process/messages.ts';

export const loanWorkflowType = 'Loan';
export const loanWorkflowId = (number: string): string => `loan:${number}`;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'hand_over',
  'ask_extension',
  'answer_extension',
  'return_early',
  'report_lost',
  'buy',
  'record_payment',
  'waive',
  'cancel',
  'hear_return',
  'resolve',
  'sync',
] as const satisfies readonly LoanCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type LoanMessage<T extends MessageType = MessageType> = Message<Extract<LoanCommand, { type: T }>>;
