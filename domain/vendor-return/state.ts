import type { Instant } from '../duration.ts';
import { going, type Items } from '../execution/item.ts';
import type { Currency } from '../money.ts';
import type { VendorReturnReason } from './attention.ts';
import type { VendorReturnOutcome, VendorTerms } from './events.ts';

export const vendorReturnStatuses = ['requested', 'authorized', 'shipped', 'disputed', 'ending', 'closed'] as const;
export type VendorReturnStatus = (typeof vendorReturnStatuses)[number];

/** A vendor return as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type VendorReturnState = { readonly status: 'initial' } | Opened;

export type Opened = {
  readonly status: VendorReturnStatus;
  readonly number: string;
  readonly vendor: string;
  readonly facility: string;
  readonly currency: Currency;
  readonly terms: VendorTerms;
  readonly items: Items;
  readonly vendorRma: string | null;
  readonly carrier: string | null;
  readonly tracking: string | null;
  /** Numbers of the credit memos that have come. */
  readonly memos: readonly string[];
  readonly writtenOff: number;
  /** When a person hears that a side takes too long; null while one knows, and at the end. */
  readonly dueAt: Instant | null;
  /** What it will have come to once every return knows; null while it is under way. */
  readonly ending: VendorReturnOutcome | null;
  readonly outcome: VendorReturnOutcome | null;
  readonly disagreements: readonly string[];
  /** Open ones only. */
  readonly attention: Readonly<
    Record<
      string,
      {
        readonly attention: string;
        readonly reason: VendorReturnReason;
        readonly subject: string;
        readonly raisedAt: Instant;
      }
    >
  >;
  readonly attentionRaised: number;
  readonly requestedAt: Instant;
  readonly closedAt: Instant | null;
};

export const initialState: VendorReturnState = { status: 'initial' };

/** Minor units that the vendor is to credit in all, and has credited. */
export const expectedOf = (state: Opened): number => going(state.items).reduce((sum, item) => sum + item.expected, 0);
export const receivedOf = (state: Opened): number => going(state.items).reduce((sum, item) => sum + item.received, 0);

/** Minor units that the vendor still owes us. */
export const owed = (state: Opened): number => expectedOf(state) - receivedOf(state) - state.writtenOff;

/** Goods are on their way or there: what was sent can't be called back. */
export const hasShipped = ({ status }: Opened): boolean => status === 'shipped' || status === 'disputed';
