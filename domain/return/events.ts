import type { Money } from '../money/money.ts';
import type { SettledLine } from '../money/settlement.ts';
import type { CollectionMethod } from '../policy/policy.ts';
import type { AttentionEvent } from '../process/attention-rows.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { PromotionChange } from '../sale/basket.ts';
import type { Instant } from '../time/duration.ts';
import type { AttentionReason } from './attention.ts';
import type { ReceiptSchedule, RequestFacts, Resolution } from './commands.ts';
import type { CardChargeEvent } from './events/card-charge.ts';
import type { ClaimEvent } from './events/claims.ts';
import type { ClawbackEvent } from './events/claw-back.ts';
import type { CollectionEvent } from './events/collection.ts';
import type { ExchangeEvent } from './events/exchange.ts';
import type { HoldEvent } from './events/hold.ts';
import type { DiscrepancyKind, ItemEvent } from './events/items.ts';
import type { LineEvent } from './events/lines.ts';
import type { MoneyEvent } from './events/money.ts';
import type { NewShipmentEvent } from './events/new-shipment.ts';
import type { PaidRepairEvent } from './events/paid-repair.ts';
import type { RejectionEvent } from './events/rejection.ts';
import type { RepairEvent } from './events/repair.ts';
import type { StopSaleEvent } from './events/stop-sale.ts';
import type { WarrantyEvent } from './events/warranty.ts';
import type { ReturnRequest } from './request.ts';

/**
 * What happened to a return; the journal's content. A change of a shape gets a new name or an upcaster, never a new meaning.
 */
export type ReturnEvent =
  | LineEvent
  | CollectionEvent
  | ClaimEvent
  | ItemEvent
  | MoneyEvent
  | ClawbackEvent
  | NewShipmentEvent
  | ExchangeEvent
  | HoldEvent
  | CardChargeEvent
  | WarrantyEvent
  | RepairEvent
  | PaidRepairEvent
  | RejectionEvent
  | StopSaleEvent
  | { readonly type: 'requested'; readonly rma: string; readonly request: ReturnRequest; readonly facts: RequestFacts }
  | {
      readonly type: 'quoted';
      readonly total: Money;
      readonly lines: readonly SettledLine[];
      readonly shippingFee: number;
      /** Given back for the way out; absent where nothing is. */
      readonly outboundShipping?: number;
      /** What changes of the sale's promotions; absent where nothing does. */
      readonly promotions?: readonly PromotionChange[];
    }
  | { readonly type: 'authorized'; readonly schedule: ReceiptSchedule; readonly returnless: boolean }
  | { readonly type: 'declined' }
  | { readonly type: 'receipt_reminded'; readonly due: Instant }
  | { readonly type: 'receipt_escalated'; readonly due: Instant }
  | { readonly type: 'receipt_extended'; readonly schedule: ReceiptSchedule; readonly note: string }
  | { readonly type: 'expired' }
  | { readonly type: 'reopened' }
  | {
      readonly type: 'discrepancy_found';
      readonly discrepancy: string;
      readonly kind: DiscrepancyKind;
      readonly parcel: string;
      readonly line: string | null;
      readonly item: string | null;
      readonly quantity: number;
    }
  | { readonly type: 'effect_retried'; readonly effect: string }
  | AttentionEvent<AttentionReason, Resolution>
  | { readonly type: 'cancelled'; readonly note: string | null }
  /** What is still to come goes elsewhere; nothing has come yet. */
  | { readonly type: 'facility_changed'; readonly facility: string; readonly note: string | null }
  | { readonly type: 'method_changed'; readonly method: CollectionMethod; readonly note: string | null }
  | { readonly type: 'reconciliation_required'; readonly disagreements: readonly string[] }
  | { readonly type: 'reconciliation_retried' }
  | { readonly type: 'closed'; readonly outcome: 'completed' | 'cancelled' | 'declined' | 'expired' };

/** An event of a return as it lies in the journal. */
export type Recorded = RecordedOf<ReturnEvent>;
