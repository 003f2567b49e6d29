/** How a person settles what a transfer can't go on with by itself. */
export const transferResolutions = [
  'acknowledge',
  'retry',
  'take_what_is_there',
  'ship_less',
  'pick_again',
  'cancel',
  'wait',
  'write_off',
  'claim',
  'found_at_origin',
  'restock',
  'accept',
  'leave_out',
  'take_out',
  'destroyed',
] as const;
export type TransferResolution = (typeof transferResolutions)[number];

/** Why a transfer needs a person, with what that person can do about it. */
export const transferAttention = {
  transfer_out_of_stock: ['retry', 'take_what_is_there', 'cancel'],
  transfer_short_pick: ['ship_less', 'pick_again', 'cancel'],
  transfer_late: ['wait', 'cancel'],
  transfer_short: ['wait', 'write_off', 'claim', 'found_at_origin'],
  transfer_damaged: ['restock', 'write_off'],
  transfer_surplus: ['accept', 'leave_out'],
  transfer_claim_late: ['wait', 'write_off'],
  /** The carrier has paid for what came after all. */
  claim_obsolete: ['acknowledge'],
  /** More came than the origin's count has, which is wrong by so much. */
  stock_count_due: ['acknowledge'],
  /** A recall has stopped goods of it: they stay at the origin, or wait in quarantine where they come to. */
  goods_recalled: ['take_out', 'destroyed'],
  reconciliation: ['retry'],
} as const satisfies Record<string, readonly TransferResolution[]>;

export type TransferAttentionReason = keyof typeof transferAttention;
