import type { LiquidationCommand } from '../../domain/liquidation/commands.ts';
import type { Message } from '../process/messages.ts';

export const liquidationWorkflowType = 'Liquidation';
export const liquidationWorkflowId = (number: string): string => `liquidation:${number}`;

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
  'stop_goods',
  'release_goods',
  'sync',
] as const satisfies readonly LiquidationCommand['type'][];

type MessageType = (typeof messageTypes)[number];

export type LiquidationMessage<T extends MessageType = MessageType> = Message<Extract<LiquidationCommand, { type: T }>>;
