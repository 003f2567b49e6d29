import type { DeliveryAttentionReason } from '../../domain/delivery/attention.ts';
import type { DeliveryEvent } from '../../domain/delivery/events.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { attentionSentence } from '../attention/sentence.ts';
import { minuteOf, words } from '../plain-words.ts';

/** What waits for a person in a delivery, and why. */
export const deliverySentences: Record<DeliveryAttentionReason, string> = {
  carrier_instruction: 'The carrier is to be told what to do with a parcel: tell it, then say whether it does.',
  carrier_silent: 'Nothing was heard of a further attempt: ask the carrier and wait, or have the parcel sent back.',
  return_refused: 'The goods come back and no return of theirs could be begun: mend what bars it and try again.',
};

/** What happened, as a person reads it. */
export function deliverySentence(event: DeliveryEvent): string {
  switch (event.type) {
    case 'opened':
      return `The carrier reports trouble with a parcel of order ${event.facts.order}.`;
    case 'tracked':
      return `The carrier says: ${words(event.status)}${event.reason === null ? '' : ` (${words(event.reason)})`}.`;
    case 'contact_due':
      return `The buyer is asked (${words(event.reason)}) until ${minuteOf(event.answerBy)}; further attempts: ${event.attemptsLeft}.`;
    case 'reminded':
      return 'The buyer is reminded.';
    case 'answered':
      return `The buyer says: ${words(event.choice)}${event.withdrawal ? ', and withdraws from the sale' : ''}.`;
    case 'instructed':
      return `The carrier is to be told (${event.instruction}): ${words(event.what)}${event.on === null ? '' : ` on ${event.on}`}${event.location === null ? '' : ` at ${event.location}`}.`;
    case 'instruction_refused':
      return `The carrier does not do ${event.instruction}.`;
    case 'attempt_due':
      return `The carrier tries again: further attempt ${event.attempt}.`;
    case 'attempt_silent':
      return 'Nothing was heard of the further attempt.';
    case 'attempt_awaited':
      return 'The further attempt is awaited a while longer.';
    case 'held':
      return `Kept at a location until ${minuteOf(event.until)}.`;
    case 'return_due':
      return `Goes back to us (${words(event.reason)}; ${words(event.why)})${event.withdrawal ? ', as a withdrawal from the sale' : ''}.`;
    case 'remedy_chosen':
      return `The buyer gets: ${words(event.remedy)}${event.by === 'policy' ? ', by policy' : ''}.`;
    case 'return_started':
      return `Comes back as return ${event.rma}.`;
    case 'return_retried':
      return 'The return is begun once more.';
    case 'remedy_told':
      return event.taken ? 'The return knows what its buyer gets.' : 'The return had its own end before.';
    case 'closed':
      return `Closed: ${words(event.outcome)}.`;
    case 'attention_raised':
    case 'attention_resolved':
      return attentionSentence(event, deliverySentences);
    default:
      return unreachable(event);
  }
}
