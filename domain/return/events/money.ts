import type { Money } from '../../money/money.ts';
import type { SettledLine } from '../../money/settlement.ts';
import type { Instrument } from '../../policy/policy.ts';
import type { Basket, PromotionChange } from '../../sale/basket.ts';
import type { DisputeFacts, PaymentFacts } from '../../sale/order.ts';
import type { AdjustmentCode } from '../commands.ts';
import type { LineUnits } from './lines.ts';

/** Money to one payment, or as store credit or other goods, in the place of one where that has room; `refund` is unique in the return (`S1-1`) and part of our reference at the provider. */
export type RefundLeg = {
  readonly refund: string;
  /**
   * `chargeback`: the buyer has it through a lost dispute of the payment; `offset`: it is set off against what the buyer
   * owes; `exchange`: it goes towards goods that the buyer gets, and reaches them with those; `nowhere`: no payment could
   * take it, a person decides.
   */
  readonly to: 'payment' | 'store_credit' | 'credit_memo' | 'exchange' | 'chargeback' | 'offset' | 'nowhere';
  readonly payment: string | null;
  readonly providerPaymentId: string | null;
  readonly amount: number;
  /** The claim that an `offset` is set off against. */
  readonly clawback?: string;
};

/** What a person adjusts by hand, and why: a code, and the id of a text in the notes. */
export type Adjustment = { readonly code: AdjustmentCode; readonly note: string };

/** A settlement for which what is kept was priced again. */
export type PricedAgain = { readonly others: number; readonly promotions: readonly PromotionChange[] };

/** What happens to settlements, refunds and payments. */
export type MoneyEvent =
  | {
      readonly type: 'settlement_due';
      readonly settlement: string;
      /** The items that it settles, and the lines whose units are settled without goods. */
      readonly items: readonly string[];
      readonly withoutGoods: readonly string[];
      readonly lines: readonly SettledLine[];
      readonly shippingFee: number;
      /** Given back for the way out; absent where nothing is. */
      readonly outboundShipping?: number;
      readonly total: Money;
      readonly instrument: Instrument;
      readonly legs: readonly RefundLeg[];
      /** What changed of the sale's promotions, and how many settlements of its other returns count; absent where nothing is priced again. */
      readonly again?: PricedAgain;
      /** Units that are settled although their goods are still to come; absent where there are none. */
      readonly advanced?: readonly LineUnits[];
      /** Where a person pays something that no rule makes due. */
      readonly adjustment?: Adjustment;
    }
  | { readonly type: 'refund_requested'; readonly refund: string; readonly providerId: string }
  | { readonly type: 'refund_succeeded'; readonly refund: string; readonly providerId: string | null }
  | { readonly type: 'refund_failed'; readonly refund: string; readonly code: string }
  /** Not asked for while its payment is disputed. */
  | { readonly type: 'refund_frozen'; readonly refund: string }
  | { readonly type: 'dispute_noted'; readonly payment: string; readonly dispute: DisputeFacts }
  | { readonly type: 'refund_replaced'; readonly refund: string; readonly by: readonly RefundLeg[] }
  | { readonly type: 'refund_written_off'; readonly refund: string }
  /** Other returns have settled goods of the sale meanwhile. */
  | { readonly type: 'basket_refreshed'; readonly basket: Basket }
  | { readonly type: 'payments_refreshed'; readonly payments: readonly PaymentFacts[] };
