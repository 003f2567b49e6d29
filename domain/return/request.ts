import type { CardConsent } from '../money/card-consent.ts';
import type { CollectionMethod, Instrument, Program } from '../policy/policy.ts';
import type { Routing } from '../policy/routing.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Instant } from '../time/duration.ts';
import type { Seen } from './findings.ts';

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
