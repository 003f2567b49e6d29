import type { LiquidationReason } from '../../domain/liquidation/attention.ts';
import type { LiquidationEvent } from '../../domain/liquidation/events.ts';
import { sharedSentence } from '../executions/sentences.ts';
import { moneyInWords } from '../money.ts';
import { minuteOf } from '../plain-words.ts';

/** What waits for a person in a liquidation, and why. */
export const liquidationSentences: Record<LiquidationReason, string> = {
  liquidation_unsold:
    'Nobody has bought the goods in time: wait on, set another reserve, have the goods donated or recycled, or give up.',
  liquidator_payment_late: 'The liquidator has not paid in time: wait on, sell the goods again, or write the rest off.',
  liquidator_short_paid: 'The liquidator paid less than it owes: wait for the rest, or write it off.',
  liquidator_overpaid: 'The liquidator has paid more than it owes: pay it back.',
  liquidation_shipment_late: 'The sold goods should have left by now.',
  manifest_complaint:
    'The liquidator says that the goods are not as the manifest has them: allow what it asks, or refuse.',
  item_stranded:
    'The return of an item does not take what it is told: look at the return, then try again or let it be.',
  goods_recalled: 'A recall has stopped goods of this lot: take them out, once the goods are not sold any more.',
  reconciliation: 'The books of the liquidation do not add up.',
};

/** What happened, as a person reads it. */
export function liquidationSentence(event: LiquidationEvent, currency: string): string {
  const amount = (minor: number) => moneyInWords({ amount: minor, currency });
  switch (event.type) {
    case 'requested':
      return `${event.request.items.length} item(s) are for sale, for ${amount(event.request.reserve)} at least.`;
    case 'bid_recorded':
      return `Bid ${event.bid}: ${event.liquidator} offers ${amount(event.amount)} until ${minuteOf(event.validUntil)}.`;
    case 'bid_withdrawn':
      return `Bid ${event.bid} was withdrawn.`;
    case 'bid_lapsed':
      return `Bid ${event.bid} stands no longer: its time is over.`;
    case 'bid_replaced':
      return `Bid ${event.bid} makes way for another of the same liquidator.`;
    case 'repriced':
      return `Round ${event.round}: the reserve is now ${amount(event.reserve)}.`;
    case 'taken_out':
      return `Item ${event.item} of ${event.rma} is taken out (${event.cause}).`;
    case 'sold':
      return `Sold to ${event.liquidator} for ${amount(event.price)}, invoice ${event.invoice}${event.belowReserve ? '; below the reserve' : ''}.`;
    case 'sale_undone':
      return 'The sale came to nothing; the goods are for sale again.';
    case 'payment_recorded':
      return `The liquidator paid ${amount(event.amount)} (${event.reference}).`;
    case 'paid_back':
      return `${amount(event.amount)} were paid back${event.reference === null ? '' : ` (${event.reference})`}.`;
    case 'fee_recorded':
      return `The sale cost ${amount(event.amount)} of ${event.kind} (${event.reference}).`;
    case 'shipped':
      return event.carrier === null
        ? `The liquidator fetched the goods, receipt ${event.reference}.`
        : `Shipped with ${event.carrier}, tracking ${event.reference}.`;
    case 'complaint_made':
      return `Complaint ${event.complaint} (${event.reference}): ${event.quantity} × ${event.sku} ${event.kind}; ${amount(event.asked)} are asked for.`;
    case 'complaint_settled':
      return event.allowance === 0
        ? `Complaint ${event.complaint} was refused.`
        : `Complaint ${event.complaint}: ${amount(event.allowance)} come off the price.`;
    case 'complaints_over':
      return 'The time for complaints is over.';
    case 'written_off':
      return `${amount(event.amount)} were written off.`;
    case 'write_off_reversed':
      return `${amount(event.amount)} that were written off are paid after all.`;
    case 'proceeds_shared':
      return `${amount(event.items.reduce((sum, each) => sum + each.amount, 0))} came of the goods, after all costs.`;
    case 'cancelled':
      return event.instead === undefined ? 'Cancelled.' : `Cancelled; the goods go to ${event.instead}.`;
    default:
      return sharedSentence(event, liquidationSentences);
  }
}
