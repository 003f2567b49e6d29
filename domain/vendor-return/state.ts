import { going } from '../execution/item.ts';
import type { ExecutionState } from '../execution/state.ts';
import type { Instant } from '../time/duration.ts';
import type { VendorReturnReason } from './attention.ts';
import type { VendorReturnOutcome, VendorTerms } from './events.ts';

export const vendorReturnStatuses = ['requested', 'authorized', 'shipped', 'disputed', 'ending', 'closed'] as const;
export type VendorReturnStatus = (typeof vendorReturnStatuses)[number];

/** A vendor return as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type VendorReturnState = { readonly status: 'initial' } | Opened;

export type Opened = ExecutionState<VendorReturnReason, VendorReturnOutcome> & {
  readonly status: VendorReturnStatus;
  readonly vendor: string;
  readonly terms: VendorTerms;
  readonly vendorRma: string | null;
  readonly carrier: string | null;
  readonly tracking: string | null;
  /** Numbers of the credit memos that have come. */
  readonly memos: readonly string[];
  readonly writtenOff: number;
  /** When a person hears that a side takes too long; null while one knows, and at the end. */
  readonly dueAt: Instant | null;
};

export const initialState: VendorReturnState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: VendorReturnState): Opened | null => (state.status === 'initial' ? null : state);

/** Minor units that the vendor is to credit in all, and has credited. */
export const expectedOf = (state: Opened): number => going(state.items).reduce((sum, item) => sum + item.expected, 0);
export const receivedOf = (state: Opened): number => going(state.items).reduce((sum, item) => sum + item.received, 0);

/** Minor units that the vendor still owes us. */
export const owed = (state: Opened): number => expectedOf(state) - receivedOf(state) - state.writtenOff;

/** Goods are on their way or there: what was sent can't be called back. */
export const hasShipped = ({ status }: Opened): boolean => status === 'shipped' || status === 'disputed';
