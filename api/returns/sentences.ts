import type { DecisionCode } from '../../domain/eligibility/codes.ts';
import type { AttentionReason } from '../../domain/return/attention.ts';

/** What a shopper reads about a line's decision. */
export const decisionSentences: Record<DecisionCode, string> = {
  within_window: 'This can come back.',
  exempt_by_fault: 'This can come back: the reason is not your fault, so neither time nor sale terms count.',
  exempt_by_law: 'This can come back: the law gives you the time, whatever the terms of the sale.',
  within_warranty: 'This is covered by the warranty.',
  outside_warranty: 'The time of the warranty is over.',
  paid_repair:
    'The time of the warranty is over: we look at it and tell you what mending it costs before anything is done.',
  not_a_defect: 'A warranty is for what is not as it should be; this reason is another one.',
  no_fault_found: 'No fault was found.',
  not_delivered: 'This has not been delivered yet.',
  outside_window: 'The time to return this is over.',
  final_sale: 'This was a final sale and cannot come back.',
  exceeds_returnable: 'That is more than can still come back from this order line.',
  kit_incomplete: 'This was sold in a set, which comes back whole.',
  opened_hygiene: 'For hygiene reasons this cannot come back once it was opened.',
  hazardous: 'These goods are dangerous to ship; please contact us.',
  serial_not_on_order: 'This serial number was not part of the order.',
  not_on_order: 'This is not part of the order.',
  buyer_blocked: 'We look at this request before we answer.',
  buyer_too_frequent: 'We look at this request before we answer, as there were many returns lately.',
  value_above_review: 'We look at this request before we answer, because of its value.',
  under_recall: 'This is being recalled; you will hear from us about it.',
  method_not_offered: 'This way of sending goods back is not offered.',
  program_not_offered: 'What these goods come back on (a sale, an agreement, an offer) has another program than this.',
  outside_agreement: 'The agreement under which these could come back is not in force.',
  gift_to_check: 'A person looks at this gift before it comes back.',
  no_proof_of_purchase: 'Nobody can say of which order these are, so a person looks at them.',
  outside_offer: 'The offer for these is not in force any more.',
  reason_not_offered: 'This reason is for goods that were never delivered.',
  instrument_not_offered: 'This way of being paid back is not offered.',
};

/** What a shopper reads once a person has decided, whatever the rules had said. */
export const personsSentences: ReadonlyMap<string, string[]> = new Map([
  ['approved', ['We looked at your request: this can come back.']],
  ['declined', ['We looked at your request: this cannot come back.']],
]);

/** What waits for a person, and why. */
export const attentionSentences: Record<AttentionReason, string> = {
  review: 'Lines wait for a decision: approve or decline them.',
  receipt_late: 'The goods have not come, and the time for them is nearly over.',
  label_unavailable: 'No label could be bought, as the carrier does not answer.',
  label_refused: 'The carrier refused the label, or the goods must not travel on an ordinary one: arrange their way.',
  pickup_unavailable: 'No pickup could be booked.',
  void_failed: 'A label, pickup or claim that is no longer needed could not be taken back.',
  parcel_lost:
    'The parcel has neither come nor been heard of for too long: await it longer, give its goods up unpaid (missing), or pay for them all the same (accept).',
  claim_failed: 'The claim at the carrier failed.',
  claim_unanswered: 'The carrier has not answered a claim in time: ask it and wait, or give the claim up.',
  claim_obsolete: 'The carrier has paid for a parcel whose goods came after all: settle it with the carrier.',
  carrier_exception:
    'The carrier reports a problem with the parcel: acknowledge it, or believe that it is lost, its goods unpaid (missing) or paid all the same (accept).',
  not_authorized: 'These goods may not come back as they came or were found: accept or reject them.',
  units_not_held: 'Goods came whose units cannot be held: another return has them, or they were never sent out.',
  over_receipt:
    'More arrived than was expected; accepted, it is settled with its line as far as nobody else returns it.',
  wrong_item:
    'Other goods arrived than were asked back: accept them where they are of the same order, hand them over to the return that they belong to, or send them back or elsewhere from quarantine.',
  empty_box:
    'The parcel was empty: await its goods, give them up unpaid (missing), or pay for them all the same (accept).',
  short:
    'Less arrived than was expected: await the rest, give it up unpaid (missing), or pay for it all the same (accept).',
  damaged_in_transit: 'Goods were damaged on the way.',
  lot_mismatch: 'The lot is not the one that was sold.',
  serial_mismatch: 'The serial number is not one that is expected here, or goods with it are here already.',
  second_inspection: 'Goods of this value are graded by two people: one more must look at them, or agree.',
  inspection_late: 'Received goods have waited too long for their inspection.',
  goods_recalled:
    'A recall has stopped goods of this return: what is here waits in quarantine; what an execution has is asked for there.',
  disposition_late: 'An item has waited too long to be moved where it should go.',
  payment_unavailable:
    'A refund could not be made, or store credit or a card not be charged, as whoever has it does not answer.',
  refund_failed: 'A refund failed.',
  payment_disputed: 'The payment is disputed, so what would be refunded to it waits until that has ended.',
  refund_over_payment: 'More is due than the payments can take back.',
  new_shipment_due: 'The buyer chose a new shipment: send the goods, then say so, or choose a refund after all.',
  settlement_differs: 'Goods are worth less than was settled for them: claim the difference, or let it be.',
  clawback_unpaid: 'The buyer owes money and has not paid: ask again, let others collect it, or let it go.',
  exchange_stopped: 'A recall has stopped the goods that were kept for the buyer, and no others are free.',
  stock_unavailable: 'The stock that goods are kept in for the buyer does not answer.',
  hold_unavailable: 'Whoever keeps the buyer’s card does not answer about a hold: try again, or do without it.',
  exchange_late: 'Goods that are ready for the buyer have not been shipped in time.',
  exchange_repayment:
    'The buyer paid the difference of an exchange whose goods are not sent: give it back, and say so.',
  repair_quote_due: 'Goods that no warranty covers are to be mended: quote what that costs, or end their repair.',
  repair_repayment: 'The owner paid for a repair that is not done: give that back, and say so.',
  reconciliation: 'Goods and money do not add up.',
};
