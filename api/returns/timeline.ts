import { countUnits } from '../../domain/goods/units.ts';
import { baseRule } from '../../domain/policy/rules-for.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { moneyInWords } from '../money.ts';
import { minuteOf, words } from '../plain-words.ts';
import { attentionSentences } from './sentences.ts';
import { goodsSentence } from './timeline/goods.ts';

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
            `Promotion ${promotion} then takes off ${moneyInWords({ amount: after, currency })} instead of ${moneyInWords({ amount: before, currency })}.`,
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
      return event.units === undefined
        ? `Pickup ${event.pickup}: the driver has the parcel.`
        : `Pickup ${event.pickup}: our driver has ${event.units} of ${event.of ?? event.units} unit(s).`;
    case 'trip_assigned':
      return `Pickup ${event.pickup}: trip ${event.trip} of ours collects parcel ${event.parcel} in ${span(event)}.`;
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
    case 'discrepancy_found':
      return `Discrepancy at ${event.item ?? event.line ?? event.parcel}: ${words(event.kind)}${event.quantity > 0 ? `, ${event.quantity} unit(s)` : ''}.`;
    case 'line_missing':
      return `${countUnits(event.units)} unit(s) of line ${event.line} are missing${event.compensated ? ' and are settled all the same' : ''}.`;
    case 'effect_retried':
      return `Tried again: ${words(event.effect).replace(':', ' ')}.`;
    case 'attention_raised':
      return `Needs a person (${event.subject}): ${attentionSentences[event.reason]}`;
    case 'attention_resolved':
      return event.note === null
        ? `${event.attention} no longer needs a person.`
        : `A person resolved ${event.attention}: ${words(event.resolution)}.`;
    case 'line_added':
      return event.line.quantity === 0
        ? `Line ${event.line.line} was opened for ${event.sold.sku} that came without being asked back.`
        : `Line ${event.line.line} was added: ${event.line.quantity} of ${event.sold.sku}.`;
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
      return goodsSentence(event, currency);
  }
}

const whyThere = (routing: ReturnRequest['routing']) =>
  routing === undefined
    ? ''
    : ` (${routing.route === baseRule ? 'no route' : `route ${routing.route}`}, ${words(routing.because)})`;
const reasonOf = (code: string, rule: string | undefined) =>
  rule === undefined ? words(code) : `${words(code)} by ${rule === baseRule ? 'the policy itself' : `rule ${rule}`}`;

const pickupFailures = {
  attempt: 'the driver left without the parcel',
  silence: 'no news after its window',
  refused: 'it was not booked',
} as const;
const span = (window: { readonly windowStart: string; readonly windowEnd: string }) =>
  `${minuteOf(window.windowStart)} to ${minuteOf(window.windowEnd)}`;
