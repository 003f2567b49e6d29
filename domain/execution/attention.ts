/** How a person settles what any execution can't go on with by itself. */
export type CommonResolution = 'acknowledge' | 'retry' | 'let_go' | 'take_out';

/** Why any execution needs a person, beside its own reasons. */
export const commonAttention = {
  item_stranded: ['retry', 'let_go', 'acknowledge'],
  reconciliation: ['retry'],
  /** A recall has stopped items that are here; a kind may leave a person more. */
  goods_recalled: ['take_out'],
} as const satisfies Record<string, readonly CommonResolution[]>;

export type CommonReason = keyof typeof commonAttention;

/** Those that only its kind knows. */
export type OwnReason<Reason> = Exclude<Reason, CommonReason>;
export type OwnResolution<Resolution> = Exclude<Resolution, CommonResolution>;
