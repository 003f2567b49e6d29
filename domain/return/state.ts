import type { Remedy } from '../delivery/terms.ts';
import type { DecisionCode } from '../eligibility/codes.ts';
import type { DispositionChoice } from '../goods/disposition.ts';
import type { DeviceFinding, Evidence } from '../goods/evidence.ts';
import type { ConditionFacts, Grade } from '../goods/grading.ts';
import type { Units } from '../goods/units.ts';
import type { WorkDone } from '../goods/work.ts';
import type { CardConsent } from '../money/card-consent.ts';
import type { Currency, Money } from '../money/money.ts';
import type { WayOut } from '../money/settlement.ts';
import type { FloorCode } from '../policy/law.ts';
import type { CollectionMethod, Instrument, Program } from '../policy/policy.ts';
import type { SalePolicy } from '../policy/rules-for.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Basket, SettledPart } from '../sale/basket.ts';
import type { OrderLineFacts, PaymentFacts } from '../sale/order.ts';
import type { Instant } from '../time/duration.ts';
import type { AttentionReason } from './attention.ts';
import type { ChargeState } from './card-charge.ts';
import type { ClaimState } from './claims.ts';
import type { ReceiptSchedule, TrackingStatus } from './commands.ts';
import type { ClawbackCause, ClawbackEnd } from './events/claw-back.ts';
import type { LineVerdict } from './events/lines.ts';
import type { RefundLeg } from './events/money.ts';
import type { ExchangeState } from './exchange.ts';
import type { HoldState } from './hold.ts';
import type { PaidRepairState } from './paid-repair.ts';
import type { RecallsKnown } from './recalled.ts';
import type { RejectionState } from './rejection.ts';
import type { OutboundParcel, SharedParcel } from './request.ts';

/**
 * A return as its events make it. Plain records and arrays: it crosses continue-as-new as JSON.
 *
 * Per line, in units: requested = cancelled + kept + outstanding + missing + received, always.
 */
export type ReturnState =
  | { readonly phase: 'initial' }
  | (OpenedReturn & { readonly phase: 'in_review' | 'declined' | 'open' | 'closed' });

/** A return that was requested, in any phase after that. */
export type Opened = Exclude<ReturnState, { phase: 'initial' }>;

export type OpenedReturn = {
  readonly rma: string;
  readonly program: Program;
  readonly order: string;
  readonly currency: Currency;
  readonly facility: string;
  /** Where it was to go at first; absent while it still goes there. */
  readonly firstFacility?: string;
  readonly method: CollectionMethod;
  readonly instrument: Instrument;
  /** The parcel that its carrier couldn't deliver; absent where goods come otherwise. */
  readonly outbound?: OutboundParcel;
  /** The parcel that the goods come in, of another return; absent where they come in their own. */
  readonly along?: SharedParcel;
  /** What the buyer of undelivered goods gets for them; `open` while that isn't chosen, absent where there is no choice. */
  readonly remedy?: Remedy | 'open';
  /** How often goods were sent again; absent where none were. */
  readonly newShipments?: number;
  readonly policy: SalePolicy;
  readonly payments: readonly PaymentFacts[];
  /** Absent in returns from before the law was looked at. */
  readonly wayOut?: WayOut;
  /** What other returns left of all that was sold, for pricing again what is kept; absent where that isn't done. */
  readonly basket?: Basket;
  /** What this return has settled, by order line; absent as above. */
  readonly settledParts?: Readonly<Record<string, SettledPart>>;
  readonly lines: Readonly<Record<string, LineState>>;
  /** Lines were added after it was asked for. */
  readonly grown?: true;
  readonly items: Readonly<Record<string, ItemState>>;
  readonly parcels: Readonly<Record<string, ParcelState>>;
  readonly pickups: Readonly<Record<string, PickupState>>;
  /** Absent in a state that was carried over from before claims had records of their own. */
  readonly claims?: Readonly<Record<string, ClaimState>>;
  readonly settlements: Readonly<Record<string, SettlementState>>;
  readonly refunds: Readonly<Record<string, RefundState>>;
  /** What the buyer owes us, or owed; absent while there is none. */
  readonly clawbacks?: Readonly<Record<string, ClawbackState>>;
  /** The buyer takes store credit where a refund fails; absent where nobody asked. */
  readonly acceptsStoreCredit?: true;
  /** Who was given the goods brings them back; absent where their buyer does. */
  readonly gift?: true;
  /** Whose store credit it would be, and by the law of which country. Absent in returns from before credit was kept: nobody's by name. */
  readonly creditTo?: { readonly buyer: string | null; readonly country: string };
  /** The goods that the buyer gets instead of money; absent where none were asked for. */
  readonly exchange?: ExchangeState;
  /** The buyer's card may be held and charged for what comes to be owed; absent where nobody agreed to that. */
  readonly consent?: CardConsent;
  /** What is held on that card, or was; absent where nothing ever was to be. */
  readonly hold?: HoldState;
  /** Goods that recalls have stopped since it was asked for; absent where none did. */
  readonly recalls?: RecallsKnown;
  /** Open ones only. */
  readonly attention: Readonly<Record<string, AttentionState>>;
  readonly attentionRaised: number;
  /** How often each effect was sent back to work; part of the effect's id. */
  readonly retries: Readonly<Record<string, number>>;
  readonly quote: Money;
  readonly requestedAt: Instant;
  readonly authorizedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** As it was computed for the request; an authorization that comes later starts from here. */
  readonly scheduleAtRequest: ReceiptSchedule;
  /** Reminders that were given leave the list. */
  readonly schedule: ReceiptSchedule;
  readonly escalated: boolean;
  readonly outcome: ClosingOutcome | null;
  readonly hasExpired: boolean;
  /** The buyer or staff cancelled what was outstanding. */
  readonly withdrawn: boolean;
  readonly disagreements: readonly string[];
};

export const closingOutcomes = ['completed', 'cancelled', 'declined', 'expired'] as const;
export type ClosingOutcome = (typeof closingOutcomes)[number];

export type LineState = {
  readonly line: string;
  readonly sold: OrderLineFacts;
  readonly reason: ReasonCode;
  readonly opened: boolean | null;
  readonly serials: readonly string[];
  /** The lots that are to come back; absent where nobody said. */
  readonly lots?: readonly string[];
  readonly verdict: LineVerdict | 'approved' | 'declined';
  readonly codes: readonly DecisionCode[];
  /** Absent where no law gives the buyer a right to withdraw, or none was looked at. */
  readonly floor?: FloorCode;
  /** Quantities; cancelled + kept + outstanding + missing + received add up to requested. */
  readonly requested: number;
  readonly cancelled: number;
  readonly kept: number;
  readonly outstanding: number;
  readonly missing: number;
  readonly received: number;
  /** Positions held for what is outstanding. */
  readonly units: Units;
  /** Positions that never came: unpaid, and settled all the same. */
  readonly missingUnits: Units;
  readonly compensatedUnits: Units;
  readonly keptUnits: Units;
  /** Positions to be settled although no goods will come: kept, or lost on the way. */
  readonly dueUnits: Units;
  /** Positions that were settled in advance and whose goods were not accepted yet; absent where there are none. */
  readonly advancedUnits?: Units;
  /** Positions whose goods were replaced under a warranty, or repaired, so that they may be claimed for again; absent where none were. */
  readonly replacedUnits?: Units;
  /** An override, or a higher quantity, waits for its units to be reserved. */
  readonly reserving: boolean;
  /** How many units a higher quantity waits for; absent where an override waits for all that were cancelled. */
  readonly raisedBy?: number;
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
  /** When it came into its stage, or when a person last heard that it waits: its deadline counts from here. */
  readonly waitsSince: Instant;
  readonly facts: ConditionFacts | null;
  readonly grade: Grade | null;
  readonly reasonFound: ReasonCode | null;
  /** Who came to the grade, the first and those who agreed: ids of keys. */
  readonly gradedBy: readonly string[];
  readonly acceptance: 'pending' | 'accepted' | 'rejected';
  readonly choice: DispositionChoice | null;
  /** A person made the choice; absent, as false, in returns from before that was kept. */
  readonly chosenByPerson?: boolean;
  /** What was seen of a device, and what was recorded that lifts vetoes; absent where nothing was. */
  readonly found?: readonly DeviceFinding[];
  readonly evidence?: readonly Evidence[];
  readonly settled: boolean;
  /** What it was settled as; absent where it wasn't, or was without goods. */
  readonly settledAs?: { readonly grade: Grade | null; readonly reason: ReasonCode };
  readonly overdue: boolean;
  /** The execution that has taken it up, or had when it went; absent, as null, before there were executions. */
  readonly execution?: string | null;
  /** Minor units that others have given us for it; absent where nothing was. */
  readonly recovered?: number;
  /** Where it was put away; absent for what isn't restocked. */
  readonly location?: string;
  /** What its owner gets for it as it isn't repaired; absent where it is, or nobody asked for that. */
  readonly instead?: Instrument;
  /** What its owner is to pay to have it mended; absent where nobody was asked. */
  readonly paidRepair?: PaidRepairState;
  /** What its buyer chose as it wasn't accepted; absent where nobody was asked. */
  readonly rejection?: RejectionState;
  /** What was done to it since it was graded; absent where nothing was. */
  readonly work?: WorkDone;
  /** A recall has stopped it since it was asked for; absent where none has. */
  readonly recalled?: true;
  /** A person was asked about it as its kit is not whole; absent where nobody was. */
  readonly kitAsked?: true;
  /** A late item whose units wait to be reserved again. */
  readonly reserving: boolean;
};

export type ParcelState = {
  readonly parcel: string;
  readonly method: 'drop_off' | 'pickup' | 'unannounced';
  /**
   * `withdrawn`: not wanted any more before we heard that it was bought; it may have been, so it is voided by our
   * reference.
   */
  readonly label: 'none' | 'wanted' | 'bought' | 'refused' | 'withdrawn' | 'voided' | 'used';
  /** How often a carrier said no; another try goes under another reference. */
  readonly refusals: number;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly providerId: string | null;
  readonly cost: Money | null;
  readonly tracking: TrackingStatus;
  /** The carrier has had it, whatever it says later; false again where it goes back to the sender. */
  readonly scanned: boolean;
  /** As the carrier weighed it; absent where it didn't say. */
  readonly weightGrams?: number;
  /** The carrier's own time of its latest news, and when we heard of it. */
  readonly trackedAt: Instant | null;
  readonly heardAt: Instant | null;
  readonly received: boolean;
  readonly lost: boolean;
  /** Its carrier couldn't deliver it and brings it back. */
  readonly outbound?: true;
};

export type PickupState = {
  readonly pickup: string;
  readonly parcel: string;
  /** `withdrawn`: not wanted any more; what was booked is cancelled. */
  readonly state: 'wanted' | 'booked' | 'collected' | 'failed' | 'withdrawn' | 'cancelled';
  readonly providerId: string | null;
  readonly cost: Money | null;
  readonly windowStart: Instant;
  readonly windowEnd: Instant;
  /** The trip of ours that collects it, and its load there; absent where a carrier does. */
  readonly trip?: string;
  readonly load?: string;
};

export type SettlementState = {
  readonly settlement: string;
  readonly total: number;
  readonly shippingFee: number;
  /** What was given back for the way out; absent where nothing was. */
  readonly outboundShipping?: number;
  /** How many settlements of the order's other returns it counted in; absent where nothing was priced again. */
  readonly others?: number;
  readonly instrument: Instrument;
};

export type RefundState = RefundLeg & {
  readonly settlement: string;
  /** `frozen`: its payment is disputed, and it was not asked for. */
  readonly state: 'due' | 'frozen' | 'requested' | 'succeeded' | 'failed' | 'replaced' | 'written_off';
  readonly providerId: string | null;
  readonly requestedAt: Instant | null;
  readonly code: string | null;
};

export type ClawbackState = {
  readonly clawback: string;
  readonly cause: ClawbackCause;
  readonly total: number;
  readonly outstanding: number;
  /** The fee for the way back that it gave up. */
  readonly shippingFee: number;
  /** What of it the buyer has paid, or still had as store credit. */
  readonly paid: number;
  /** Refunds that are store credit, of which nobody knows yet what is left to take; absent where none is asked. */
  readonly creditsToAsk?: readonly string[];
  readonly state: 'open' | 'offset' | ClawbackEnd;
  /** What of it is charged to the buyer's card, or was; absent where nothing is. */
  readonly charge?: ChargeState;
  /** Reminders given since it was claimed, or pursued anew. */
  readonly reminders: number;
  readonly since: Instant;
};

export type AttentionState = {
  readonly attention: string;
  readonly reason: AttentionReason;
  readonly subject: string;
  readonly raisedAt: Instant;
};

export const initialState: ReturnState = { phase: 'initial' };
