/** Why a command to an execution was refused; each becomes a problem of the API with the same code. */
export const executionRefusals = [
  'unknown_execution',
  'already_requested',
  'execution_closed',
  'still_gathering',
  'not_awaiting_authorization',
  'not_authorized_yet',
  'not_shipped_yet',
  'already_shipped',
  'nothing_left',
  'unknown_item',
  'amount_not_positive',
  'credit_exceeds_expected',
  'memo_already_recorded',
  'time_in_the_past',
  'amount_too_large',
  'currency_differs',
  'too_many_bids',
  'unknown_bid',
  'bid_not_open',
  'below_reserve',
  'already_sold',
  'not_sold_yet',
  'not_paid_yet',
  'nothing_owed',
  'payment_held',
  'payout_exceeds_paid',
  'reference_already_recorded',
  'complaint_too_late',
  'too_many_complaints',
  'not_on_manifest',
  'more_than_on_manifest',
  'unknown_complaint',
  'complaint_settled_already',
  'allowance_too_large',
  'not_handed_over_yet',
  'already_handed_over',
  'weight_needed',
  'certificate_already_recorded',
  'certificate_of_another_kind',
  'date_in_the_future',
  'figure_not_valid',
  'mass_differs',
  'no_witness_needed',
  'already_witnessed',
  'reference_needed',
  'witness_is_executor',
  'on_hold',
  'not_on_hold',
  'over_budget',
  'own_bench',
  'charge_already_booked',
  'nothing_awaited',
  'not_taken_apart',
  'taken_apart_only',
  'units_finished',
  'test_contradicts',
  'serial_unknown',
  'serials_needed',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type ExecutionRefusalCode = (typeof executionRefusals)[number];

/** A refusal with the field of the command that it is about, and the figures of its sentence. */
export type ExecutionRefusal = {
  readonly code: ExecutionRefusalCode;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number>>;
};

export type Refused = { readonly refusal: ExecutionRefusal };

export function refuse(code: ExecutionRefusalCode, field?: string, params?: ExecutionRefusal['params']): Refused {
  return { refusal: { code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) } };
}
