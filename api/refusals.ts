import type { RefusalCode } from '../domain/return/refusals.ts';
import { Problem } from './problem.ts';
import { amountOf } from './refused.ts';
import type { RefusalGiven } from './trouble.ts';

type Params = Readonly<Record<string, string | number>>;
type Wording = { readonly status: 404 | 409 | 422; readonly sentence: (params: Params) => string };

/** 404: it names something that isn't there; 409: not in this state, perhaps later or never; 422: it can't be right as it is. */
const wordings: Record<RefusalCode, Wording> = {
  unknown_return: { status: 404, sentence: () => 'there is no such return' },
  already_requested: { status: 409, sentence: () => 'this return was requested already' },
  return_declined: { status: 409, sentence: () => 'this return was declined; an override can still let it through' },
  return_closed: { status: 409, sentence: () => 'this return is closed, so nothing is left to be done here' },
  not_in_review: { status: 409, sentence: (p) => `${lineOf(p)} does not wait for a review` },
  unknown_line: { status: 404, sentence: (p) => `this return has no line ${named(p, 'line')}` },
  unknown_parcel: {
    status: 404,
    sentence: (p) => `this return has no parcel ${named(p, 'parcel')}; the return itself lists those that it has`,
  },
  unknown_pickup: { status: 404, sentence: (p) => `this return has no pickup ${named(p, 'pickup')}` },
  unknown_item: { status: 404, sentence: (p) => `this return has no item ${named(p, 'item')}` },
  unknown_refund: { status: 404, sentence: (p) => `this return has no refund ${named(p, 'refund')}` },
  unknown_attention: {
    status: 404,
    sentence: (p) => `nothing called ${named(p, 'attention')} waits for a person in this return`,
  },
  unknown_effect: { status: 404, sentence: () => 'nothing of this return waits for that outcome' },
  unknown_claim: { status: 404, sentence: (p) => `this return has no claim ${named(p, 'claim')}` },
  claim_answered: {
    status: 409,
    sentence: (p) => `claim ${named(p, 'claim')} was paid already, which can’t be changed`,
  },
  amount_not_positive: { status: 422, sentence: () => 'an amount must be above zero' },
  other_currency: {
    status: 422,
    sentence: (p) => `this return is in ${named(p, 'currency')}; say what was paid in it`,
  },
  quantity_not_positive: { status: 422, sentence: () => 'a quantity must be a whole number from 1 up' },
  quantity_exceeds_item: {
    status: 422,
    sentence: (p) =>
      `quantity ${named(p, 'asked')} exceeds the ${named(p, 'available')} unit(s) of item ${named(p, 'item')}`,
  },
  goods_already_received: {
    status: 409,
    sentence: () => 'goods have arrived already, so the return can no longer be cancelled; inspect and dispose of them',
  },
  nothing_outstanding: {
    status: 409,
    sentence: () =>
      'nothing of this return is still to come, so there is nothing to cancel or change: what has arrived is inspected and settled',
  },
  nothing_ineligible: { status: 409, sentence: (p) => `${lineOf(p)} is not barred, so there is nothing to override` },
  nothing_received: { status: 422, sentence: () => 'a receipt must name what arrived, or be of one of our parcels' },
  too_many_stray: {
    status: 422,
    sentence: (p) =>
      `a return takes at most ${named(p, 'most')} items that it didn’t expect; receive the others without a number, by POST /v1/receipts`,
  },
  parcel_already_received: {
    status: 409,
    sentence: (p) => `parcel ${named(p, 'parcel')} was received already; what else came is a receipt without a parcel`,
  },
  item_already_moved: {
    status: 409,
    sentence: (p) => `item ${named(p, 'item')} has moved on, so this can no longer be changed`,
  },
  item_not_inspected: {
    status: 409,
    sentence: (p) => `item ${named(p, 'item')} must be inspected, and accepted or rejected, first`,
  },
  item_not_disposed: {
    status: 409,
    sentence: (p) =>
      `item ${named(p, 'item')} has no disposition to confirm yet: inspect it, or choose its way out of quarantine`,
  },
  no_proceeds: {
    status: 422,
    sentence: () => 'only an asset that leaves for good brings proceeds',
  },
  item_in_execution: {
    status: 409,
    sentence: (p) =>
      `item ${named(p, 'item')} belongs to ${named(p, 'execution')}; what happens to it is told there, or cancel that first`,
  },
  item_of_return: {
    status: 409,
    sentence: (p) =>
      `item ${named(p, 'item')} is of this return; only what is on no line, or bears another serial or lot that nobody has accepted, is handed on`,
  },
  item_has_changed: {
    status: 409,
    sentence: (p) => `item ${named(p, 'item')} no longer waits as it was chosen; look at it and choose again`,
  },
  salvage_exceeds_cost: {
    status: 422,
    sentence: (p) =>
      `parts cannot be carried at ${amountOf(p, 'asked')} where the goods cost ${amountOf(p, 'available')}`,
  },
  not_taken_apart: { status: 422, sentence: () => 'only goods that are taken apart leave parts' },
  recovery_recorded: {
    status: 409,
    sentence: (p) => `others have given more for ${named(p, 'item')} than it would cost in this grade`,
  },
  recovery_exceeds_cost: {
    status: 422,
    sentence: (p) => `only ${amountOf(p, 'available')} of the cost of item ${named(p, 'item')} are left`,
  },
  serials_needed: {
    status: 422,
    sentence: () => 'the certificate must name the devices that it is about, by their serials',
  },
  serial_not_in_item: {
    status: 422,
    sentence: (p) => `item ${named(p, 'item')} has no device with the serial ${named(p, 'serial')}`,
  },
  certificate_needed: {
    status: 409,
    sentence: (p) =>
      `item ${named(p, 'item')} leaves with a certificate alone: gather it by POST /v1/certified-disposals`,
  },
  consent_needed: {
    status: 422,
    sentence: (p) =>
      `item ${named(p, 'item')} goes back to its owner: it is not wiped without the owner’s recorded consent, so name that`,
  },
  disposition_vetoed: {
    status: 422,
    sentence: (p) =>
      `${named(p, 'disposition')} is barred for item ${named(p, 'item')} (${named(p, 'vetoes')}); choose another disposition`,
  },
  resolution_not_allowed: {
    status: 422,
    sentence: (p) =>
      `${named(p, 'reason')} cannot be resolved with ${named(p, 'resolution')}; allowed: ${named(p, 'allowed')}`,
  },
  not_authorized: {
    status: 409,
    sentence: () => 'this return waits for its review: decide its lines first, then do this again',
  },
  schedule_in_the_past: { status: 422, sentence: () => 'the new expiry lies in the past; choose a later time' },
  pickup_not_booked: { status: 409, sentence: (p) => `pickup ${named(p, 'pickup')} is not booked` },
  duplicate_line: {
    status: 422,
    sentence: () => 'one order line is named twice; name it once with the whole quantity',
  },
  adjustment_exceeds: {
    status: 409,
    sentence: (p) =>
      `at most ${amountOf(p, 'available')}: no more than is left of what was paid, or was given to the buyer`,
  },
  no_owner_to_repair_for: {
    status: 422,
    sentence: () => 'only what was sold and handed over can be repaired for its owner; ask for something else',
  },
  choice_not_open: {
    status: 409,
    sentence: (p) => `nothing is asked of the buyer about item ${named(p, 'item')}, or it was answered`,
  },
  choice_not_offered: {
    status: 422,
    sentence: (p) => `that is not offered; choose of ${named(p, 'offered')}`,
  },
  not_under_repair: {
    status: 409,
    sentence: (p) => `item ${named(p, 'item')} is not to be repaired for its owner, or is back with them`,
  },
  remedy_not_offered: {
    status: 422,
    sentence: (p) => `that is not offered instead of a repair; choose of ${named(p, 'offered')}`,
  },
  owned_by_customer: {
    status: 409,
    sentence: (p) =>
      `item ${named(p, 'item')} belongs to its buyer: it is repaired, goes back or is scrapped where it was refused; end its repair first`,
  },
  repair_not_done: {
    status: 409,
    sentence: (p) =>
      `item ${named(p, 'item')} is to be mended first: POST /v1/refurbishments begins that, and …/repair-endings gives another remedy`,
  },
  paid_repair_not_offered: {
    status: 422,
    sentence: () => 'the policy of this return has nothing mended against payment (`warranty.paidRepair`)',
  },
  covered_by_warranty: {
    status: 409,
    sentence: (p) =>
      `item ${named(p, 'item')}, or a unit of it, is still covered by its warranty: inspect apart what is not, as its owner pays only for that, or for a fault that they caused`,
  },
  quote_not_open: {
    status: 409,
    sentence: (p) => `no quote for item ${named(p, 'item')} waits for an answer`,
  },
  quote_answered: {
    status: 409,
    sentence: (p) => `the quote for item ${named(p, 'item')} was answered, or its repair has ended`,
  },
  quote_has_changed: {
    status: 409,
    sentence: (p) => `another quote has taken its place, of ${amountOf(p, 'available')}: ask the owner about that one`,
  },
  repair_quoted: {
    status: 409,
    sentence: (p) => `a repair of item ${named(p, 'item')} was quoted as it was found, so it is not graded again`,
  },
  repair_unpaid: {
    status: 409,
    sentence: (p) => `the owner of item ${named(p, 'item')} agreed to pay for its repair: end that claim first`,
  },
  repair_not_collected: {
    status: 409,
    sentence: () => 'a repair that isn’t paid for isn’t done, so nobody can collect for it: write its claim off',
  },
  unknown_clawback: { status: 404, sentence: (p) => `this return has no claim ${named(p, 'clawback')} on the buyer` },
  credit_being_taken: {
    status: 409,
    sentence: () => 'what is left of the store credit is being taken first; try again in a moment',
  },
  card_being_charged: {
    status: 409,
    sentence: () => 'what is owed is being taken from the buyer’s card; try again in a moment',
  },
  consent_not_the_payers: {
    status: 422,
    sentence: () => 'who was given the goods can’t agree for the card of who paid for them',
  },
  clawback_ended: { status: 409, sentence: (p) => `claim ${named(p, 'clawback')} has ended already` },
  refund_under_way: {
    status: 409,
    sentence: () => 'the money that is claimed is still on its way to the buyer, so it cannot have been paid back',
  },
  unknown_exchange: { status: 404, sentence: (p) => `this return has no goods to send called ${named(p, 'exchange')}` },
  goods_not_named: {
    status: 422,
    sentence: () => 'an exchange names the goods that are wanted, with their price; nothing else does',
  },
  exchange_not_ready: {
    status: 409,
    sentence: (p) => `the goods are not to be shipped: their exchange is ${named(p, 'state')}`,
  },
  exchange_ended: { status: 409, sentence: (p) => `the exchange has ended: its goods are ${named(p, 'state')}` },
  stock_being_asked: { status: 409, sentence: () => 'the stock is just being asked for these goods' },
  no_payment_due: {
    status: 409,
    sentence: (p) => `no payment is due: the exchange is ${named(p, 'state')}; give back what was charged for it`,
  },
  amount_not_due: { status: 422, sentence: (p) => `${amountOf(p, 'due')} are due, no more and no less` },
  serials_not_shipped: {
    status: 422,
    sentence: (p) => `of ${named(p, 'sku')} ${named(p, 'quantity')} unit(s) go out: name each serial once`,
  },
  replacement_without_serials: {
    status: 422,
    sentence: (p) =>
      `name the serials of ${named(p, 'quantity')} unit(s) of ${named(p, 'sku')}: the warranty goes over to them`,
  },
  handed_over: {
    status: 409,
    sentence: () => 'a parcel of this return is with its carrier, so what it brings can no longer be changed',
  },
  quantity_unchanged: {
    status: 409,
    sentence: (p) => `line ${named(p, 'line')} brings ${named(p, 'quantity')} already`,
  },
  quantity_below_received: {
    status: 409,
    sentence: (p) => `${named(p, 'least')} unit(s) of line ${named(p, 'line')} have come or are settled already`,
  },
  quantity_being_changed: {
    status: 409,
    sentence: (p) => `units of line ${named(p, 'line')} are being reserved; try again in a moment`,
  },
  facility_unchanged: {
    status: 409,
    sentence: (p) => `the goods go to ${named(p, 'facility')} already`,
  },
  line_on_return: {
    status: 409,
    sentence: (p) => `the return has this order line as ${named(p, 'line')}; change its quantity instead`,
  },
  line_not_allowed: {
    status: 409,
    sentence: (p) => `this line cannot join the return (${named(p, 'codes')}); ask for a return of its own for it`,
  },
  too_many_lines: {
    status: 409,
    sentence: (p) => `a return has at most ${named(p, 'most')} lines; ask for another return`,
  },
  kit_comes_whole: {
    status: 409,
    sentence: (p) =>
      `line ${named(p, 'line')} is a part of a kit that comes back whole; cancel the return and ask for as many kits as are to come`,
  },
  more_not_allowed: {
    status: 409,
    sentence: (p) =>
      `line ${named(p, 'line')} cannot bring more (${named(p, 'codes')}); ask for a return of its own for the rest`,
  },
  method_not_offered: {
    status: 422,
    sentence: (p) => `${named(p, 'method')} is not offered for line ${named(p, 'line')}; choose another method`,
  },
  method_unchanged: { status: 409, sentence: (p) => `this return comes back by ${named(p, 'method')} already` },
  comes_back_as_sent: {
    status: 409,
    sentence: () =>
      'the carrier brings these goods back as they were sent, so there is no other way and no label for them',
  },
  no_choice: { status: 409, sentence: () => 'there is nothing to choose here: what is due is paid' },
  remedy_already_chosen: { status: 409, sentence: () => 'money was chosen, which may have been paid already' },
  no_new_shipment: { status: 409, sentence: () => 'no new shipment was chosen for these goods; choose it first' },
  nothing_to_ship: { status: 409, sentence: () => 'nothing is due to be sent: it has not come back yet, or was sent' },
  no_label_of_ours: {
    status: 409,
    sentence: (p) => `goods that come by ${named(p, 'method')} travel without a label of ours; change the method first`,
  },
  too_many_parcels: {
    status: 409,
    sentence: (p) => `a return has at most ${named(p, 'most')} parcels; ask for another return for the rest`,
  },
  nothing_held: {
    status: 409,
    sentence: () => 'other returns hold these units now, so there is nothing to return here',
  },
  second_person_needed: {
    status: 409,
    sentence: (p) => `you graded item ${named(p, 'item')} yourself; at this value somebody else must agree`,
  },
  question_unanswered: { status: 422, sentence: (p) => `the question ${named(p, 'question')} has no answer` },
  question_unknown: {
    status: 422,
    sentence: (p) => `the question ${named(p, 'question')} is not asked of these goods`,
  },
  answer_unknown: {
    status: 422,
    sentence: (p) => `the answer to ${named(p, 'question')} is none of those that the question offers`,
  },
};

/**
 * The problem that a refusal becomes, with the refusal's own code.
 * @param command what was refused; its ids fill the sentence where the refusal doesn't name them
 */
export function refusalProblem(refusal: RefusalGiven, command: object = {}): Problem {
  // A newer worker may refuse with a code that this API doesn't know yet.
  const wording: Wording = isKnown(refusal.code)
    ? wordings[refusal.code]
    : { status: 409, sentence: () => `the return refused this: ${refusal.code}` };
  const line = /^(?:decisions|lines)\.(L\d+)/.exec(refusal.field ?? '')?.[1];
  const params: Params = { ...scalarsOf(command), ...(line === undefined ? {} : { line }), ...refusal.params };
  const field = refusal.field?.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return new Problem(wording.status, refusal.code, wording.sentence(params), { field });
}

const scalarsOf = (command: object): Params =>
  Object.fromEntries(
    Object.entries(command).filter((entry): entry is [string, string | number] =>
      /^(string|number)$/.test(typeof entry[1]),
    ),
  );

const isKnown = (code: string): code is RefusalCode => Object.hasOwn(wordings, code);
const named = (params: Params, name: string) => String(params[name] ?? '(not named)');
const lineOf = (params: Params) => (params['line'] === undefined ? 'this return' : `line ${params['line']}`);
