import type { VetoCode } from '../goods/disposition.ts';
import type { Evidence } from '../goods/evidence.ts';
import type { Units } from '../goods/units.ts';
import type { AttentionRow } from '../process/attention-rows.ts';
import type { StoreCreditEvent } from '../store-credit/credit.ts';
import type { Instant } from '../time/duration.ts';
import type { AttentionReason } from './attention.ts';
import type { ChargeState } from './card-charge.ts';
import type { RefundLeg } from './events/money.ts';
import type { CoveredUnit } from './events/warranty.ts';
import type { ExchangeState, Shipment } from './exchange.ts';
import type { HoldState } from './hold.ts';
import type { GoodsStatus, MoneyStatus } from './status.ts';

/**
 * The rows of the read model that a step changed, made from the state after it. Because they are a pure function of the
 * journal, folding the journal again makes the same rows: that is how "rebuilt = live" is checked.
 */
export type Projection = {
  readonly return: ReturnRow;
  readonly lines: readonly LineRow[];
  readonly items: readonly ItemRow[];
  /** Items that were split up: their rows go, their parts are in `items`. */
  readonly goneItems: readonly string[];
  readonly parcels: readonly ParcelRow[];
  readonly pickups: readonly PickupRow[];
  readonly claims: readonly ClaimRow[];
  readonly refunds: readonly RefundRow[];
  readonly settlements: readonly SettlementRow[];
  readonly clawbacks: readonly ClawbackRow[];
  readonly exchanges: readonly ExchangeRow[];
  readonly holds: readonly HoldRow[];
  readonly charges: readonly ChargeRow[];
  readonly warranties: readonly WarrantyRow[];
  readonly inspections: readonly InspectionRow[];
  readonly storeCredits: readonly StoreCreditRow[];
  readonly attention: readonly AttentionRow<AttentionReason>[];
};

export type ReturnRow = {
  readonly rma: string;
  readonly program: string;
  readonly order: string;
  readonly currency: string;
  readonly facility: string;
  readonly method: string;
  readonly instrument: string;
  readonly goods: GoodsStatus;
  readonly money: MoneyStatus;
  readonly quoted: number;
  readonly settled: number;
  readonly requestedAt: Instant;
  readonly authorizedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly nextDeadline: Instant | null;
  readonly outcome: string | null;
  readonly policy: string;
  readonly policyVersion: number;
  /** Who was given the goods brings them back. */
  readonly gift: boolean;
};
export type LineRow = {
  readonly line: string;
  readonly orderLine: string;
  readonly sku: string;
  readonly reason: string;
  readonly verdict: string;
  readonly codes: readonly string[];
  readonly requested: number;
  readonly cancelled: number;
  readonly kept: number;
  readonly outstanding: number;
  readonly missing: number;
  readonly received: number;
  /** Every unit of the order line that no other return may take. */
  readonly holds: Units;
};
export type ItemRow = {
  readonly item: string;
  readonly line: string | null;
  readonly parcel: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serials: readonly string[];
  readonly stage: string;
  readonly grade: string | null;
  readonly acceptance: string;
  readonly disposition: string | null;
  /** What bars ways of it now, and what was recorded to lift that. */
  readonly vetoes: readonly VetoCode[];
  readonly evidence: readonly Evidence[];
  readonly settled: boolean;
  readonly execution: string | null;
  /** Where it was put away. */
  readonly location: string | null;
  /** Minor units: what it cost us, and what others gave us for it; never more than that. */
  readonly cost: number;
  readonly recovered: number;
  /** By what work has raised what it is carried at, and how often its units were refurbished. */
  readonly added: number;
  readonly refurbished: number;
  /**
   * What refurbishing it would bring over its best other way, or what repairing it for its owner may cost; null where nobody
   * has weighed that.
   */
  readonly gain: number | null;
};
export type ParcelRow = {
  readonly parcel: string;
  readonly method: string;
  readonly labelState: string;
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly providerId: string | null;
  readonly status: string;
  readonly received: boolean;
  readonly lost: boolean;
  readonly claim: string;
};
export type PickupRow = {
  readonly pickup: string;
  readonly parcel: string;
  readonly state: string;
  readonly providerId: string | null;
  readonly windowStart: Instant;
  readonly windowEnd: Instant;
  readonly trip: string | null;
  readonly load: string | null;
};
export type ClaimRow = {
  readonly claim: string;
  readonly parcel: string;
  readonly kind: string;
  readonly state: string;
  readonly amount: number;
  readonly paid: number | null;
  readonly providerId: string | null;
};
export type RefundRow = {
  readonly refund: string;
  readonly settlement: string;
  readonly to: RefundLeg['to'];
  readonly payment: string | null;
  readonly amount: number;
  readonly state: string;
  readonly providerId: string | null;
  readonly code: string | null;
};
export type SettlementRow = {
  /** Settlements of the order's other returns that it counted in; null where nothing was priced again. */
  readonly others: number | null;
  readonly settlement: string;
  readonly total: number;
  readonly shippingFee: number;
  readonly instrument: string;
};
export type ClawbackRow = {
  readonly clawback: string;
  readonly cause: string;
  readonly total: number;
  readonly outstanding: number;
  readonly paid: number;
  readonly state: string;
};
/** Minor units of the return's currency. */
export type ExchangeRow = Pick<
  ExchangeState,
  'exchange' | 'kind' | 'state' | 'stock' | 'facility' | 'goods' | 'toShip' | 'due' | 'paid'
> &
  Shipment & { readonly price: number; readonly dueAt: Instant | null };
/** Minor units of the return's currency. */
export type HoldRow = Pick<HoldState, 'hold' | 'payment' | 'amount' | 'taken' | 'state' | 'providerId'>;
export type ChargeRow = Pick<ChargeState, 'payment' | 'amount' | 'state' | 'providerId'> & {
  readonly clawback: string;
};
/** A serial that replaced another under a warranty, or was repaired, from when to when it is covered. */
export type WarrantyRow = CoveredUnit & { readonly from: Instant; readonly repaired: boolean };
/** A store credit that begins with a refund. It has a journal of its own from then on. */
export type StoreCreditRow = {
  readonly at: Instant;
  readonly by: string;
  readonly issued: Extract<StoreCreditEvent, { type: 'issued' }>;
};
export type InspectionRow = {
  readonly item: string;
  readonly from: string;
  readonly quantity: number;
  readonly grade: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly reasonFound: string | null;
  readonly at: Instant;
  readonly by: string;
};
/** One that was raised before has nulls where only its end is news: those columns stay as they are. */
