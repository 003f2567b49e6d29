import type { Currency } from '../money/money.ts';
import type { Duration, Instant } from '../time/duration.ts';

/** Why goods move between facilities: somebody wants it, a plan balances the network, or where they are nobody needs them. */
export const transferReasons = ['manual', 'rebalance', 'excess'] as const;
export type TransferReason = (typeof transferReasons)[number];

/** How they get there: on a trip that runs anyway, with a parcel carrier, or by a vehicle of ours that no trip plans. */
export type TransferBy =
  | { readonly type: 'trip'; readonly trip: string }
  | { readonly type: 'parcel'; readonly carrier: string | null }
  | { readonly type: 'own' };

/** What is to move: units of one SKU, of one lot where that is known. */
export type TransferLineRequest = {
  /** `L1`, `L2`, … */
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
  /** Null where nobody has read it yet: it can be named as they are picked. */
  readonly lot: string | null;
  /** Which units, each by its serial; none where they aren't told apart. */
  readonly serials: readonly string[];
  /** Minor units that one unit is carried at, in the request's currency; absent or null where that isn't known. */
  readonly unitCost?: number | null;
};

/** What is agreed for a transfer beside its goods. */
export type TransferTerms = {
  /** What becomes of units that can't be found when they are picked: a person says, or the rest goes without them. */
  readonly shortPick: 'ask' | 'ship_less';
  /** How long a carrier may take to answer for what it lost. */
  readonly claimWithin: Duration;
  /** After what time a person who waits for something late is asked again. */
  readonly askAgain: Duration;
};

/** Starting points, to be replaced by a merchant's own. */
export const defaultTransferTerms: TransferTerms = { shortPick: 'ask', claimWithin: 'P30D', askAgain: 'P2D' };

/** What a transfer begins with. */
export type TransferRequest = {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly TransferLineRequest[];
  readonly reason: TransferReason;
  /** The number of the plan that wants it; null where a person does. */
  readonly plan: string | null;
  readonly by: TransferBy;
  /** By when the goods are to leave, and to be there. */
  readonly shipBy: Instant;
  readonly arriveBy: Instant;
  readonly terms: TransferTerms;
  /** Of the unit costs; absent or null where none is known. */
  readonly currency?: Currency | null;
};

/** More lines than that are several transfers. */
export const mostTransferLines = 250;
