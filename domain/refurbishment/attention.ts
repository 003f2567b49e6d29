import { commonAttention } from '../execution/attention.ts';

/** How a person settles what a refurbishment can't go on with by itself. */
export const refurbishmentResolutions = ['acknowledge', 'give_up', 'retry', 'let_go', 'take_out'] as const;
export type RefurbishmentResolution = (typeof refurbishmentResolutions)[number];

/** Why a refurbishment needs a person, with what that person can do about it. */
export const refurbishmentAttention = {
  work_late: ['acknowledge', 'give_up'],
  parts_late: ['acknowledge', 'give_up'],
  /** Or raise the budget, which settles it too. */
  work_not_worth_it: ['give_up'],
  hold_long: ['acknowledge'],
  ...commonAttention,
  /** What is at the bench is given up, so that each return has its goods again. */
  goods_recalled: ['give_up'],
} as const satisfies Record<string, readonly RefurbishmentResolution[]>;

export type RefurbishmentReason = keyof typeof refurbishmentAttention;
