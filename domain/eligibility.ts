/** Why a line may or may not come back; each rule has one code. */
export type DecisionCode =
  | 'within_window'
  | 'not_delivered'
  | 'outside_window'
  | 'final_sale'
  | 'exceeds_returnable'
  | 'opened_hygiene'
  | 'hazardous'
  | 'serial_not_on_order'
  | 'not_on_order'
  | 'buyer_blocked'
  | 'buyer_too_frequent'
  | 'value_above_review'
  | 'under_recall'
  | 'method_not_offered'
  | 'instrument_not_offered';
