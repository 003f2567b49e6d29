/** Why a command to a delivery was refused; each becomes a problem of the API with the same code. */
export const deliveryRefusals = [
  'unknown_delivery',
  'already_opened',
  'delivery_closed',
  'not_awaiting_answer',
  'no_attempt_left',
  'not_coming_back',
  'remedy_already_chosen',
  'unknown_instruction',
  'time_in_the_past',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type DeliveryRefusalCode = (typeof deliveryRefusals)[number];

/** A refusal with the field of the command that it is about, and the figures of its sentence. */
export type DeliveryRefusal = {
  readonly code: DeliveryRefusalCode;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number>>;
};

export type Refused = { readonly refusal: DeliveryRefusal };

export function refuse(code: DeliveryRefusalCode, field?: string, params?: DeliveryRefusal['params']): Refused {
  return { refusal: { code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) } };
}
