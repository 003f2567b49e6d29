import type { Resolution } from './commands.ts';

/** Why a return needs a person, with what that person can do about it. A closed list: it is a search attribute and a queue. */
export const attentionResolutions = {
  review: [],
  receipt_late: ['acknowledge'],
  label_unavailable: ['retry'],
  label_refused: ['retry', 'acknowledge'],
  pickup_unavailable: ['retry', 'acknowledge'],
  void_failed: ['retry', 'acknowledge'],
  parcel_lost: ['missing', 'accept', 'await'],
  claim_failed: ['retry', 'acknowledge'],
  claim_unanswered: ['await', 'write_off'],
  claim_obsolete: ['acknowledge'],
  carrier_exception: ['missing', 'accept', 'acknowledge'],
  not_authorized: ['accept', 'reject'],
  units_not_held: ['retry', 'reject'],
  over_receipt: ['accept', 'acknowledge'],
  wrong_item: ['accept', 'acknowledge'],
  empty_box: ['missing', 'accept', 'await'],
  short: ['missing', 'accept', 'await'],
  damaged_in_transit: ['acknowledge'],
  lot_mismatch: ['accept', 'reject'],
  serial_mismatch: ['accept', 'reject'],
  inspection_late: ['acknowledge'],
  second_inspection: ['accept'],
  disposition_late: ['acknowledge'],
  goods_recalled: ['acknowledge'],
  payment_unavailable: ['retry'],
  refund_failed: ['retry', 'store_credit', 'write_off'],
  payment_disputed: ['retry', 'store_credit', 'write_off'],
  refund_over_payment: ['store_credit', 'write_off'],
  new_shipment_due: [],
  settlement_differs: ['claim', 'waive'],
  clawback_unpaid: ['retry', 'external', 'paid', 'waive', 'write_off'],
  exchange_stopped: ['retry', 'acknowledge'],
  stock_unavailable: ['retry', 'acknowledge'],
  hold_unavailable: ['retry', 'acknowledge'],
  exchange_late: ['acknowledge'],
  exchange_repayment: ['paid'],
  repair_quote_due: [],
  repair_repayment: ['paid'],
  reconciliation: ['retry'],
} as const satisfies Record<string, readonly Resolution[]>;

export type AttentionReason = keyof typeof attentionResolutions;

export const attentionReasons = Object.keys(attentionResolutions) as readonly AttentionReason[];

/** Whether a person may settle an attention of this reason in this way. */
export function allowsResolution(reason: AttentionReason, resolution: Resolution): boolean {
  return (attentionResolutions[reason] as readonly Resolution[]).includes(resolution);
}
