import type { Remedy } from '../delivery/terms.ts';
import type { Disposition } from '../goods/disposition.ts';
import type { DeviceFinding, Evidence } from '../goods/evidence.ts';
import type { ConditionFacts } from '../goods/grading.ts';
import type { GivenAnswers } from '../goods/inspection.ts';
import type { Units } from '../goods/units.ts';
import type { WorkResult } from '../goods/work.ts';
import type { CardConsent } from '../money/card-consent.ts';
import type { Money } from '../money/money.ts';
import type { LegalFloor } from '../policy/law.ts';
import type { CollectionMethod, Instrument, Policy, Program } from '../policy/policy.ts';
import type { RejectedChoice } from '../policy/rejection.ts';
import type { Routing } from '../policy/routing.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Basket } from '../sale/basket.ts';
import type { DisputeFacts, OrderFacts, PaymentFacts } from '../sale/order.ts';
import type { Instant } from '../time/duration.ts';
import type { ClawbackEnd } from './events/claw-back.ts';
import type { RepairEnding } from './events/repair.ts';
import type { RecalledGoods } from './recalled.ts';

/** What was asked: the start of every return. Ids and codes only. */
export type ReturnRequest = {
  readonly program: Program;
  readonly order: string;
  readonly lines: readonly RequestedLine[];
  readonly method: CollectionMethod;
  readonly instrument: Instrument;
  /** The facility that will receive the goods. */
  readonly facility: string;
  /** Why there; absent where it was asked for, or in requests from before returns were routed. */
  readonly routing?: Pick<Routing, 'route' | 'because'>;
  /**
   * Where it is a section of a bulk return: what the whole is worth, in minor units, as that is what a person looks at.
   * Absent in a return of its own.
   */
  readonly section?: { readonly worth: number };
  /** The parcel that its carrier couldn't deliver and brings back; absent where goods come otherwise. */
  readonly outbound?: OutboundParcel;
  /** The parcel of another return that the goods come in; there exactly where the method is `along`. */
  readonly along?: SharedParcel;
  /** The buyer has declared to withdraw from the sale; absent where nobody did. Goods under way are withdrawn from by that alone. */
  readonly withdrawal?: true;
  /** Nothing is paid before the buyer has chosen between money and a new shipment; absent where there is no choice. */
  readonly remedy?: 'open';
  /** The buyer takes store credit where a refund fails; absent where nobody asked. */
  readonly acceptsStoreCredit?: true;
  /** Who was given the goods brings them back, and gets what they are worth; absent where their buyer does. */
  readonly gift?: true;
  /** The buyer's card may be held and charged for what comes to be owed; absent where nobody agreed to that. */
  readonly consent?: CardConsent;
  /** The goods that the buyer wants instead, with the instrument `exchange`; absent with every other. */
  readonly wanted?: readonly WantedGoods[];
};

/** A parcel of ours on its way out, as its carrier last told of it. */
export type OutboundParcel = { readonly carrier: string; readonly tracking: string; readonly at: Instant };

/** Goods that a buyer wants for what comes back: `price` is what the shop asks for all of them, with tax, in minor units. */
export type WantedGoods = { readonly sku: string; readonly quantity: number; readonly price: number };

/** A parcel with a label of ours that another return has. */
export type SharedParcel = { readonly rma: string; readonly carrier: string; readonly tracking: string };

export type RequestedLine = {
  /** `L1`, `L2`, … in the order of the request. */
  readonly line: string;
  readonly orderLine: string;
  readonly quantity: number;
  readonly reason: ReasonCode;
  /** What the buyer says of the packaging; unknown where nobody asked. */
  readonly opened?: boolean;
  readonly serials?: readonly string[];
  /** The lots that are to come back; absent where nobody said. */
  readonly lots?: readonly string[];
  /** What was seen of the goods where they are brought with the request, over a store's counter. */
  readonly seen?: Seen;
};

/** Absolute times of the receipt timer, computed in the policy's zone before they enter the process. */
export type ReceiptSchedule = {
  readonly reminders: readonly Instant[];
  readonly escalation: Instant;
  readonly expiry: Instant;
};

/** What was counted in a parcel: units of one SKU, lot and state. */
export type ReceivedContent = {
  readonly sku: string;
  readonly quantity: number;
  readonly lot?: string;
  readonly serials?: readonly string[];
  readonly damagedInTransit?: boolean;
};

/** What somebody saw of goods: the facts themselves, or the answers to the questions of their category, which give them. */
export type Seen = { readonly facts: ConditionFacts } | { readonly answers: GivenAnswers };

/** What an inspector found for some of an item's units. */
export type Finding = Found & Seen;

export type ItemFindings = { readonly item: string; readonly findings: readonly Finding[] };

type Found = {
  readonly quantity: number;
  /** Which of the item's serials these are; needed where only some units were looked at. */
  readonly serials?: readonly string[];
  /** The reason found, where it differs from the reason claimed. */
  readonly reason?: ReasonCode;
  /** What was seen of a device. That it is empty nobody says here: a certificate does. */
  readonly found?: readonly DeviceFinding[];
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
  | { readonly type: 'resolve'; readonly attention: string; readonly resolution: Resolution; readonly note: string }
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
  /** A recall holds goods of the return, or holds them no longer. */
  | { readonly type: 'stop_goods'; readonly recall: string; readonly goods: readonly RecalledGoods[] }
  | { readonly type: 'release_goods'; readonly recall: string }
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
