import type { Disposition, DispositionChoice } from '../disposition.ts';
import type { Instant } from '../duration.ts';
import type { DecisionCode } from '../eligibility.ts';
import type { ConditionFacts, Grade } from '../grading.ts';
import type { Currency, Money } from '../money.ts';
import type { OrderLineFacts, PaymentFacts } from '../order.ts';
import type { CollectionMethod, Instrument, Policy, Program } from '../policy.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Units } from '../units.ts';
import type { AttentionReason } from './attention.ts';
import type { ReceiptSchedule, TrackingStatus } from './commands.ts';
import type { LineVerdict, RefundLeg } from './events.ts';

/**
 * A return as its events make it. Plain records and arrays: it crosses continue-as-new as JSON.
 *
 * Per line, in units: requested = cancelled + kept + outstanding + missing + received, always.
 */
export type ReturnState =
  | { readonly phase: 'initial' }
  | (OpenedReturn & { readonly phase: 'in_review' | 'declined' | 'open' | 'closed' });

export type OpenedReturn = {
  readonly rma: string;
  readonly program: Program;
  readonly order: string;
  readonly currency: Currency;
  readonly facility: string;
  readonly method: CollectionMethod;
  readonly instrument: Instrument;
  readonly policy: Policy;
  readonly payments: readonly PaymentFacts[];
  readonly lines: Readonly<Record<string, LineState>>;
  readonly items: Readonly<Record<string, ItemState>>;
  readonly parcels: Readonly<Record<string, ParcelState>>;
  readonly pickups: Readonly<Record<string, PickupState>>;
  readonly refunds: Readonly<Record<string, RefundState>>;
  readonly attention: Readonly<Record<string, AttentionState>>;
  /** How often each effect was sent back to work by a person; part of the effect's id. */
  readonly retries: Readonly<Record<string, number>>;
  readonly quote: Money;
  readonly authorizedAt: Instant | null;
  readonly schedule: ReceiptSchedule;
  readonly escalated: boolean;
  readonly shippingFeeTaken: boolean;
  readonly settlements: number;
  readonly outcome: 'completed' | 'cancelled' | 'declined' | 'expired' | null;
  readonly cancelRequested: boolean;
  readonly hasExpired: boolean;
  /** When the goods arrived after expiry or closure and their units have yet to be reserved again. */
  readonly reserving: boolean;
  readonly disagreements: readonly string[];
};

export type LineState = {
  readonly line: string;
  readonly sold: OrderLineFacts;
  readonly reason: ReasonCode;
  readonly opened: boolean | null;
  readonly serials: readonly string[];
  readonly verdict: LineVerdict | 'approved' | 'declined';
  readonly codes: readonly DecisionCode[];
  /** Units by what became of them; their counts add up to what was requested. */
  readonly requested: number;
  readonly cancelled: number;
  readonly kept: number;
  readonly outstanding: number;
  readonly missing: number;
  readonly received: number;
  /** Positions of the order line still held and not yet assigned to an item, missing or released. */
  readonly units: Units;
};

export type ItemState = {
  readonly item: string;
  readonly line: string | null;
  readonly parcel: string;
  readonly sku: string;
  readonly quantity: number;
  readonly units: Units;
  readonly lot: string | null;
  readonly serials: readonly string[];
  readonly stage: 'received' | 'inspected' | 'disposing' | 'disposed';
  readonly receivedAt: Instant;
  readonly inspectedAt: Instant | null;
  readonly facts: ConditionFacts | null;
  readonly grade: Grade | null;
  readonly reasonFound: ReasonCode | null;
  readonly acceptance: 'pending' | 'accepted' | 'rejected';
  readonly choice: DispositionChoice | null;
  readonly disposition: Disposition | null;
  readonly decidedAt: Instant | null;
  readonly settled: boolean;
  readonly overdue: boolean;
};

export type ParcelState = {
  readonly parcel: string;
  readonly method: 'drop_off' | 'pickup' | 'unannounced';
  readonly label: {
    readonly carrier: string;
    readonly tracking: string;
    readonly providerId: string;
    readonly cost: Money;
  } | null;
  readonly labelState: 'none' | 'wanted' | 'bought' | 'refused' | 'voided' | 'void_refused';
  readonly tracking: TrackingStatus;
  /** The carrier's own time of its latest news, and when we heard of it. */
  readonly trackedAt: Instant | null;
  readonly heardAt: Instant | null;
  readonly received: boolean;
  readonly lost: boolean;
  readonly claim: 'none' | 'wanted' | 'opened' | 'refused';
};

export type PickupState = {
  readonly pickup: string;
  readonly parcel: string;
  readonly state: 'wanted' | 'booked' | 'collected' | 'failed' | 'cancelling' | 'cancelled';
  readonly providerId: string | null;
  readonly windowStart: Instant;
  readonly windowEnd: Instant;
};

export type RefundState = RefundLeg & {
  readonly settlement: string;
  readonly state: 'due' | 'requested' | 'succeeded' | 'failed' | 'replaced' | 'written_off';
  readonly providerId: string | null;
  readonly requestedAt: Instant | null;
  readonly code: string | null;
};

export type AttentionState = {
  readonly attention: string;
  readonly reason: AttentionReason;
  readonly subject: string;
  readonly raisedAt: Instant;
};

export const initialState: ReturnState = { phase: 'initial' };
