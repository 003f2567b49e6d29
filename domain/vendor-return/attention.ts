import { commonAttention } from '../execution/attention.ts';

/** How a person settles what a vendor return can't go on with by itself. */
export const vendorReturnResolutions = ['acknowledge', 'dispute', 'write_off', 'retry', 'let_go', 'take_out'] as const;
export type VendorReturnResolution = (typeof vendorReturnResolutions)[number];

/** Why a vendor return needs a person, with what that person can do about it. */
export const vendorReturnAttention = {
  vendor_authorization_late: ['acknowledge'],
  vendor_shipment_late: ['acknowledge'],
  vendor_credit_late: ['acknowledge', 'dispute', 'write_off'],
  vendor_short_paid: ['dispute', 'write_off'],
  vendor_dispute_late: ['acknowledge', 'write_off'],
  ...commonAttention,
  goods_recalled: ['acknowledge', 'take_out'],
} as const satisfies Record<string, readonly VendorReturnResolution[]>;

export type VendorReturnReason = keyof typeof vendorReturnAttention;
