import type { Grade } from '../goods/grading.ts';
import type { Units } from '../goods/units.ts';
import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/duration.ts';
import type { Basket } from './basket.ts';
import type { Kit } from './kit.ts';

/**
 * What the engine must know of a sale to decide on a return of it. Read from the database before the first decision,
 * and kept in the journal with it: a later change of the order doesn't change what was decided. No personal data.
 */
export type OrderFacts = {
  readonly order: string;
  /** Absent in returns from before there were agreements: a sale. */
  readonly kind?: OrderKind;
  /** Of an agreement or an offer: when goods may be asked back, the end not included. */
  readonly validFrom?: Instant | null;
  readonly validUntil?: Instant | null;
  readonly currency: Currency;
  readonly channel: string;
  readonly country: string;
  /** When it was placed; absent in sales from before the law was looked at. */
  readonly placedAt?: Instant;
  /** When the last of its goods arrived; null while some that were sent are under way. Absent as above. */
  readonly lastDeliveredAt?: Instant | null;
  /** What the buyer paid for the standard way out, in minor units with its tax. Absent as above. */
  readonly shippingCharged?: number;
  /** Units of all its lines that were sent out. Absent as above. */
  readonly unitsSent?: number;
  /** An opaque id. */
  readonly buyer: string | null;
  readonly buyerBlocked: boolean;
  /** The merchant's own name for a kind of buyers (`vip`, `wholesale`); absent in sales from before there were any. */
  readonly buyerGroup?: string | null;
  /** Returns of this buyer within the policy's days, this one not counted. */
  readonly recentReturns: number;
  readonly lines: readonly OrderLineFacts[];
  readonly payments: readonly PaymentFacts[];
  /** All that was sold, with its promotions; absent where the sale had none, or none were known. */
  readonly basket?: Basket;
};

/**
 * What goods come back on: what was sold; an agreement, whose lines are the most that may come back under it; an offer for
 * goods that we may never have sold; the register of our own equipment at one place or with one holder; what somebody brings
 * without saying of which order; used equipment that is collected at the end of its life; what a consignee has of goods in a recall; what
 * somebody has on loan.
 */
export const orderKinds = [
  'sale',
  'agreement',
  'offer',
  'assets',
  'without_receipt',
  'take_back',
  'recall',
  'loan',
] as const;
export type OrderKind = (typeof orderKinds)[number];

export type OrderLineFacts = {
  readonly orderLine: string;
  readonly sku: string;
  readonly category: string;
  /** Units sold on the line: the denominator of every share. */
  readonly quantity: number;
  readonly fulfilled: number;
  /** Last delivery; null while nothing was delivered. */
  readonly deliveredAt: Instant | null;
  /** Totals of the line in minor units: price before discount, discount (positive), tax after discount. */
  readonly price: number;
  readonly discount: number;
  readonly tax: number;
  readonly finalSale: boolean;
  readonly hygiene: boolean;
  readonly hazardous: boolean;
  readonly recalled: boolean;
  readonly lotControlled: boolean;
  /** It holds data of whoever used it; absent where it doesn't, or in sales from before anybody asked. */
  readonly dataBearing?: boolean;
  /** Lots and serials sold on the line, or given in the place of those under a warranty; empty where they were not recorded. */
  readonly lots: readonly string[];
  readonly serials: readonly string[];
  /** Of serials that replaced others under a warranty: until when they are covered. Absent where none did. */
  readonly coveredUntil?: Readonly<Record<string, Instant>>;
  /** Serials that were repaired under a warranty; absent where none were. */
  readonly repaired?: readonly string[];
  /** Minor units a unit at cost, and grams a unit. */
  readonly unitCost: number;
  readonly unitWeightGrams: number;
  /** Of an offer's or a take-back's line: minor units a unit in each grade, exact; A's is the most. Absent where goods were sold or agreed on. */
  readonly creditByGrade?: Readonly<Record<Grade, number>>;
  /** How often units of these serials were refurbished under earlier returns; absent where none was. */
  readonly refurbished?: Readonly<Record<string, number>>;
  /** Of a registered asset: what it stands in our books for, in minor units. Absent where it is none. */
  readonly bookValue?: number;
  /** The kit that it was sold in; absent where it was sold by itself, or in sales from before kits were known. */
  readonly kit?: Kit;
  /** Nobody can say of which order it is; absent where that is known. */
  readonly withoutReceipt?: true;
  /** Units still returnable when this return asked, and the ones that it now holds (no more than it asked for). */
  readonly returnable: number;
  readonly held: Units;
};

export type PaymentFacts = {
  readonly payment: string;
  /** `store_credit`: it was redeemed from a credit of ours, which `providerPaymentId` names with the redemption. */
  readonly provider: 'stripe' | 'store_credit';
  readonly providerPaymentId: string;
  readonly captured: number;
  /** Refunded or about to be, by this and every other return. */
  readonly refunded: number;
  /** A dispute is open: nothing is refunded to it until that has ended. */
  readonly disputed: boolean;
  /** Its disputes as far as they are known; absent where there was none. */
  readonly disputes?: readonly DisputeFacts[];
  /** What settlements, of this and every other return, count as paid by chargebacks. @default 0 */
  readonly settledByChargeback?: number;
  /** Given as store credit or other goods in its place, by this and every other return. @default 0 */
  readonly credited?: number;
};

/** What all units of a line are worth to us, in minor units: their price without tax less its discount, or an asset's book value. */
export const worthOfLine = ({ price, discount, bookValue }: OrderLineFacts): number => bookValue ?? price - discount;

/** What a payment provider last said of a dispute: `amount` in minor units, `at` the provider's own time. */
export type DisputeFacts = {
  /** The provider's id. */
  readonly dispute: string;
  /** `won` also where it was withdrawn: the money stayed with us. */
  readonly status: 'open' | 'won' | 'lost';
  readonly amount: number;
  readonly at: Instant;
};
