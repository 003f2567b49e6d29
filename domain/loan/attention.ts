/** How a person settles what a loan can't go on with by itself. */
export const loanResolutions = ['acknowledge', 'agree', 'refuse', 'retry', 'paid', 'write_off', 'external'] as const;
export type LoanResolution = (typeof loanResolutions)[number];

/** Why a loan needs a person, with what that person can do about it. */
export const loanAttention = {
  extension_asked: ['agree', 'refuse'],
  loan_overdue: ['acknowledge'],
  loan_return_refused: ['retry', 'acknowledge'],
  goods_not_back: ['retry', 'acknowledge'],
  borrower_owes: ['paid', 'write_off', 'external'],
  loan_repayment: ['paid'],
  reconciliation: ['retry'],
} as const satisfies Record<string, readonly LoanResolution[]>;

export type LoanReason = keyof typeof loanAttention;
