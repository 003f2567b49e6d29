import type { Money } from '../../money/money.ts';
import type { GoodsOut, Shipment } from '../exchange.ts';

/** Why no goods go out in exchange after all. */
export const droppedBecause = ['out_of_stock', 'unpaid', 'nothing_accepted', 'withdrawn'] as const;
export type DroppedBecause = (typeof droppedBecause)[number];

/** What happens to the goods that a buyer gets for what comes back: other goods, or the same again. */
export type ExchangeEvent =
  /** The shop's stock at a facility holds the goods for us. */
  | { readonly type: 'exchange_reserved'; readonly exchange: string; readonly facility: string }
  /** What comes back doesn't cover the goods: the buyer is to pay the rest until then, or gets the credit back as money. */
  | { readonly type: 'exchange_payment_due'; readonly exchange: string; readonly amount: Money; readonly until: string }
  | { readonly type: 'exchange_paid'; readonly exchange: string; readonly amount: Money; readonly reference: string }
  /** Nothing is missing: the shop may ship the goods. */
  | { readonly type: 'exchange_ready'; readonly exchange: string; readonly goods: readonly GoodsOut[] }
  /** They may no longer be shipped, as what covered them was taken back. */
  | { readonly type: 'exchange_withheld'; readonly exchange: string }
  /** A recall stops goods where they are kept: they may be kept anew, from what isn't stopped. */
  | { readonly type: 'exchange_stopped'; readonly exchange: string; readonly recall: string }
  | ({ readonly type: 'exchange_shipped'; readonly exchange: string; readonly goods: readonly GoodsOut[] } & Shipment)
  | {
      readonly type: 'exchange_dropped';
      readonly exchange: string;
      readonly why: DroppedBecause;
      /** What the buyer had paid for the difference, and is to get back. */
      readonly repay: Money;
    }
  /** The shop has given the difference back. */
  | { readonly type: 'exchange_repaid'; readonly exchange: string; readonly amount: Money }
  /** The shop's stock holds nothing for us any more: what was shipped has left it, the rest is free. */
  | { readonly type: 'stock_released'; readonly exchange: string };
