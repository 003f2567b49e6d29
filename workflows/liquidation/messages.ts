import type { LiquidationCommand } from '../../domain/liquidation/commands.ts';
import type { LiquidationRequest } from '../../domain/liquidation/events.ts';
import type { LiquidationState } from '../../domain/liquidation/state.ts';
import type { Message } from '../process/messages.ts';

export const liquidationWorkflowType = 'Liquidation';
export const liquidationWorkflowId = (number: string): string => `liquidation:${number}`;
/** The liquidation that a workflow id names. */
export const numberOf = (workflowId: string): string => workflowId.slice(liquidationWorkflowId('').length);

/** `request` only for a new one; one that is woken again finds its own in the journal; `carried` over continue-as-new. */
export type LiquidationArguments = {
  readonly number: string;
  readonly request: { readonly commandId: string; readonly by: string; readonly request: LiquidationRequest } | null;
  readonly carried?: { readonly state: LiquidationState; readonly version: number };
};

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'record_bid',
  'withdraw_bid',
  'reprice',
  'take_out',
  'accept_bid',
  'sell_again',
  'record_payment',
  'record_payout',
  'record_fee',
  'ship',
  'record_complaint',
  'settle_complaint',
  'write_off',
  'cancel',
  'resolve',
  'sync',
] as const satisfies readonly LiquidationCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type LiquidationMessage<T extends MessageType = MessageType> = Message<Extract<LiquidationCommand, { type: T }>>;
