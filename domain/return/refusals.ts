/** Why a command was refused; each becomes a problem of the API with the same code. */
export type RefusalCode =
  | 'unknown_return'
  | 'already_requested'
  | 'return_declined'
  | 'return_closed'
  | 'not_in_review'
  | 'unknown_line'
  | 'unknown_parcel'
  | 'unknown_pickup'
  | 'unknown_item'
  | 'unknown_refund'
  | 'unknown_attention'
  | 'unknown_effect'
  | 'unknown_claim'
  | 'claim_answered'
  | 'other_currency'
  | 'quantity_not_positive'
  | 'quantity_exceeds_item'
  | 'goods_already_received'
  | 'nothing_outstanding'
  | 'nothing_ineligible'
  | 'nothing_received'
  | 'parcel_already_received'
  | 'item_already_moved'
  | 'item_not_inspected'
  | 'item_not_disposed'
  | 'item_in_execution'
  | 'item_has_changed'
  | 'amount_not_positive'
  | 'recovery_exceeds_cost'
  | 'disposition_vetoed'
  | 'resolution_not_allowed'
  | 'not_authorized'
  | 'schedule_in_the_past'
  | 'pickup_not_booked'
  | 'duplicate_line'
  | 'nothing_held'
  | 'second_person_needed'
  | 'question_unanswered'
  | 'question_unknown'
  | 'answer_unknown'
  | 'adjustment_exceeds'
  | 'unknown_clawback'
  | 'clawback_ended'
  | 'refund_under_way';

/** A refusal with the field of the command that it is about, and the figures of its sentence. */
export type Refusal = {
  readonly code: RefusalCode;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number>>;
};
