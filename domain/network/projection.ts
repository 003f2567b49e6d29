import type { AttentionRow } from '../process/attention-rows.ts';
import type { RebalanceRow } from '../rebalance/projection.ts';
import type { Instant } from '../time/duration.ts';
import type { TransferRows } from '../transfer/projection.ts';
import type { TripRows } from '../trip/projection.ts';
import type { NetworkKind } from './kinds.ts';

/**
 * The rows of the read model that a step of a process of the network changed; a pure function of its journal. Each kind adds its
 * own to what is the same for all.
 */
export type NetworkProjection = {
  readonly network: NetworkRow;
  readonly rebalance?: RebalanceRow;
  readonly attention: readonly AttentionRow[];
  readonly transfer?: TransferRows;
  readonly trip?: TripRows;
};

export type NetworkRow = {
  readonly number: string;
  readonly kind: NetworkKind;
  readonly status: string;
  /** Where a person looks for it; null where it is of no one facility. */
  readonly facility: string | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly nextDeadline: Instant | null;
  readonly outcome: string | null;
};
