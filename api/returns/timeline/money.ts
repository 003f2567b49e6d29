import type { CardChargeEvent } from '../../../domain/return/events/card-charge.ts';
import type { ClawbackEvent } from '../../../domain/return/events/claw-back.ts';
import type { ExchangeEvent } from '../../../domain/return/events/exchange.ts';
import type { HoldEvent } from '../../../domain/return/events/hold.ts';
import type { MoneyEvent } from '../../../domain/return/events/money.ts';
import { unreachable } from '../../../domain/unreachable.ts';
import { moneyInWords } from '../../money.ts';
import { minuteOf, words } from '../../plain-words.ts';

/** Of the money of a return, and of goods that go out for it. */
export type PaidEvent = MoneyEvent | ClawbackEvent | ExchangeEvent | HoldEvent | CardChargeEvent;

/** What happened to the money of a return, and to goods that go out for it. */
export function moneySentence(event: PaidEvent, currency: string): string {
  switch (event.type) {
    case 'settlement_due':
      return `Settlement ${event.settlement}${settlementKind(event)}: ${moneyInWords(event.total)} ${instrumentWords[event.instrument]}.`;
    case 'refund_requested':
      return `Refund ${event.refund} was asked for.`;
    case 'refund_succeeded':
      return `Refund ${event.refund} succeeded.`;
    case 'refund_failed':
      return `Refund ${event.refund} failed (${words(event.code)}).`;
    case 'refund_replaced':
      return `Refund ${event.refund} was replaced by ${event.by.map((leg) => `${leg.refund}, ${moneyInWords({ amount: leg.amount, currency })}`).join('; ')}.`;
    case 'refund_written_off':
      return `Refund ${event.refund} was written off.`;
    case 'clawback_due':
      return `${moneyInWords(event.total)} to be had from the buyer (${event.clawback}, ${clawbackCauses[event.cause]}).`;
    case 'clawback_reminded':
      return `Reminder: ${event.clawback} is to be paid by the buyer.`;
    case 'credit_taken_back':
      return `${moneyInWords({ amount: event.amount, currency })} of the store credit ${event.refund} were left and go towards ${event.clawback}.`;
    case 'clawback_pursued':
      return `${event.clawback} is asked of the buyer once more.`;
    case 'clawback_ended':
      return `${event.clawback}: ${moneyInWords({ amount: event.amount, currency })} ${clawbackEnds[event.how]}${event.reference === undefined ? '' : ` (${event.reference})`}.`;
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
    case 'exchange_stopped':
      return `Recall ${event.recall} has stopped goods where those for the buyer are kept: others are looked for.`;
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
      return `${moneyInWords({ amount: event.amount, currency })} of ${event.hold} are to be taken (${words(event.because)}).`;
    case 'hold_captured':
      return `${moneyInWords(event.amount)} of ${event.hold} were taken, for ${event.of.map(({ clawback }) => clawback).join(', ')}.`;
    case 'hold_lapsed':
      return `Nothing of ${event.hold} could be taken (${words(event.code)}).`;
    case 'hold_release_due':
      return `${event.hold} is not needed any more.`;
    case 'hold_released':
      return event.released ? `${event.hold} was let go.` : `${event.hold} ends by itself at the bank.`;
    case 'exchange_dropped':
      return `No goods are sent to the buyer (${words(event.why)}).`;
    case 'exchange_repaid':
      return `The buyer got ${moneyInWords(event.amount)} back.`;
    case 'stock_released':
      return 'Nothing is kept for the buyer any more.';
    case 'refund_frozen':
      return `Refund ${event.refund} waits, as its payment is disputed.`;
    case 'dispute_noted':
      return `Dispute ${event.dispute.dispute} of payment ${event.payment}: ${disputeStates[event.dispute.status]} (${moneyInWords({ amount: event.dispute.amount, currency })}).`;
    case 'basket_refreshed':
      return 'Other returns settled goods of the same sale: what is kept is priced again.';
    case 'payments_refreshed':
      return 'What the payments can still take back was read again.';
    default:
      return unreachable(event);
  }
}

/** How a settlement reaches the buyer. */
export const instrumentWords = {
  original: 'to the original payments',
  store_credit: 'as store credit',
  credit_memo: 'by credit memo',
  exchange: 'in exchange for other goods',
  replacement: 'as the same goods again',
  repair: 'by repair',
} as const;

function settlementKind({ advanced, adjustment }: Extract<MoneyEvent, { type: 'settlement_due' }>): string {
  if (adjustment !== undefined) return ` by a person (${words(adjustment.code)})`;
  return advanced === undefined ? '' : ', in advance of the goods';
}

const clawbackCauses = {
  not_returned: 'goods paid in advance did not come back',
  regraded: 'goods are worth less than was settled',
  adjusted: 'a person’s adjustment',
  way_back: 'the way back of goods that were not accepted',
  repair: 'a repair that no warranty covers',
  diagnosis: 'having looked at goods that are not to be mended',
} as const;

const clawbackEnds = {
  paid: 'paid by the buyer',
  waived: 'waived',
  written_off: 'written off',
  external: 'handed to others to collect',
} as const;

const disputeStates = { open: 'open', won: 'over, and the money stays', lost: 'lost to the buyer' } as const;
