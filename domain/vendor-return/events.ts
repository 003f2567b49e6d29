import type { CommonEvent } from '../execution/events.ts';
import type { ItemAmount, WantedItem } from '../execution/item.ts';
import type { Currency } from '../money/money.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { Duration, Instant } from '../time/duration.ts';
import type { VendorReturnReason, VendorReturnResolution } from './attention.ts';

/** How long each side may take before a person hears of it. */
export type VendorTerms = {
  /** The vendor, to give its number or to refuse. */
  readonly authorizationWithin: Duration;
  /** Us, to ship, where the vendor names no date. */
  readonly shipmentWithin: Duration;
  /** The vendor, to credit what was shipped. */
  readonly creditWithin: Duration;
  /** The vendor, to answer a dispute. */
  readonly disputeWithin: Duration;
};

/** What is sent back to a vendor: items of one facility and currency. */
export type VendorReturnRequest = {
  readonly vendor: string;
  readonly facility: string;
  readonly currency: Currency;
  readonly items: readonly WantedItem[];
  readonly terms: VendorTerms;
};

/** What happened to a vendor return; the journal's content. */
export type VendorReturnEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: VendorReturnRequest }
  | {
      readonly type: 'authorized';
      /** The vendor's own number for it. */
      readonly vendorRma: string;
      readonly shipBy: Instant;
      /** What the vendor is to credit, by item; those that it doesn't take are absent. */
      readonly credit: readonly ItemAmount[];
    }
  | { readonly type: 'refused'; readonly note: string | null }
  /** Goods that had left come back, and with them what the vendor was to credit; their letting go comes with it. */
  | {
      readonly type: 'sent_back';
      readonly items: readonly ItemAmount[];
      /** Minor units that their way back costs us. */
      readonly freight: number;
      readonly note: string | null;
    }
  | { readonly type: 'shipped'; readonly carrier: string; readonly tracking: string }
  | {
      readonly type: 'credit_recorded';
      readonly memo: string;
      readonly total: number;
      readonly items: readonly ItemAmount[];
    }
  | { readonly type: 'disputed'; readonly amount: number }
  | { readonly type: 'written_off'; readonly items: readonly ItemAmount[]; readonly note: string | null }
  | { readonly type: 'overdue'; readonly what: 'authorization' | 'shipment' | 'credit' | 'dispute' }
  | { readonly type: 'cancelled'; readonly note: string | null }
  | { readonly type: 'closed'; readonly outcome: VendorReturnOutcome }
  | CommonEvent<VendorReturnReason, VendorReturnResolution>;

export const vendorReturnOutcomes = ['completed', 'refused', 'cancelled'] as const;
export type VendorReturnOutcome = (typeof vendorReturnOutcomes)[number];

export type Recorded = RecordedOf<VendorReturnEvent>;
