import type { DeliveryRefusalCode } from '../../domain/delivery/refusals.ts';
import { Problem } from '../problem.ts';
import type { RefusalGiven } from '../trouble.ts';

type Params = Readonly<Record<string, string | number>>;
type Wording = { readonly status: 404 | 409 | 422; readonly sentence: (params: Params) => string };

const says = (status: Wording['status'], sentence: string): Wording => ({ status, sentence: () => sentence });

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
  unknown_attention: says(404, 'nothing of that name waits for a person here'),
  resolution_not_allowed: {
    status: 422,
    sentence: (p) =>
      `${p['reason'] ?? ''} cannot be resolved with ${p['resolution'] ?? ''}; allowed: ${p['allowed'] ?? ''}`,
  },
};

/** The problem that a refusal of a delivery becomes, with the refusal's own code. */
export function deliveryProblem(refusal: RefusalGiven): Problem {
  // A newer worker may refuse with a code that this API doesn't know yet.
  const wording = isKnown(refusal.code) ? wordings[refusal.code] : says(409, `this was refused: ${refusal.code}`);
  return new Problem(wording.status, refusal.code, wording.sentence(refusal.params ?? {}), { field: refusal.field });
}

const isKnown = (code: string): code is DeliveryRefusalCode => Object.hasOwn(wordings, code);
