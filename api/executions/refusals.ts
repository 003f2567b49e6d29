import type { ExecutionRefusalCode } from '../../domain/execution/refusals.ts';
import { amountOf, attentionWordings, problemsOf, says, type Wording } from '../refused.ts';

const wordings: Record<ExecutionRefusalCode, Wording> = {
  unknown_execution: says(404, 'there is nothing with this number'),
  already_requested: says(409, 'this was requested already'),
  execution_closed: says(409, 'this has come to its end, so nothing is left to be done here'),
  still_gathering: says(409, 'the returns of its items are still being asked for them; do this again in a moment'),
  not_awaiting_authorization: says(409, 'the vendor has answered already'),
  not_authorized_yet: says(409, 'the vendor has not given its number yet; record its authorization first'),
  not_shipped_yet: says(409, 'nothing was shipped yet, so nothing is owed'),
  already_shipped: says(409, 'the goods have left already, so this can no longer be changed'),
  nothing_left: says(422, 'no item would be left; refuse or cancel the whole instead'),
  unknown_item: says(404, 'that item does not go this way'),
  amount_not_positive: says(422, 'an amount must be more than nothing'),
  credit_exceeds_expected: {
    status: 422,
    sentence: (p) => `${amountOf(p, 'asked')} are more than the ${amountOf(p, 'available')} that can be credited here`,
  },
  item_credited: {
    status: 409,
    sentence: (p) => `the vendor has credited ${p['item'] ?? 'an item'}: what it sends back it has not paid for`,
  },
  memo_already_recorded: says(409, 'this credit memo was recorded already'),
  time_in_the_past: says(422, 'that time lies in the past; choose a later one'),
  amount_too_large: says(422, 'that is more than any such amount; look for a digit too many'),
  currency_differs: {
    status: 422,
    sentence: (p) => `this is in ${p['currency'] ?? 'another currency'}; give the amount in that currency`,
  },
  too_many_bids: { status: 409, sentence: (p) => `no more than ${p['most'] ?? '?'} bids are kept; sell, or give up` },
  unknown_bid: says(404, 'there is no such bid'),
  bid_not_open: {
    status: 409,
    sentence: (p) => `that bid no longer stands (${String(p['state'] ?? '').replaceAll('_', ' ')}); choose another`,
  },
  below_reserve: {
    status: 422,
    sentence: (p) =>
      `${amountOf(p, 'bid')} are below the reserve of ${amountOf(p, 'reserve')}; a lead may accept it with a reason`,
  },
  already_sold: says(409, 'the goods are sold; undo the sale first'),
  not_sold_yet: says(409, 'the goods are not sold yet; accept a bid first'),
  not_paid_yet: says(409, 'these goods leave only once they are paid, or the rest is written off'),
  nothing_owed: says(409, 'nothing is owed here'),
  payment_held: {
    status: 409,
    sentence: (p) => `we hold ${amountOf(p, 'held')} that were paid for these goods; pay them back first`,
  },
  payout_exceeds_paid: {
    status: 422,
    sentence: (p) => `${amountOf(p, 'asked')} are more than the ${amountOf(p, 'available')} that can be paid back`,
  },
  reference_already_recorded: says(409, 'this reference was recorded already'),
  complaint_too_late: says(409, 'the time for complaints about the manifest is over'),
  too_many_complaints: {
    status: 409,
    sentence: (p) => `no more than ${p['most'] ?? '?'} complaints are kept; settle these first`,
  },
  not_on_manifest: says(422, 'the manifest has no such goods'),
  more_than_on_manifest: {
    status: 422,
    sentence: (p) => `${p['asked'] ?? '?'} unit(s) are more than the ${p['available'] ?? '?'} on the manifest`,
  },
  unknown_complaint: says(404, 'there is no such complaint'),
  complaint_settled_already: says(409, 'this complaint was settled already'),
  allowance_too_large: {
    status: 422,
    sentence: (p) => `${amountOf(p, 'asked')} are more than the ${amountOf(p, 'available')} that can be allowed here`,
  },
  not_handed_over_yet: says(409, 'the goods were not handed over yet; record that first'),
  already_handed_over: says(409, 'the goods were handed over already, so this can no longer be changed'),
  weight_needed: says(422, 'goods to be recycled are weighed when they are handed over, in whole grams above zero'),
  certificate_already_recorded: says(409, 'a certificate was recorded already'),
  certificate_of_another_kind: {
    status: 422,
    sentence: (p) => `these goods go to ${p['disposition'] ?? 'another end'}; that certificate is of another kind`,
  },
  date_in_the_future: says(422, 'that date lies in the future; give the one on the document'),
  figure_not_valid: says(422, 'a weight or an amount must be a whole figure, and a weight more than nothing'),
  mass_differs: {
    status: 422,
    sentence: (p) =>
      `${p['in'] ?? '?'} g went in, ${p['out'] ?? '?'} g came out as materials and residue: ${p['difference'] ?? '?'} g differ`,
  },
  no_witness_needed: says(422, 'only a destruction is witnessed'),
  already_witnessed: says(409, 'a witness of this kind was recorded already'),
  reference_needed: says(422, 'name the record of customs by its number'),
  witness_is_executor: says(
    422,
    'who hands the goods over, or destroys them, is no witness of it; somebody else must be',
  ),
  goods_stopped: {
    status: 409,
    sentence: (p) => `recall ${p['recall'] ?? ''} has stopped goods of it; settle that first`,
  },
  on_hold: says(409, 'the goods are on hold; lift the hold first'),
  not_on_hold: says(409, 'nothing is on hold here'),
  over_budget: says(409, 'the work costs more than it brings; raise the budget, or give it up'),
  own_bench: says(422, 'a bench of ours sends no invoice; book parts and labour'),
  charge_already_booked: says(409, 'this invoice was booked already'),
  nothing_awaited: says(409, 'no parts are awaited'),
  not_taken_apart: says(422, 'these goods are not to be taken apart'),
  taken_apart_only: says(422, 'these goods are to be taken apart, not tested; record their parts'),
  units_finished: says(409, 'these units are done, so that this can no longer be changed'),
  test_contradicts: says(422, 'a unit that passed its test is not defective'),
  serial_unknown: says(422, 'a serial is not among those that are left of the item, or there are too many'),
  serials_needed: says(422, 'say which units these are by their serials, as others are left'),
  ...attentionWordings,
};

/** The problem that a refusal of an execution becomes, with the refusal's own code. */
export const executionProblem = problemsOf<ExecutionRefusalCode>(wordings);
