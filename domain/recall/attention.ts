/** How a person settles what a recall can't go on with by itself. */
export const recallResolutions = ['acknowledge', 'retry'] as const;
export type RecallResolution = (typeof recallResolutions)[number];

/** Why a recall needs a person, with what that person can do about it. */
export const recallAttention = {
  scope_overlaps: ['retry'],
  returns_unreached: ['retry', 'acknowledge'],
  nobody_traced: ['acknowledge'],
  consignees_silent: ['acknowledge'],
  notices_undeliverable: ['acknowledge'],
} as const satisfies Record<string, readonly RecallResolution[]>;

export type RecallAttentionReason = keyof typeof recallAttention;
