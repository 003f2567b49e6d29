import type { Evidence } from '../../domain/goods/evidence.ts';
import { countUnits } from '../../domain/goods/units.ts';
import { baseRule } from '../../domain/policy/rules-for.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import type { RecalledGoods } from '../../domain/return/recalled.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { moneyInWords, moneyOut } from '../money.ts';
import { minuteOf, words } from '../plain-words.ts';
import { attentionSentences } from './sentences.ts';

/** What happened, as a person reads it. `currency` is the return's. */
export function sentenceOf(event: ReturnEvent, currency: string): string {
  switch (event.type) {
    case 'requested':
      return `A return of ${event.request.lines.length} line(s) of order ${event.request.order} was requested, under version ${event.facts.policy.version} of ${event.facts.policy.id}; ${event.request.facility} receives it${whyThere(event.request.routing)}.`;
    case 'line_decided':
      return `Line ${event.line}: ${words(event.verdict)} (${event.codes.map((code) => reasonOf(code, event.rules?.[code])).join(', ')}${event.floor === undefined ? '' : `; the law: ${event.floor}`}).`;
    case 'quoted':
      return [
        `Quoted ${moneyInWords(event.total)}.`,
        ...(event.promotions ?? []).map(
          ({ promotion, before, after }) =>
            `Promotion ${promotion} then takes off ${amount(after, currency)} instead of ${amount(before, currency)}.`,
        ),
      ].join(' ');
    case 'line_reviewed':
      return `A person ${event.approved ? 'approved' : 'declined'} line ${event.line}${event.override ? ', overriding the rules' : ''}.`;
    case 'authorized':
      return event.returnless
        ? 'Authorized; the goods may be kept.'
        : `Authorized; the goods are expected by ${minuteOf(event.schedule.expiry)}.`;
    case 'declined':
      return 'Declined: no line can come back.';
    case 'kept':
      return `${event.quantity} unit(s) of line ${event.line} stay with the buyer.`;
    case 'parcel_expected':
      if (event.along !== undefined)
        return `The goods come along with return ${event.along.rma}, under ${event.along.tracking}.`;
      if (event.outbound !== undefined)
        return `Parcel ${event.parcel} comes back as it was sent, under ${event.outbound.tracking}.`;
      return `Parcel ${event.parcel} will come by ${event.method === 'pickup' ? 'pickup' : 'drop-off'}.`;
    case 'label_bought':
      return `Label for parcel ${event.parcel} bought from ${event.carrier}, tracking ${event.tracking}, ${moneyInWords(event.cost)}.`;
    case 'label_refused':
      return event.code === 'hazardous'
        ? `Parcel ${event.parcel} gets no ordinary label, as its goods are hazardous.`
        : `The carrier refused a label for parcel ${event.parcel} (${words(event.code)}).`;
    case 'label_withdrawn':
      return `The label of parcel ${event.parcel} is no longer needed.`;
    case 'label_voided':
      return event.voided
        ? `The label of parcel ${event.parcel} was given back.`
        : `The label of parcel ${event.parcel} could not be given back.`;
    case 'pickup_due':
      return `Pickup ${event.pickup} is to be booked for ${span(event)}.`;
    case 'pickup_booked':
      return `Pickup ${event.pickup} booked for ${span(event)}, confirmation ${event.confirmation}.`;
    case 'pickup_collected':
      return `Pickup ${event.pickup}: the driver has the parcel.`;
    case 'pickup_failed':
      return `Pickup ${event.pickup} failed (${pickupFailures[event.cause]}).`;
    case 'pickup_abandoned':
      return `No more pickups for parcel ${event.parcel}; it can be dropped off with its label.`;
    case 'pickup_withdrawn':
      return `Pickup ${event.pickup} is no longer needed.`;
    case 'pickup_cancelled':
      return event.cancelled
        ? `Pickup ${event.pickup} was cancelled at the carrier.`
        : `Pickup ${event.pickup} could not be cancelled.`;
    case 'parcel_tracked':
      return `Parcel ${event.parcel}: ${words(event.status)} (the carrier’s time: ${event.at}).`;
    case 'parcel_lost':
      return `Parcel ${event.parcel} counts as lost.`;
    case 'parcel_awaited':
      return `Parcel ${event.parcel} is awaited a while longer.`;
    case 'claim_opened':
      return `Claim for parcel ${event.parcel}${event.kind === 'damaged' ? ', which came damaged,' : ''} opened at the carrier.`;
    case 'claim_dropped':
      return `The claim for parcel ${event.parcel} is not pursued.`;
    case 'claim_wanted':
      return `The carrier is to pay ${moneyInWords(event.amount)} for parcel ${event.parcel} (${event.kind}).`;
    case 'claim_overdue':
      return `The carrier has not answered claim ${event.claim} in time.`;
    case 'claim_paid':
      return `The carrier paid ${moneyInWords(event.amount)} on claim ${event.claim}.`;
    case 'claim_refused':
      return `The carrier refused claim ${event.claim}.`;
    case 'claim_withdrawal_due':
      return `Claim ${event.claim} is no longer needed, as the parcel came.`;
    case 'claim_withdrawn':
      return event.withdrawn
        ? `Claim ${event.claim} was withdrawn.`
        : `Claim ${event.claim} could not be withdrawn; the carrier’s answer is awaited.`;
    case 'receipt_reminded':
      return 'Reminder: the goods have not come yet.';
    case 'receipt_escalated':
      return 'The goods have not come; a person was told.';
    case 'receipt_extended':
      return `More time: the goods are expected by ${minuteOf(event.schedule.expiry)}.`;
    case 'expired':
      return 'Expired: what was outstanding did not come in time.';
    case 'reopened':
      return 'Reopened.';
    case 'units_reserved':
      return `${countUnits(event.units) || 'No'} unit(s) of line ${event.line} are held again.`;
    case 'units_released':
      return `${event.quantity} unit(s) of line ${event.line} are free again (${event.why}).`;
    case 'parcel_received':
      return `Parcel ${event.parcel} received with ${sum(event.items)} unit(s)${event.partial ? '; more is to come' : ''}.`;
    case 'discrepancy_found':
      return `Discrepancy at ${event.item ?? event.line ?? event.parcel}: ${words(event.kind)}${event.quantity > 0 ? `, ${event.quantity} unit(s)` : ''}.`;
    case 'line_missing':
      return `${countUnits(event.units)} unit(s) of line ${event.line} are missing${event.compensated ? ' and are settled all the same' : ''}.`;
    case 'remedy_chosen':
      return event.remedy === 'refund' ? 'The goods are to be refunded.' : 'The goods are to be sent again.';
    case 'shipped_anew':
      return `Sent again with ${event.carrier}, tracking ${event.tracking}: ${sum(event.lines)} unit(s).`;
    case 'item_inspected':
      return `Item ${event.item} inspected: ${event.into.map((part) => `${part.quantity} of grade ${part.grade}${(part.found ?? []).map((found) => `, ${words(found)}`).join('')}`).join(', ')}.`;
    case 'inspection_confirmed':
      return `Another person came to the same grade for item ${event.item}.`;
    case 'inspection_overdue':
      return `Item ${event.item} waits too long for its inspection.`;
    case 'goods_stopped':
      return `Recall ${event.recall} has stopped goods of this return: ${goodsOut(event.goods)}.`;
    case 'goods_released':
      return `Recall ${event.recall} no longer stops goods of this return.`;
    case 'evidence_recorded':
      return evidenceSentence(event.item, event.evidence);
    case 'item_disposed':
      return `Item ${event.item} goes to ${words(event.choice.disposition)}${event.by === null ? '' : ', as a person chose'}.`;
    case 'item_worked_on':
      return `Item ${event.item} comes back from ${event.execution}: ${event.into.map(({ quantity, outcome, grade }) => `${quantity} ${words(outcome)}, grade ${grade}`).join('; ')}.`;
    case 'disposition_overdue':
      return `Item ${event.item} waits too long to be moved.`;
    case 'disposition_confirmed':
      if (event.disposition === 'restock') return `Item ${event.item} was put away at ${event.evidence}.`;
      return `Item ${event.item}: ${words(event.disposition)} confirmed (${event.evidence})${event.proceeds === undefined ? '' : `, for ${moneyInWords({ amount: event.proceeds, currency })}`}.`;
    case 'item_taken_up':
      return `Item ${event.item} was taken up by ${event.execution}.`;
    case 'item_set_free':
      return `Item ${event.item} was let go by ${event.execution} and waits again.`;
    case 'recovery_recorded':
      return `${amount(event.amount, currency)} came back from the ${event.from} for item ${event.item} (${event.reference}).`;
    case 'item_accepted':
      return `Item ${event.item} was accepted.`;
    case 'item_rejected':
      return `Item ${event.item} was not accepted.`;
    case 'settlement_due':
      return `Settlement ${event.settlement}${settlementKind(event)}: ${moneyInWords(event.total)} ${instrumentWords[event.instrument]}.`;
    case 'refund_requested':
      return `Refund ${event.refund} was asked for.`;
    case 'refund_succeeded':
      return `Refund ${event.refund} succeeded.`;
    case 'refund_failed':
      return `Refund ${event.refund} failed (${words(event.code)}).`;
    case 'refund_replaced':
      return `Refund ${event.refund} was replaced by ${event.by.map((leg) => `${leg.refund}, ${amount(leg.amount, currency)}`).join('; ')}.`;
    case 'refund_written_off':
      return `Refund ${event.refund} was written off.`;
    case 'clawback_due':
      return `${moneyInWords(event.total)} to be had back from the buyer (${event.clawback}, ${clawbackCauses[event.cause]}).`;
    case 'clawback_reminded':
      return `Reminder: ${event.clawback} is to be paid by the buyer.`;
    case 'credit_taken_back':
      return `${amount(event.amount, currency)} of the store credit ${event.refund} were left and go towards ${event.clawback}.`;
    case 'clawback_pursued':
      return `${event.clawback} is asked of the buyer once more.`;
    case 'clawback_ended':
      return `${event.clawback}: ${amount(event.amount, currency)} ${clawbackEnds[event.how]}.`;
    case 'difference_waived':
      return `What was settled for item ${event.item} beyond its worth stays with the buyer.`;
    case 'exchange_reserved':
      return `The goods for the buyer are kept at ${event.facility}.`;
    case 'exchange_payment_due':
      return `The buyer is to pay ${moneyInWords(event.amount)} for the goods by ${minuteOf(event.until)}.`;
    case 'exchange_paid':
      return `The buyer paid ${moneyInWords(event.amount)} for the goods (${event.reference}).`;
    case 'exchange_ready':
      return `Ready to be shipped to the buyer: ${event.goods.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')}.`;
    case 'exchange_withheld':
      return 'The goods for the buyer may not be shipped any more, as something is missing for them again.';
    case 'exchange_shipped':
      return `Shipped to the buyer: ${event.goods.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')}${event.tracking === null ? '' : `, tracking ${event.tracking}`}.`;
    case 'consent_recorded':
      return `The buyer agreed that what is owed is charged to the card (${event.consent.reference}).`;
    case 'charge_due':
      return `${moneyInWords(event.amount)} of ${event.clawback} are to be charged to the buyer’s card.`;
    case 'charge_succeeded':
      return `${moneyInWords(event.amount)} of ${event.clawback} were charged to the buyer’s card.`;
    case 'charge_failed':
      return `${event.clawback} could not be charged to the buyer’s card (${words(event.code)}).`;
    case 'hold_wanted':
      return `${moneyInWords(event.amount)} are to be held on the buyer’s card, so that the goods can go out first.`;
    case 'hold_placed':
      return `Held on the buyer’s card (${event.hold}).`;
    case 'hold_refused':
      return `Nothing is held on the buyer’s card (${words(event.code)}): the goods go out once the others have come.`;
    case 'hold_capture_due':
      return `${amount(event.amount, currency)} of ${event.hold} are to be taken (${words(event.because)}).`;
    case 'hold_captured':
      return `${moneyInWords(event.amount)} of ${event.hold} were taken, for ${event.of.map(({ clawback }) => clawback).join(', ')}.`;
    case 'hold_lapsed':
      return `Nothing of ${event.hold} could be taken (${words(event.code)}).`;
    case 'hold_release_due':
      return `${event.hold} is not needed any more.`;
    case 'hold_released':
      return event.released ? `${event.hold} was let go.` : `${event.hold} ends by itself at the bank.`;
    case 'warranty_carried_over':
      return `The warranty goes over to what was sent${event.serials.map(({ serial, until }) => `, ${serial} until ${minuteOf(until)}`).join('')}.`;
    case 'choice_due':
      return `The buyer is to choose by ${minuteOf(event.until)} what becomes of item ${event.item}, which is not accepted: ${event.offered.map(words).join(', ')}.`;
    case 'choice_made':
      return event.because === 'chosen'
        ? `The buyer chose for item ${event.item}: ${words(event.choice)}.`
        : `Nothing was chosen for item ${event.item} in time: ${words(event.choice)}.`;
    case 'repair_ended':
      return `Item ${event.item} is not repaired (${words(event.why)}); its owner is settled ${instrumentWords[event.instead]}.`;
    case 'replacement_wanted':
      return `To be replaced as it was not repaired: ${event.goods.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')}.`;
    case 'repair_returned':
      return `Item ${event.item} is back with its owner, repaired${event.serials.map(({ serial, until }) => `, ${serial} covered until ${minuteOf(until)}`).join('')}.`;
    case 'exchange_dropped':
      return `No goods are sent to the buyer (${words(event.why)}).`;
    case 'exchange_repaid':
      return `The buyer got ${moneyInWords(event.amount)} back.`;
    case 'stock_released':
      return 'Nothing is kept for the buyer any more.';
    case 'refund_frozen':
      return `Refund ${event.refund} waits, as its payment is disputed.`;
    case 'dispute_noted':
      return `Dispute ${event.dispute.dispute} of payment ${event.payment}: ${disputeStates[event.dispute.status]} (${amount(event.dispute.amount, currency)}).`;
    case 'basket_refreshed':
      return 'Other returns settled goods of the same sale: what is kept is priced again.';
    case 'payments_refreshed':
      return 'What the payments can still take back was read again.';
    case 'effect_retried':
      return `Tried again: ${words(event.effect).replace(':', ' ')}.`;
    case 'attention_raised':
      return `Needs a person (${event.subject}): ${attentionSentences[event.reason]}`;
    case 'attention_resolved':
      return event.note === null
        ? `${event.attention} no longer needs a person.`
        : `A person resolved ${event.attention}: ${words(event.resolution)}.`;
    case 'line_added':
      return `Line ${event.line.line} was added: ${event.line.quantity} of ${event.sold.sku}.`;
    case 'facility_changed':
      return `The goods now go to ${event.facility}.`;
    case 'quantity_changed':
      return `Line ${event.line} is to bring ${event.to} unit(s) instead of ${event.from}.`;
    case 'method_changed':
      return `The goods now come back by ${words(event.method)}.`;
    case 'cancelled':
      return 'Cancelled: what has not arrived is no longer expected.';
    case 'reconciliation_required':
      return `Does not add up: ${event.disagreements.join('; ')}.`;
    case 'reconciliation_retried':
      return 'Checked again whether goods and money add up.';
    case 'closed':
      return `Closed: ${event.outcome}.`;
    default:
      return unreachable(event);
  }
}

const whyThere = (routing: ReturnRequest['routing']) =>
  routing === undefined
    ? ''
    : ` (${routing.route === baseRule ? 'no route' : `route ${routing.route}`}, ${words(routing.because)})`;
const reasonOf = (code: string, rule: string | undefined) =>
  rule === undefined ? words(code) : `${words(code)} by ${rule === baseRule ? 'the policy itself' : `rule ${rule}`}`;
const instrumentWords = {
  original: 'to the original payments',
  store_credit: 'as store credit',
  credit_memo: 'by credit memo',
  exchange: 'in exchange for other goods',
  replacement: 'as the same goods again',
  repair: 'by repair',
} as const;
function settlementKind({ advanced, adjustment }: Extract<ReturnEvent, { type: 'settlement_due' }>): string {
  if (adjustment !== undefined) return ` by a person (${words(adjustment.code)})`;
  return advanced === undefined ? '' : ', in advance of the goods';
}

const pickupFailures = {
  attempt: 'the driver left without the parcel',
  silence: 'no news after its window',
  refused: 'it was not booked',
} as const;
const clawbackCauses = {
  not_returned: 'goods paid in advance did not come back',
  regraded: 'goods are worth less than was settled',
  adjusted: 'a person’s adjustment',
  way_back: 'the way back of goods that were not accepted',
} as const;
const clawbackEnds = {
  paid: 'paid by the buyer',
  waived: 'waived',
  written_off: 'written off',
  external: 'handed to others to collect',
} as const;
const disputeStates = { open: 'open', won: 'over, and the money stays', lost: 'lost to the buyer' } as const;
const span = (window: { readonly windowStart: string; readonly windowEnd: string }) =>
  `${minuteOf(window.windowStart)} to ${minuteOf(window.windowEnd)}`;
const sum = (items: readonly { readonly quantity: number }[]) => items.reduce((all, { quantity }) => all + quantity, 0);
const amount = (minor: number, currency: string) => `${moneyOut(minor, currency).amount} ${currency}`;

function evidenceSentence(item: string, evidence: Evidence): string {
  switch (evidence.kind) {
    case 'data_wiped':
      return `Data on ${evidence.serials.length} device(s) of item ${item} were wiped: ${evidence.method} by ${evidence.tool}, certificate ${evidence.certificate}.`;
    case 'activation_unlocked':
      return `The activation lock of ${evidence.serials.length} device(s) of item ${item} is off (${evidence.certificate}).`;
    case 'recall_lifted':
      return `The recall no longer holds for item ${item} (${evidence.certificate}).`;
    default:
      return unreachable(evidence);
  }
}

const goodsOut = (goods: readonly RecalledGoods[]): string =>
  goods.map(({ sku, lot }) => (lot === null ? `all of ${sku}` : `lot ${lot} of ${sku}`)).join(', ');
