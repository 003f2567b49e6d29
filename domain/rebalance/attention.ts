/** How a person settles what a rebalancing can't go on with by itself. */
export const rebalanceResolutions = ['retry', 'acknowledge'] as const;
export type RebalanceResolution = (typeof rebalanceResolutions)[number];

/** Why a rebalancing needs a person, with what that person can do about it. */
export const rebalanceAttention = {
  plan_failed: ['retry'],
  plan_transfers_refused: ['retry', 'acknowledge'],
  plan_transfers_late: ['acknowledge'],
} as const satisfies Record<string, readonly RebalanceResolution[]>;

export type RebalanceAttentionReason = keyof typeof rebalanceAttention;
