import { changeItems, going } from '../../execution/item.ts';
import { after, type Instant } from '../../time/duration.ts';
import type { LiquidationEvent } from '../events.ts';
import { balance } from '../figures.ts';
import type { Opened, Sale } from '../state.ts';
import { declineOpenBids, withBid } from './bids.ts';

type SaleEvent = Extract<
  LiquidationEvent,
  { type: 'sold' | 'sale_undone' | 'payment_recorded' | 'paid_back' | 'written_off' | 'write_off_reversed' }
>;

export function evolveSale(state: Opened, event: SaleEvent, at: Instant): Opened {
  if (event.type === 'sold') {
    const { bid, liquidator, invoice, price } = event;
    return {
      ...state,
      status: 'sold',
      sale: { bid, liquidator, invoice, price, paid: 0, paidBack: 0, writtenOff: 0 },
      bids: declineOpenBids(withBid(state.bids, bid, 'accepted')),
      items: changeItems(state.items, event.items, (_, expected) => ({ expected })),
      bidsDueAt: null,
    };
  }
  const { sale } = state;
  if (sale === null) throw new Error(`${event.type} without a sale`);
  switch (event.type) {
    case 'sale_undone':
      return {
        ...state,
        status: 'open',
        sale: null,
        round: state.round + 1,
        bids: withBid(state.bids, sale.bid, 'undone'),
        items: changeItems(
          state.items,
          going(state.items).map(({ rma, item }) => ({ rma, item, amount: 0 })),
          (_, expected) => ({ expected }),
        ),
        bidsDueAt: after(at, state.terms.bidsWithin),
      };
    case 'payment_recorded':
      return named(state, event.reference, { ...sale, paid: sale.paid + event.amount });
    case 'paid_back':
      return named(state, event.reference, { ...sale, paidBack: sale.paidBack + event.amount });
    case 'written_off':
      return { ...state, sale: { ...sale, writtenOff: sale.writtenOff + event.amount } };
    case 'write_off_reversed':
      return { ...state, sale: { ...sale, writtenOff: sale.writtenOff - event.amount } };
  }
}

const named = (state: Opened, reference: string | null, sale: Sale): Opened => ({
  ...state,
  sale,
  references: reference === null ? state.references : [...state.references, reference],
});

/**
 * A payment is awaited as long as something is owed for what was sold, and the goods' leaving once they may leave. Time
 * that runs goes on, also where a person has heard that it is over.
 */
export function rescheduled(before: Opened, now: Opened, at: Instant): Opened {
  const { terms } = now;
  const paymentDueAt = !awaitsPayment(now)
    ? null
    : awaitsPayment(before)
      ? now.paymentDueAt
      : after(at, terms.paymentWithin);
  const shipmentDueAt = !mayLeave(now) ? null : mayLeave(before) ? now.shipmentDueAt : after(at, terms.shipmentWithin);
  if (paymentDueAt === now.paymentDueAt && shipmentDueAt === now.shipmentDueAt) return now;
  return { ...now, paymentDueAt, shipmentDueAt };
}

export const awaitsPayment = (state: Opened): boolean =>
  (state.status === 'sold' || state.status === 'shipped') && balance(state) > 0;

/** Whether sold goods may leave: they are paid, or need not be yet. */
export const mayLeave = (state: Opened): boolean =>
  state.status === 'sold' && (!state.terms.prepaid || balance(state) <= 0);
