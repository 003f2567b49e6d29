import { type RefusalOf, type RefusedOf, refusing } from '../process/refusal.ts';

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

export type DeliveryRefusal = RefusalOf<DeliveryRefusalCode>;
export type Refused = RefusedOf<DeliveryRefusalCode>;
export const refuse = refusing<DeliveryRefusalCode>();
