import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/duration.ts';
import type { Claim, Hold, SurplusHere } from './state.ts';

/** The rows of the read model that a transfer has beside those of every process of the network. */
export type TransferRows = { readonly transfer: TransferRow; readonly lines: readonly TransferLineRow[] };

export type TransferRow = {
  readonly origin: string;
  readonly destination: string;
  readonly reason: string;
  readonly plan: string | null;
  readonly trip: string | null;
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly shipBy: Instant;
  readonly arriveBy: Instant;
  readonly shippedAt: Instant | null;
  readonly turnedBack: boolean;
  readonly currency: Currency | null;
  readonly claims: readonly Claim[];
  /** What waits in quarantine, and what came beside the papers and nobody has decided about. */
  readonly holds: readonly Hold[];
  readonly surpluses: readonly (SurplusHere & { readonly surplus: string })[];
};

/** Units of a line by where they are; `inTransit` is what has left and not ended. */
export type TransferLineRow = {
  readonly line: string;
  readonly sku: string;
  readonly lot: string | null;
  readonly serials: readonly string[];
  readonly quantity: number;
  readonly reserved: number;
  readonly picked: number;
  readonly shipped: number;
  readonly inTransit: number;
  readonly received: number;
  readonly held: number;
  readonly disposedOf: number;
  readonly damaged: number;
  readonly lost: number;
  readonly atOrigin: number;
  readonly unitCost: number | null;
  readonly isOut: boolean;
};
