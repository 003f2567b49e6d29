import type { Disposition, DispositionChoice } from '../disposition.ts';
import type { Instant } from '../duration.ts';
import type { DecisionCode, RulesByCode } from '../eligibility.ts';
import type { ConditionFacts, Grade } from '../grading.ts';
import type { GivenAnswers } from '../inspection.ts';
import type { FloorCode } from '../law.ts';
import type { Money } from '../money.ts';
import type { DisputeFacts, PaymentFacts } from '../order.ts';
import type { CollectionMethod, Instrument } from '../policy.ts';
import type { Recorded as RecordedOf } from '../process.ts';
import type { ReasonCode } from '../reasons.ts';
import type { SettledLine } from '../settlement.ts';
import type { Units } from '../units.ts';
import type { AttentionReason } from './attention.ts';
import type { ClaimKind } from './claims.ts';
import type {
  AdjustmentCode,
  ReceiptSchedule,
  RecoverySource,
  RequestFacts,
  Resolution,
  ReturnRequest,
  TrackingStatus,
} from './commands.ts';

/** Positions of a return line. */
export type LineUnits = { readonly line: string; readonly units: Units };

export type LineVerdict = 'eligible' | 'ineligible' | 'needs_review';

/** A discrepancy found at receipt; it belongs to an item, a line, or the parcel as a whole. */
export type DiscrepancyKind =
  | 'over'
  | 'short'
  | 'wrong_item'
  | 'empty_box'
  | 'damaged_in_transit'
  | 'lot_mismatch'
  | 'serial_mismatch'
  | 'not_authorized';

/** A quantity of one SKU, lot and set of serials that arrived. `line` is null for units on no line. */
export type ReceivedItem = {
  readonly item: string;
  readonly line: string | null;
  readonly sku: string;
  readonly quantity: number;
  readonly units: Units;
  readonly lot: string | null;
  readonly serials: readonly string[];
  /** Which of the line's quantities it was taken from; `released` units wait to be reserved again. */
  readonly from: 'outstanding' | 'missing' | 'compensated' | 'released' | 'nothing';
};

/** Some of an item's units after inspection: an item of its own. */
export type InspectedItem = {
  readonly item: string;
  readonly quantity: number;
  readonly units: Units;
  readonly serials: readonly string[];
  readonly facts: ConditionFacts;
  /** What the facts were made of, where questions were asked. */
  readonly answers?: GivenAnswers;
  readonly grade: Grade;
  readonly reasonFound: ReasonCode | null;
};

/** Money to one payment, or as store credit; `refund` is unique in the return (`S1-1`) and part of our reference at the provider. */
export type RefundLeg = {
  readonly refund: string;
  /**
   * `chargeback`: the buyer has it through a lost dispute of the payment; `offset`: it is set off against what the buyer
   * owes; `nowhere`: no payment could take it, a person decides.
   */
  readonly to: 'payment' | 'store_credit' | 'credit_memo' | 'chargeback' | 'offset' | 'nowhere';
  readonly payment: string | null;
  readonly providerPaymentId: string | null;
  readonly amount: number;
  /** The claim that an `offset` is set off against. */
  readonly clawback?: string;
};

/** Why a buyer owes us: goods settled in advance that didn't come or weren't accepted, a lower grade, a person's word. */
export type ClawbackCause = 'not_returned' | 'regraded' | 'adjusted';

/** How a claim ended, but for being set off; `external`: others collect it. */
export type ClawbackEnd = 'paid' | 'waived' | 'written_off' | 'external';

/** What a person adjusts by hand, and why: a code, and the id of a text in the notes. */
export type Adjustment = { readonly code: AdjustmentCode; readonly note: string };

/**
 * What happened to a return; the journal's content. A change of a shape gets a new name or an upcaster, never a new meaning.
 */
export type ReturnEvent =
  | { readonly type: 'requested'; readonly rma: string; readonly request: ReturnRequest; readonly facts: RequestFacts }
  | {
      readonly type: 'line_decided';
      readonly line: string;
      readonly verdict: LineVerdict;
      readonly codes: readonly DecisionCode[];
      /** Absent in what was decided before policies had rules by name. */
      readonly rules?: RulesByCode;
      /** The law lets the buyer withdraw from the sale of these goods; see law.ts. */
      readonly floor?: FloorCode;
      readonly units: Units;
    }
  | {
      readonly type: 'quoted';
      readonly total: Money;
      readonly lines: readonly SettledLine[];
      readonly shippingFee: number;
      /** Given back for the way out; absent where nothing is. */
      readonly outboundShipping?: number;
    }
  | {
      readonly type: 'line_reviewed';
      readonly line: string;
      readonly approved: boolean;
      readonly note: string;
      readonly override: boolean;
    }
  | { readonly type: 'authorized'; readonly schedule: ReceiptSchedule; readonly returnless: boolean }
  | { readonly type: 'declined' }
  | { readonly type: 'kept'; readonly line: string; readonly quantity: number }
  | { readonly type: 'parcel_expected'; readonly parcel: string; readonly method: 'drop_off' | 'pickup' }
  | {
      readonly type: 'label_bought';
      readonly parcel: string;
      readonly carrier: string;
      readonly tracking: string;
      readonly providerId: string;
      readonly cost: Money;
    }
  | { readonly type: 'label_refused'; readonly parcel: string; readonly code: string }
  | { readonly type: 'label_withdrawn'; readonly parcel: string }
  | { readonly type: 'label_voided'; readonly parcel: string; readonly voided: boolean }
  | {
      readonly type: 'pickup_due';
      readonly pickup: string;
      readonly parcel: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
    }
  | {
      readonly type: 'pickup_booked';
      readonly pickup: string;
      readonly providerId: string;
      readonly confirmation: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
      readonly cost: Money;
    }
  | { readonly type: 'pickup_collected'; readonly pickup: string; readonly at: Instant }
  | { readonly type: 'pickup_failed'; readonly pickup: string; readonly cause: 'attempt' | 'silence' | 'refused' }
  | { readonly type: 'pickup_abandoned'; readonly parcel: string }
  | { readonly type: 'pickup_withdrawn'; readonly pickup: string }
  | { readonly type: 'pickup_cancelled'; readonly pickup: string; readonly cancelled: boolean }
  | {
      readonly type: 'parcel_tracked';
      readonly parcel: string;
      readonly status: TrackingStatus;
      readonly at: Instant;
      readonly weightGrams?: number;
    }
  | { readonly type: 'parcel_lost'; readonly parcel: string }
  | { readonly type: 'parcel_awaited'; readonly parcel: string }
  /** Of a lost parcel where no kind is named. */
  | { readonly type: 'claim_dropped'; readonly parcel: string; readonly kind?: ClaimKind }
  | { readonly type: 'claim_opened'; readonly parcel: string; readonly providerId: string; readonly kind?: ClaimKind }
  | { readonly type: 'claim_wanted'; readonly parcel: string; readonly kind: ClaimKind; readonly amount: Money }
  | { readonly type: 'claim_overdue'; readonly claim: string }
  | { readonly type: 'claim_paid'; readonly claim: string; readonly amount: Money }
  | { readonly type: 'claim_refused'; readonly claim: string }
  /** Its parcel came after all. */
  | { readonly type: 'claim_withdrawal_due'; readonly claim: string }
  | { readonly type: 'claim_withdrawn'; readonly claim: string; readonly withdrawn: boolean }
  | { readonly type: 'receipt_reminded'; readonly due: Instant }
  | { readonly type: 'receipt_escalated'; readonly due: Instant }
  | { readonly type: 'receipt_extended'; readonly schedule: ReceiptSchedule; readonly note: string }
  | { readonly type: 'expired' }
  | { readonly type: 'reopened' }
  | {
      readonly type: 'units_reserved';
      readonly line: string /** The late item that they are for; null after an override. */;
      readonly item: string | null;
      readonly units: Units;
    }
  | {
      readonly type: 'units_released';
      readonly line: string;
      readonly quantity: number;
      /** Fewer than the quantity where the line could not hold all that was asked. */
      readonly units: Units;
      readonly why: 'declined' | 'cancelled' | 'expired';
    }
  | {
      readonly type: 'parcel_received';
      readonly parcel: string;
      readonly items: readonly ReceivedItem[];
      readonly weightGrams: number | null;
      readonly partial: boolean;
    }
  | {
      readonly type: 'discrepancy_found';
      readonly discrepancy: string;
      readonly kind: DiscrepancyKind;
      readonly parcel: string;
      readonly line: string | null;
      readonly item: string | null;
      readonly quantity: number;
    }
  | {
      readonly type: 'line_missing';
      readonly line: string;
      readonly units: Units /** Settled all the same. */;
      readonly compensated: boolean;
    }
  | { readonly type: 'item_inspected'; readonly item: string; readonly into: readonly InspectedItem[] }
  /** Another person has come to the same grade. */
  | { readonly type: 'inspection_confirmed'; readonly item: string }
  | { readonly type: 'inspection_overdue'; readonly item: string }
  | {
      readonly type: 'item_disposed';
      readonly item: string;
      readonly choice: DispositionChoice;
      readonly by: string | null;
      readonly note: string | null;
    }
  | { readonly type: 'disposition_overdue'; readonly item: string }
  | {
      readonly type: 'disposition_confirmed';
      readonly item: string;
      readonly disposition: Disposition;
      readonly evidence: string;
      /** Of an asset that was sold: minor units. Absent where nothing was paid for it. */
      readonly proceeds?: number;
    }
  | { readonly type: 'item_taken_up'; readonly item: string; readonly execution: string }
  | { readonly type: 'item_set_free'; readonly item: string; readonly execution: string }
  | {
      readonly type: 'recovery_recorded';
      readonly item: string;
      readonly from: RecoverySource;
      readonly reference: string;
      readonly amount: number;
    }
  | { readonly type: 'item_accepted'; readonly item: string }
  | { readonly type: 'item_rejected'; readonly item: string }
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
      /** Units that are settled although their goods are still to come; absent where there are none. */
      readonly advanced?: readonly LineUnits[];
      /** Where a person pays something that no rule makes due. */
      readonly adjustment?: Adjustment;
    }
  | {
      readonly type: 'clawback_due';
      readonly clawback: string;
      readonly cause: ClawbackCause;
      /** Units settled in advance that it takes back, and items whose settlement it brings to what they are worth. */
      readonly goods: readonly LineUnits[];
      readonly items: readonly string[];
      /** What was settled and isn't due; total = their amounts - shippingFee - forgone. */
      readonly lines: readonly SettledLine[];
      /** The fee for the way back where all was taken back: it was never taken from what the buyer got. */
      readonly shippingFee: number;
      /** What never reached the buyer, and so isn't claimed. */
      readonly forgone: number;
      readonly total: Money;
      readonly adjustment?: Adjustment;
    }
  | { readonly type: 'clawback_reminded'; readonly clawback: string }
  | { readonly type: 'clawback_pursued'; readonly clawback: string }
  | {
      readonly type: 'clawback_ended';
      readonly clawback: string;
      readonly how: ClawbackEnd;
      readonly amount: number;
      readonly note: string;
    }
  /** What was settled too much for an item stays with the buyer. */
  | { readonly type: 'difference_waived'; readonly item: string }
  | { readonly type: 'refund_requested'; readonly refund: string; readonly providerId: string }
  | { readonly type: 'refund_succeeded'; readonly refund: string; readonly providerId: string | null }
  | { readonly type: 'refund_failed'; readonly refund: string; readonly code: string }
  /** Not asked for while its payment is disputed. */
  | { readonly type: 'refund_frozen'; readonly refund: string }
  | { readonly type: 'dispute_noted'; readonly payment: string; readonly dispute: DisputeFacts }
  | { readonly type: 'refund_replaced'; readonly refund: string; readonly by: readonly RefundLeg[] }
  | { readonly type: 'refund_written_off'; readonly refund: string }
  | { readonly type: 'payments_refreshed'; readonly payments: readonly PaymentFacts[] }
  | { readonly type: 'effect_retried'; readonly effect: string }
  | {
      readonly type: 'attention_raised';
      readonly attention: string;
      readonly reason: AttentionReason;
      readonly subject: string;
      readonly detail: string | null;
    }
  | {
      readonly type: 'attention_resolved';
      readonly attention: string;
      readonly resolution: Resolution;
      /** Null where the engine saw that there is nothing left to do. */
      readonly note: string | null;
    }
  | { readonly type: 'cancelled'; readonly note: string | null }
  /** Fewer are released with it; more are reserved after it. */
  | {
      readonly type: 'quantity_changed';
      readonly line: string;
      readonly from: number;
      readonly to: number;
      readonly note: string | null;
    }
  | { readonly type: 'method_changed'; readonly method: CollectionMethod; readonly note: string | null }
  | { readonly type: 'reconciliation_required'; readonly disagreements: readonly string[] }
  | { readonly type: 'reconciliation_retried' }
  | { readonly type: 'closed'; readonly outcome: 'completed' | 'cancelled' | 'declined' | 'expired' };

/** An event of a return as it lies in the journal. */
export type Recorded = RecordedOf<ReturnEvent>;
