import { commonAttention } from '../execution/attention.ts';

/** How a person settles what a liquidation can't go on with by itself. */
export const liquidationResolutions = [
  'acknowledge',
  'give_up',
  'donate',
  'recycle',
  'sell_again',
  'write_off',
  'pay_back',
  'allow',
  'refuse',
  'retry',
  'let_go',
  'take_out',
] as const;
export type LiquidationResolution = (typeof liquidationResolutions)[number];

/** Why a liquidation needs a person, with what that person can do about it. */
export const liquidationAttention = {
  liquidation_unsold: ['acknowledge', 'give_up', 'donate', 'recycle'],
  liquidator_payment_late: ['acknowledge', 'sell_again', 'write_off'],
  liquidator_short_paid: ['acknowledge', 'write_off'],
  liquidator_overpaid: ['pay_back'],
  liquidation_shipment_late: ['acknowledge', 'sell_again'],
  manifest_complaint: ['allow', 'refuse'],
  ...commonAttention,
} as const satisfies Record<string, readonly LiquidationResolution[]>;

export type LiquidationReason = keyof typeof liquidationAttention;
