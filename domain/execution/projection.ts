import type { AttentionRow } from '../attention-rows.ts';
import type { Disposition } from '../disposition.ts';
import type { Instant } from '../duration.ts';
import type { ItemState } from './item.ts';

/** The kinds of executions: each ends some dispositions. */
export const executionKinds = ['vendor_return', 'liquidation'] as const;
export type ExecutionKind = (typeof executionKinds)[number];

/** The rows of the read model that a step of an execution changed; a pure function of its journal. */
export type ExecutionProjection = {
  readonly execution: ExecutionRow;
  readonly executionItems: readonly ExecutionItemRow[];
  readonly attention: readonly AttentionRow[];
};

export type ExecutionRow = {
  readonly number: string;
  readonly kind: ExecutionKind;
  readonly disposition: Disposition;
  /** Null while nobody gets the goods yet. */
  readonly party: string | null;
  readonly facility: string;
  readonly currency: string;
  readonly status: string;
  readonly reference: string | null;
  readonly tracking: string | null;
  readonly expected: number;
  readonly received: number;
  readonly writtenOff: number;
  readonly requestedAt: Instant;
  readonly closedAt: Instant | null;
  readonly nextDeadline: Instant | null;
  readonly outcome: string | null;
};

export type ExecutionItemRow = {
  readonly rma: string;
  readonly item: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | null;
  readonly grade: string | null;
  readonly cost: number;
  readonly expected: number;
  readonly received: number;
  readonly state: ItemState;
  readonly code: string | null;
};
