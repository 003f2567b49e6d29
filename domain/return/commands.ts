import type { Remedy } from '../delivery/terms.ts';
import type { Disposition } from '../goods/disposition.ts';
import type { Evidence } from '../goods/evidence.ts';
import type { Units } from '../goods/units.ts';
import type { WorkResult } from '../goods/work.ts';
import type { CardConsent } from '../money/card-consent.ts';
import type { Money } from '../money/money.ts';
import type { LegalFloor } from '../policy/law.ts';
import type { CollectionMethod, Instrument, Policy } from '../policy/policy.ts';
import type { RejectedChoice } from '../policy/rejection.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Basket } from '../sale/basket.ts';
import type { DisputeFacts, OrderFacts, PaymentFacts } from '../sale/order.ts';
import type { Instant } from '../time/duration.ts';
import type { ClawbackEnd } from './events/claw-back.ts';
import type { QuoteAnswer, QuoteReason } from './events/paid-repair.ts';
import type { RepairEnding } from './events/repair.ts';
import type { ItemFindings, ReceivedContent } from './findings.ts';
import type { RecalledGoods } from './recalled.ts';
import type { RequestedLine, ReturnRequest } from './request.ts';

/** Absolute times of the receipt timer, computed in the policy's zone before they enter the process. */
export type ReceiptSchedule = {
  readonly reminders: readonly Instant[];
  readonly escalation: Instant;
  readonly expiry: Instant;
};

/** `note` here and below is the id of a text in the erasable notes table: the journal holds no free text. */
export type ReviewDecision = { readonly line: string; readonly approve: boolean; readonly note: string };

export const trackingStatuses = [
  'pre_transit',
  'in_transit',
  'out_for_delivery',
  'available_for_pickup',
  'delivered',
  'return_to_sender',
  'failure',
  'cancelled',
  'unknown',
] as const;
export type TrackingStatus = (typeof trackingStatuses)[number];

/** How a person settles what the engine could not decide; each reason allows some of them (see attention.ts). */
export const resolutions = [
  'acknowledge',
  'retry',
  'store_credit',
  'accept',
  'reject',
  'missing',
  'await',
  'write_off',
  'claim',
  'waive',
  'paid',
  'external',
] as const;
export type Resolution = (typeof resolutions)[number];

/** A message to the process: from a person, a provider, a timer or the outcome of a side effect. */
export type ReturnCommand =
  | { readonly type: 'request'; readonly rma: string; readonly request: ReturnRequest; readonly facts: RequestFacts }
  | { readonly type: 'review'; readonly decisions: readonly ReviewDecision[] }
  | { readonly type: 'override'; readonly decisions: readonly ReviewDecision[] }
  | { readonly type: 'cancel'; readonly note: string | null }
  | { readonly type: 'change_method'; readonly method: CollectionMethod; readonly note: string | null }
  | { readonly type: 'add_parcel' }
  | {
      readonly type: 'add_line';
      readonly asked: Omit<RequestedLine, 'line' | 'seen'>;
      /** The order as of now, with the line that was asked for and the units that it could hold. */
      readonly order: OrderFacts;
    }
  | { readonly type: 'change_facility'; readonly facility: string; readonly note: string | null }
  | {
      readonly type: 'change_quantity';
      readonly line: string;
      /** What the line is to bring in all, with what has come already. */
      readonly quantity: number;
      readonly note: string | null;
    }
  | { readonly type: 'extend'; readonly schedule: ReceiptSchedule; readonly note: string }
  | {
      readonly type: 'track';
      readonly parcel: string;
      readonly status: TrackingStatus;
      readonly at: Instant /** As the carrier weighed it, where it says so. */;
      readonly weightGrams?: number;
    }
  | {
      readonly type: 'report_pickup';
      readonly pickup: string;
      readonly outcome: 'collected' | 'failed';
      readonly at: Instant;
    }
  /** A trip of ours collects a parcel, in place of its carrier. */
  | {
      readonly type: 'assign_trip';
      readonly parcel: string;
      /** The trip's number, and what it calls the goods. */
      readonly trip: string;
      readonly load: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
    }
  | {
      readonly type: 'report_trip';
      readonly trip: string;
      readonly load: string;
      readonly outcome: 'collected' | 'delivered' | 'failed';
      /** Units that were collected, of those that were to be. Absent: all. */
      readonly units?: number;
      readonly of?: number;
      readonly at: Instant;
    }
  | {
      readonly type: 'receive';
      /** The parcel's id in this return; null for goods that came without a label of ours. */
      readonly parcel: string | null;
      readonly contents: readonly ReceivedContent[];
      /** More parcels are expected: what is absent is outstanding, not short. */
      readonly partial: boolean;
      readonly weightGrams?: number;
      /**
       * The delivery of a bulk return that this is a section's share of. Without contents it is no empty box then: what
       * the delivery held was of other sections.
       */
      readonly delivery?: string;
      /** Serials among the contents that other open returns have received. Absent: none, or nobody looked. */
      readonly elsewhere?: readonly SerialOf[];
    }
  | {
      readonly type: 'report_claim';
      readonly claim: string;
      readonly outcome: 'paid' | 'refused';
      /** What was paid. */
      readonly amount?: Money;
    }
  | ({ readonly type: 'inspect' } & ItemFindings)
  /** Many items at once, so that they are settled together; all of them or none. */
  | { readonly type: 'inspect_items'; readonly items: readonly ItemFindings[] }
  | { readonly type: 'record_evidence'; readonly item: string; readonly evidence: Evidence }
  | { readonly type: 'dispose'; readonly item: string; readonly disposition: Disposition; readonly note: string }
  | {
      readonly type: 'confirm_disposition';
      readonly item: string /** A location, certificate or document code, no prose. */;
      readonly evidence: string;
      /** The execution that brought it there; absent where a person confirms by hand. */
      readonly execution?: string;
      /** Of an asset: what it was sold for, in minor units. Absent: nothing. */
      readonly proceeds?: number;
      /** Of goods that were taken apart: what their parts are carried at, in minor units. Absent: nothing. */
      readonly salvaged?: number;
    }
  /** Many items went the way they were to go, with one piece of evidence; all of them or none. */
  | { readonly type: 'confirm_items'; readonly items: readonly string[]; readonly evidence: string }
  | {
      readonly type: 'take_up';
      readonly item: string;
      /** The number of the execution, and what it saw of the item when it chose it. */
      readonly execution: string;
      readonly disposition: Disposition;
      readonly quantity: number;
    }
  | {
      readonly type: 'set_free';
      readonly item: string;
      readonly execution: string;
      /** Where a person sends it now; absent where it waits to go the same way. */
      readonly instead?: Disposition;
    }
  | {
      readonly type: 'hand_on';
      readonly item: string;
      /** The number of the receipt that it becomes. */
      readonly receipt: string;
      /** The return that gets it at once; null where nobody knows of one. */
      readonly to: string | null;
      /** That return expects more: what is absent there is outstanding, not short. */
      readonly partial: boolean;
      readonly note: string;
    }
  /** What became of an item's units at a bench; together they are the item. */
  | {
      readonly type: 'record_work';
      readonly item: string;
      readonly execution: string;
      readonly results: readonly WorkResult[];
    }
  | {
      readonly type: 'record_recovery';
      readonly item: string;
      readonly from: RecoverySource;
      /** The execution or claim that brought it in. */
      readonly reference: string;
      /** Minor units of the return's currency. */
      readonly amount: number;
    }
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: Resolution;
      readonly note: string;
      /** Accepts other goods than were asked back; absent where nothing else of their order is meant. */
      readonly others?: OtherGoods;
    }
  | { readonly type: 'deadline'; readonly deadline: string; readonly due: Instant }
  | {
      readonly type: 'refund_update';
      readonly refund: string;
      readonly status: RefundOutcome;
      readonly providerId: string;
      /** Why it failed, where the provider says so. */
      readonly code?: string;
    }
  | { readonly type: 'dispute_update'; readonly payment: string; readonly dispute: DisputeFacts }
  | {
      readonly type: 'adjust';
      readonly direction: 'pay' | 'claim';
      /** Minor units of the return's currency, above 0. */
      readonly amount: number;
      readonly code: AdjustmentCode;
      readonly note: string;
    }
  | {
      readonly type: 'settle_clawback';
      readonly clawback: string;
      readonly how: ClawbackEnd;
      readonly note: string;
      /** The shop's own name for the payment; absent where nobody named one. */
      readonly reference?: string;
    }
  | { readonly type: 'record_consent'; readonly consent: CardConsent }
  | { readonly type: 'choose_remedy'; readonly remedy: Remedy }
  | { readonly type: 'ship_anew'; readonly carrier: string; readonly tracking: string }
  | {
      readonly type: 'pay_exchange';
      readonly exchange: string;
      /** Minor units of the return's currency. */
      readonly amount: number;
      /** The shop's own name for the payment. */
      readonly reference: string;
    }
  | {
      readonly type: 'ship_exchange';
      readonly exchange: string;
      readonly carrier: string | null;
      readonly tracking: string | null;
      readonly serials: readonly { readonly sku: string; readonly serials: readonly string[] }[];
    }
  | { readonly type: 'drop_exchange'; readonly exchange: string; readonly note: string }
  | { readonly type: 'basket_changed'; readonly basket: Basket }
  | { readonly type: 'choose_for_rejected'; readonly item: string; readonly choice: RejectedChoice }
  /** Goods that are to be mended get another remedy; absent: the next that the policy offers. */
  | {
      readonly type: 'end_repair';
      readonly item: string;
      readonly why: RepairEnding;
      readonly instead?: Instrument;
      readonly note: string;
    }
  /** What mending an item costs its owner, in minor units net of tax. */
  | {
      readonly type: 'quote_repair';
      readonly item: string;
      readonly because: QuoteReason;
      readonly parts: number;
      readonly labour: number;
      /** For looking at it, and for what else the work takes. */
      readonly fee: number;
    }
  | {
      readonly type: 'answer_repair_quote';
      readonly item: string;
      readonly answer: QuoteAnswer;
      /** What the quote that is agreed to costs with tax, in minor units. Absent: the quote that is open, whichever it is. */
      readonly total?: number;
    }
  /** A recall holds goods of the return, or holds them no longer. */
  | { readonly type: 'stop_goods'; readonly recall: string; readonly goods: readonly RecalledGoods[] }
  | { readonly type: 'release_goods'; readonly recall: string }
  /** What is kept for the buyer may be of it. */
  | { readonly type: 'stop_stock'; readonly recall: string }
  | { readonly type: 'payments_changed'; readonly payments: readonly PaymentFacts[] }
  | { readonly type: 'ledger_disagrees'; readonly detail: string }
  | { readonly type: 'outcome'; readonly effect: string; readonly outcome: EffectOutcome }
  | { readonly type: 'sync' };

/** Who gives us something back for goods that came back. */
export const recoverySources = ['vendor', 'carrier', 'insurer', 'liquidator', 'recycler'] as const;
export type RecoverySource = (typeof recoverySources)[number];
/** Why a person adjusts by hand what the rules made due. */
export const adjustmentCodes = ['goodwill', 'price_error', 'fee_correction', 'damage_found', 'other'] as const;
export type AdjustmentCode = (typeof adjustmentCodes)[number];

export type RefundOutcome = 'succeeded' | 'pending' | 'failed';

/** A unit, by its serial. */
export type SerialOf = { readonly sku: string; readonly serial: string };

/** Other goods of the order: why they come back, and the order as of now, with the lines of their SKU and what these could hold. */
export type OtherGoods = { readonly reason: ReasonCode; readonly order: OrderFacts };

/** What `openReturn` read and reserved for a request. */
export type RequestFacts = {
  readonly order: OrderFacts;
  readonly policy: Policy;
  /** What the law of the sale's country gives the buyer at least; absent in requests from before it was looked at. */
  readonly floor?: LegalFloor | null;
  readonly schedule: ReceiptSchedule;
};

/** What came of a side effect; `failed` after all attempts is `unavailable`, a provider's no is `refused`. */
export type EffectOutcome =
  | {
      readonly type: 'label_bought';
      readonly carrier: string;
      readonly tracking: string;
      readonly providerId: string;
      readonly cost: Money;
    }
  | { readonly type: 'units_reserved'; readonly units: Readonly<Record<string, Units>> }
  | { readonly type: 'label_voided'; readonly voided: boolean }
  | {
      readonly type: 'pickup_booked';
      readonly providerId: string;
      readonly confirmation: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
      readonly cost: Money;
    }
  | { readonly type: 'pickup_cancelled'; readonly cancelled: boolean }
  | { readonly type: 'claim_opened'; readonly providerId: string }
  | { readonly type: 'claim_withdrawn'; readonly withdrawn: boolean }
  | { readonly type: 'refunded'; readonly status: RefundOutcome; readonly providerId: string; readonly code?: string }
  | { readonly type: 'stock_reserved'; readonly facility: string }
  | { readonly type: 'stock_released' }
  | { readonly type: 'credit_taken'; readonly taken: number }
  | { readonly type: 'hold_placed'; readonly providerId: string }
  | { readonly type: 'hold_captured' }
  | { readonly type: 'card_charged'; readonly providerId: string }
  | { readonly type: 'hold_released'; readonly released: boolean }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'unavailable'; readonly code: string };

/** A command to a return, as it is decided. */
export type Envelope = EnvelopeOf<ReturnCommand>;
