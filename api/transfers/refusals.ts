import type { TransferRefusalCode } from '../../domain/transfer/refusals.ts';
import { attentionWordings, problemsOf, says, type Wording } from '../refused.ts';

const wordings: Record<TransferRefusalCode, Wording> = {
  unknown_transfer: says(404, 'there is no transfer with this number'),
  already_requested: says(409, 'this was requested already'),
  same_facility: says(422, 'goods do not move from a facility to itself; name another'),
  transfer_closed: says(409, 'this has come to its end, so nothing is left to be done here'),
  not_reserved_yet: says(409, 'the origin does not keep the goods yet; do this again in a moment'),
  already_picked: says(409, 'the goods were picked already'),
  already_shipped: says(409, 'the goods have left, so this can no longer be changed'),
  not_shipped_yet: says(409, 'nothing has left the origin yet'),
  short_pick_open: says(409, 'fewer were found than the origin keeps; settle that, or name what leaves'),
  unknown_line: says(404, 'there is no such line, or nothing of it goes along'),
  line_twice: says(422, 'this line is named twice; add its units up'),
  more_than_reserved: {
    status: 422,
    sentence: (p) => `${p['asked'] ?? '?'} unit(s) are more than the ${p['available'] ?? '?'} that the origin keeps`,
  },
  units_differ: says(
    409,
    'other units were counted than are kept or picked, and it is not known of which line; name the lines',
  ),
  more_than_picked: {
    status: 422,
    sentence: (p) => `${p['asked'] ?? '?'} unit(s) are more than the ${p['available'] ?? '?'} that can leave`,
  },
  quantity_not_valid: says(422, 'a quantity is a whole number, and as many as the serials that are named'),
  lot_differs: says(422, 'another lot was asked for; pick that, or cancel and ask for this one'),
  serial_unknown: says(422, 'a serial is not among those that were asked for, or not as many as the units'),
  serials_needed: says(422, 'say which units these are by their serials, as others are left'),
  nothing_named: says(422, 'name at least one unit'),
  lot_needed: {
    status: 409,
    sentence: (p) =>
      `recall ${p['recall'] ?? ''} has stopped lots of the goods of line ${p['line'] ?? ''}: read their lot, and say it with the pick`,
  },
  goods_stopped: {
    status: 409,
    sentence: (p) => `recall ${p['recall'] ?? ''} has stopped goods of it; settle that first`,
  },
  time_in_the_past: says(422, 'that time lies in the past; choose a later one'),
  arrival_before_shipment: says(422, 'goods arrive after they have left; choose a later time'),
  no_cost_known: says(409, 'no cost of these goods is known, and so no currency; settle the claim with nothing'),
  other_currency: {
    status: 422,
    sentence: (p) =>
      `the goods are carried in ${p['available'] ?? '?'}, not in ${p['asked'] ?? '?'}; name the amount in that`,
  },
  unknown_claim: says(404, 'there is no such claim'),
  claim_settled_already: says(409, 'this claim was settled already'),
  still_under_way: says(409, 'not all of these goods have come; receive them first'),
  turned_back_already: says(409, 'the goods are on their way back already'),
  already_received: says(409, 'nothing is under way any more'),
  ...attentionWordings,
};

/** The problem that a refusal of a transfer becomes, with the refusal's own code. */
export const transferProblem = problemsOf(wordings);
