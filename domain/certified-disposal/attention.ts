import { commonAttention } from '../execution/attention.ts';

/** How a person settles what a certified disposal can't go on with by itself. */
export const certifiedDisposalResolutions = ['acknowledge', 'reject', 'retry', 'let_go', 'take_out'] as const;
export type CertifiedDisposalResolution = (typeof certifiedDisposalResolutions)[number];

/** Why a certified disposal needs a person, with what that person can do about it. */
export const certifiedDisposalAttention = {
  handover_late: ['acknowledge'],
  certificate_late: ['acknowledge'],
  certificate_weight_differs: ['acknowledge', 'reject'],
  ...commonAttention,
  goods_recalled: ['acknowledge', 'take_out'],
} as const satisfies Record<string, readonly CertifiedDisposalResolution[]>;

export type CertifiedDisposalReason = keyof typeof certifiedDisposalAttention;
