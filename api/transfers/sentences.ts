import type { TransferAttentionReason } from '../../domain/transfer/attention.ts';
import type { LineUnits, TransferEvent } from '../../domain/transfer/events.ts';
import type { TransferBy } from '../../domain/transfer/request.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { attentionSentence } from '../attention/sentence.ts';
import { moneyInWords } from '../money.ts';
import { minuteOf, words } from '../plain-words.ts';

/** What waits for a person in a transfer, and why. */
export const transferSentences: Record<TransferAttentionReason, string> = {
  transfer_out_of_stock: 'The origin has too few: try again, take what is there, or cancel.',
  transfer_short_pick: 'Fewer were found than the origin keeps: ship less, pick again, or cancel.',
  transfer_late: 'It is late: wait, give it a new time, or call it off.',
  transfer_short: 'Fewer came than were sent: wait, write them off, claim them of the carrier, or they never left.',
  transfer_damaged: 'Units came damaged and wait in quarantine: sell them all the same, or write them off.',
  transfer_surplus: 'Units came that were not sent on paper: accept them as the origin’s, or leave them out.',
  transfer_claim_late: 'The carrier has not answered for what it lost: wait, or write it off.',
  claim_obsolete: 'The carrier has paid for goods that came after all: settle it with the carrier.',
  stock_count_due: 'The origin sent more than its count had: count its stock and tell it.',
  goods_recalled:
    'A recall has stopped goods of it: take them out before it leaves, or destroy them once all of them have come.',
  reconciliation: 'The books do not agree with it: look into that and have it checked again.',
};

/** What happened, as a person reads it. */
export function transferSentence(event: TransferEvent, currency: string | null): string {
  switch (event.type) {
    case 'requested': {
      const { from, to, lines, plan } = event.request;
      return `${units(lines)} are to go from ${from} to ${to}${plan === null ? '' : `, as ${plan} wants it`}.`;
    }
    case 'reserved':
      return `The origin keeps ${units(event.lines)} for it.`;
    case 'out_of_stock':
      return `The origin cannot give the goods (${words(event.code)}).`;
    case 'reservation_retried':
      return event.partial ? 'The origin is asked for what is there.' : 'The origin is asked once more.';
    case 'reservation_doubted':
      return `Recall ${event.recall} has left the origin too few; it is asked anew.`;
    case 'picked':
      return `Picked ${units(event.lines)}.`;
    case 'pick_undone':
      return 'To be picked once more.';
    case 'shipped':
      return `${units(event.lines)} left with ${carriage(event.by)}${event.tracking === null ? '' : ` (${event.tracking})`}.`;
    case 'stock_released':
      return 'The origin’s stock has heard what left.';
    case 'rescheduled':
      return `Now to leave by ${minuteOf(event.shipBy)} and to be there by ${minuteOf(event.arriveBy)}, with ${carriage(event.by)}.`;
    case 'delayed':
      return `Late: ${event.what} was due by ${minuteOf(event.due)}.`;
    case 'received':
      return `${event.receipt}: ${units(event.lines)} came whole${event.last ? '; nothing more is expected' : ''}.`;
    case 'surplus_found':
      return `${event.quantity} × ${event.sku} came beside the papers (${event.surplus}).`;
    case 'rest_awaited':
      return 'The rest is awaited a while longer.';
    case 'claim_opened':
      return `The carrier is to answer for ${units([event])} (${event.claim}).`;
    case 'claim_late':
      return `The carrier has not answered for ${event.claim}.`;
    case 'claim_settled':
      return event.paid === 0 || currency === null
        ? `Nothing was paid for ${event.claim}.`
        : `The carrier has paid ${moneyInWords({ amount: event.paid, currency })} for ${event.claim}.`;
    case 'stocked':
      return 'What came is counted in the stock.';
    case 'origin_corrected':
      return event.short.length === 0
        ? 'The origin’s count has been corrected.'
        : 'The origin’s count had fewer than were sent.';
    case 'goods_stopped':
      return `Recall ${event.recall} has stopped ${event.goods.map(({ sku, lot }) => (lot === null ? sku : `${sku} of lot ${lot}`)).join(', ')}.`;
    case 'goods_released':
      return `Recall ${event.recall} no longer stops goods of it.`;
    case 'lines_taken_out':
      return `${event.lines.join(', ')} stay at the origin, as recall ${event.recall} has stopped them.`;
    case 'cancelled':
      return 'Called off before anything left.';
    case 'turned_back':
      return `Called off under way: what has not come goes back, by ${minuteOf(event.arriveBy)}.`;
    case 'reconciliation_required':
      return `Does not add up: ${event.disagreements.join('; ')}.`;
    case 'reconciliation_retried':
      return 'Checked again whether the books add up.';
    case 'reopened':
      return 'Open again, as goods that were given up have come.';
    case 'closed':
      return `Closed: ${words(event.outcome)}.`;
    case 'attention_raised':
    case 'attention_resolved':
      return attentionSentence(event, transferSentences);
    default:
      return sentenceOfUnits(event);
  }
}

/** What became of some units after they came, or didn't. */
function sentenceOfUnits(
  event: Extract<
    TransferEvent,
    {
      type: 'held_back' | 'hold_ended' | 'surplus_accepted' | 'surplus_left_out' | 'lost' | 'found' | 'found_at_origin';
    }
  >,
): string {
  switch (event.type) {
    case 'held_back':
      return `${units([event])} wait in quarantine (${event.cause}).`;
    case 'hold_ended':
      return `${event.held} ${event.into === 'stock' ? 'joined the stock' : 'was written off'}.`;
    case 'surplus_accepted':
      return `${event.surplus} is accepted: the origin had sent it.`;
    case 'surplus_left_out':
      return `${event.surplus} is no stock here.`;
    case 'lost':
      return `${units([event])} are lost${event.cause === 'carrier' ? ' by the carrier' : ''}.`;
    case 'found':
      return `${units([event])} have come after all.`;
    case 'found_at_origin':
      return `${units([event])} never left the origin.`;
    default:
      return unreachable(event);
  }
}

const units = (lines: readonly LineUnits[]): string =>
  lines.length === 0 ? 'nothing' : lines.map(({ line, quantity }) => `${quantity} of ${line}`).join(', ');

function carriage(by: TransferBy): string {
  switch (by.type) {
    case 'trip':
      return `trip ${by.trip}`;
    case 'parcel':
      return by.carrier ?? 'a carrier';
    case 'own':
      return 'a vehicle of ours';
  }
}
