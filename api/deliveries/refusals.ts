import type { DeliveryRefusalCode } from '../../domain/delivery/refusals.ts';
import { attentionWordings, problemsOf, says, type Wording } from '../refused.ts';

const wordings: Record<DeliveryRefusalCode, Wording> = {
  unknown_delivery: says(404, 'nothing is known of a parcel with this tracking number; record its shipment first'),
  already_opened: says(409, 'this is under way already'),
  delivery_closed: says(409, 'this has come to its end: the parcel was delivered, or its goods are a return'),
  not_awaiting_answer: says(
    409,
    'the buyer is not asked now: the carrier is being told, tries again, or brings it back',
  ),
  no_attempt_left: says(
    409,
    'the carrier has tried as often as the policy says; let the buyer collect it, or send it back',
  ),
  not_coming_back: says(409, 'the goods are not on their way back, so there is nothing to choose yet'),
  remedy_already_chosen: says(409, 'something else was chosen already'),
  unknown_instruction: says(404, 'the carrier was not told anything of that name'),
  time_in_the_past: says(422, 'that time lies in the past; choose a later one'),
  ...attentionWordings,
};

/** The problem that a refusal of a delivery becomes, with the refusal's own code. */
export const deliveryProblem = problemsOf<DeliveryRefusalCode>(wordings);
