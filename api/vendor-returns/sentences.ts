import type { VendorReturnReason } from '../../domain/vendor-return/attention.ts';
import type { VendorReturnEvent } from '../../domain/vendor-return/events.ts';
import { sharedSentence } from '../executions/sentences.ts';
import { moneyInWords } from '../money.ts';
import { minuteOf } from '../plain-words.ts';

/** What waits for a person in a vendor return, and why. */
export const vendorReturnSentences: Record<VendorReturnReason, string> = {
  vendor_authorization_late: 'The vendor has not answered whether it takes the goods.',
  vendor_shipment_late: 'The goods should have left for the vendor by now.',
  vendor_credit_late: 'The vendor has the goods and has not credited them.',
  vendor_short_paid: 'The vendor credited less than it was to: dispute it, or write the rest off.',
  vendor_dispute_late: 'The vendor has not answered the dispute.',
  item_stranded:
    'The return of an item does not take what it is told: look at the return, then try again or let it be.',
  goods_recalled:
    'A recall has stopped goods that are to go back: take them out, or acknowledge that the vendor gets them all the same.',
  reconciliation: 'The books of the vendor return do not add up.',
};

/** What happened, as a person reads it. */
export function vendorReturnSentence(event: VendorReturnEvent, currency: string): string {
  const amount = (minor: number) => moneyInWords({ amount: minor, currency });
  switch (event.type) {
    case 'requested':
      return `${event.request.vendor} is asked to take ${event.request.items.length} item(s) back.`;
    case 'authorized':
      return `The vendor takes ${event.credit.length} item(s) under ${event.vendorRma}; they are to leave by ${minuteOf(event.shipBy)}, for a credit of ${amount(event.credit.reduce((sum, each) => sum + each.amount, 0))}.`;
    case 'refused':
      return 'The vendor does not take the goods.';
    case 'shipped':
      return `Shipped with ${event.carrier}, tracking ${event.tracking}.`;
    case 'sent_back':
      return `The vendor sends ${event.items.length} item(s) back, and owes ${amount(event.items.reduce((sum, each) => sum + each.amount, 0))} less${event.freight === 0 ? '' : `; their way back costs ${amount(event.freight)}`}.`;
    case 'credit_recorded':
      return `Credit memo ${event.memo}: ${amount(event.total)} for ${event.items.length} item(s).`;
    case 'disputed':
      return `${amount(event.amount)} are disputed with the vendor.`;
    case 'written_off':
      return `${amount(event.items.reduce((sum, each) => sum + each.amount, 0))} were written off.`;
    case 'cancelled':
      return 'Cancelled.';
    default:
      return sharedSentence(event, vendorReturnSentences);
  }
}
