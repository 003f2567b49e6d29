import type { ExecutionState } from '../execution/state.ts';
import type { Grade } from '../goods/grading.ts';
import type { Instant } from '../time/duration.ts';
import type { LiquidationReason } from './attention.ts';
import type { ComplaintKind, LiquidationOutcome, LiquidationTerms, WayInstead } from './events.ts';

export const liquidationStatuses = ['open', 'sold', 'shipped', 'ending', 'closed'] as const;
export type LiquidationStatus = (typeof liquidationStatuses)[number];

/** `undone`: it was accepted, and the sale came to nothing. */
export const bidStates = ['open', 'withdrawn', 'lapsed', 'replaced', 'declined', 'accepted', 'undone'] as const;

export type Bid = {
  readonly bid: string;
  readonly liquidator: string;
  readonly amount: number;
  readonly validUntil: Instant;
  readonly round: number;
  readonly state: (typeof bidStates)[number];
};

export type Complaint = {
  readonly complaint: string;
  readonly reference: string;
  readonly kind: ComplaintKind;
  readonly sku: string;
  readonly grade: Grade | null;
  readonly quantity: number;
  readonly asked: number;
  /** What the liquidator gets off the price; null while nobody has decided. */
  readonly allowance: number | null;
};

/** The sale that stands. Amounts are minor units. */
export type Sale = {
  readonly bid: string;
  readonly liquidator: string;
  readonly invoice: string;
  readonly price: number;
  readonly paid: number;
  readonly paidBack: number;
  readonly writtenOff: number;
};

/** A liquidation as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type LiquidationState = { readonly status: 'initial' } | Opened;

export type Opened = ExecutionState<LiquidationReason, LiquidationOutcome> & {
  readonly status: LiquidationStatus;
  readonly terms: LiquidationTerms;
  readonly reserve: number;
  /** Begins with 1; another price, or a sale that came to nothing, begins the next. */
  readonly round: number;
  readonly bids: Readonly<Record<string, Bid>>;
  readonly sale: Sale | null;
  /** What names payments, payouts and fees, each once. */
  readonly references: readonly string[];
  readonly fees: number;
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly complaints: Readonly<Record<string, Complaint>>;
  /** When a person hears that something takes too long; null while one knows, and where nothing is awaited. */
  readonly bidsDueAt: Instant | null;
  readonly paymentDueAt: Instant | null;
  readonly shipmentDueAt: Instant | null;
  /** Until when the liquidator may complain; null before the goods left, and afterwards. */
  readonly complaintsUntil: Instant | null;
  /** Where the items go that it lets go of at its end; null where they wait to be sold after all. */
  readonly instead: WayInstead | null;
};

export const initialState: LiquidationState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: LiquidationState): Opened | null => (state.status === 'initial' ? null : state);
