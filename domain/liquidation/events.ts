import type { CommonEvent } from '../execution/events.ts';
import type { ItemAmount, WantedItem } from '../execution/item.ts';
import type { Grade } from '../goods/grading.ts';
import type { Currency } from '../money/money.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { Duration, Instant } from '../time/duration.ts';
import type { LiquidationReason, LiquidationResolution } from './attention.ts';

/** How long each step may take before a person hears of it, and how the goods are sold. */
export type LiquidationTerms = {
  /** Until a bid is accepted, counted anew with each round. */
  readonly bidsWithin: Duration;
  /** The liquidator, to pay. */
  readonly paymentWithin: Duration;
  /** Until the goods have left, once they may. */
  readonly shipmentWithin: Duration;
  /** How long after that the liquidator may complain about the manifest. */
  readonly complaintsWithin: Duration;
  /** Whether the goods leave only once they are paid. */
  readonly prepaid: boolean;
};

/** What is sold together: items of one facility and currency, at the least for `reserve` minor units. */
export type LiquidationRequest = {
  readonly facility: string;
  readonly currency: Currency;
  readonly items: readonly WantedItem[];
  readonly reserve: number;
  readonly terms: LiquidationTerms;
};

/** Why goods are taken out of the lot before it is sold. */
export const removalCauses = ['recall', 'hold', 'mistake'] as const;
export type RemovalCause = (typeof removalCauses)[number];

/** Where goods go that nobody buys. */
export const waysInstead = ['donate', 'recycle', 'destroy'] as const;
export type WayInstead = (typeof waysInstead)[number];

/** What selling costs us. */
export const feeKinds = ['commission', 'freight', 'handling'] as const;
export type FeeKind = (typeof feeKinds)[number];

/** What is wrong with the manifest, as the liquidator says. */
export const complaintKinds = ['missing', 'misgraded'] as const;
export type ComplaintKind = (typeof complaintKinds)[number];

/** What happened to a liquidation; the journal's content. Amounts are minor units of its currency. */
export type LiquidationEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: LiquidationRequest }
  | {
      readonly type: 'bid_recorded';
      readonly bid: string;
      readonly liquidator: string;
      readonly amount: number;
      readonly validUntil: Instant;
      readonly round: number;
    }
  | { readonly type: 'bid_withdrawn'; readonly bid: string }
  | { readonly type: 'bid_lapsed'; readonly bid: string }
  /** The same liquidator has made another. */
  | { readonly type: 'bid_replaced'; readonly bid: string }
  | { readonly type: 'repriced'; readonly round: number; readonly reserve: number; readonly note: string | null }
  | {
      readonly type: 'taken_out';
      readonly rma: string;
      readonly item: string;
      readonly cause: RemovalCause;
      readonly note: string | null;
    }
  | {
      readonly type: 'sold';
      readonly bid: string;
      readonly liquidator: string;
      readonly price: number;
      readonly invoice: string;
      /** What each item is to bring, within its cost. */
      readonly items: readonly ItemAmount[];
      readonly belowReserve: boolean;
      readonly note: string | null;
    }
  | { readonly type: 'sale_undone'; readonly note: string | null }
  | { readonly type: 'payment_recorded'; readonly reference: string; readonly amount: number }
  | { readonly type: 'paid_back'; readonly reference: string | null; readonly amount: number }
  | { readonly type: 'fee_recorded'; readonly kind: FeeKind; readonly reference: string; readonly amount: number }
  /** `carrier` is null where the liquidator fetched the goods; `reference` is its receipt, or the tracking number. */
  | { readonly type: 'shipped'; readonly carrier: string | null; readonly reference: string }
  | {
      readonly type: 'complaint_made';
      readonly complaint: string;
      readonly reference: string;
      readonly kind: ComplaintKind;
      readonly sku: string;
      readonly grade: Grade | null;
      readonly quantity: number;
      readonly asked: number;
    }
  | {
      readonly type: 'complaint_settled';
      readonly complaint: string;
      readonly allowance: number;
      readonly note: string | null;
    }
  | { readonly type: 'complaints_over' }
  | { readonly type: 'written_off'; readonly amount: number; readonly note: string | null }
  /** The liquidator pays after all what we had given up. */
  | { readonly type: 'write_off_reversed'; readonly amount: number }
  | { readonly type: 'overdue'; readonly what: 'bids' | 'payment' | 'shipment' }
  /** What came of the sale, less what it cost, by item. */
  | { readonly type: 'proceeds_shared'; readonly items: readonly ItemAmount[] }
  | {
      readonly type: 'cancelled';
      readonly note: string | null;
      /** Where the items go now; absent where they wait to be sold after all. */
      readonly instead?: WayInstead;
    }
  | { readonly type: 'closed'; readonly outcome: LiquidationOutcome }
  | CommonEvent<LiquidationReason, LiquidationResolution>;

export const liquidationOutcomes = ['completed', 'cancelled'] as const;
export type LiquidationOutcome = (typeof liquidationOutcomes)[number];

export type Recorded = RecordedOf<LiquidationEvent>;
