import type { NumberedState } from '../process/numbered.ts';
import type { Instant } from '../time/duration.ts';
import type { RebalanceAttentionReason } from './attention.ts';
import type { PlanFigures, RebalanceOutcome, RebalanceRequest, TransfersSeen } from './events.ts';
import type { Edit } from './plan/network.ts';

/** `proposed`: a person looks at the plan; `executing`: its transfers are started, or under way. */
export const rebalanceStatuses = ['planning', 'proposed', 'executing', 'closed', 'cancelled'] as const;
export type RebalanceStatus = (typeof rebalanceStatuses)[number];

/** A rebalancing as its events make it. Its positions and lines are rows: it crosses continue-as-new as JSON. */
export type RebalanceState = { readonly status: 'initial' } | Opened;

export type Opened = NumberedState<RebalanceAttentionReason> &
  RebalanceRequest & {
    readonly status: RebalanceStatus;
    /** Counts from 1; a new one with each edit. */
    readonly plan: number;
    /** How often it was planned or started anew after a failure; part of the ids of effects. */
    readonly tries: number;
    /** What people have fixed, the latest word on each way of each SKU. */
    readonly edits: readonly Edit[];
    /** Null while there is no plan. */
    readonly figures: PlanFigures | null;
    readonly started: number;
    /** By batch. */
    readonly startedIn: readonly number[];
    /** Batches of transfers that were started, and those to be tried again. */
    readonly batches: number;
    readonly again: readonly number[];
    readonly seen: TransfersSeen;
    readonly isLooking: boolean;
    readonly looks: number;
    /** When the transfers were last looked at, or the last of them started. */
    readonly since: Instant;
    readonly outcome: RebalanceOutcome | null;
    readonly requestedAt: Instant;
  };

export const initialState: RebalanceState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: RebalanceState): Opened | null => (state.status === 'initial' ? null : state);

/** So many transfers are started together. */
export const transfersABatch = 20;

/** More aren't fixed in one plan; so many words fit where a state is carried on. */
export const mostEdits = 1_000;

/** How many batches the transfers of the plan are. */
export const batchesOf = ({ figures }: Opened): number => Math.ceil((figures?.transfers ?? 0) / transfersABatch);

/** Whether all transfers were started, or given up. */
export const hasStartedAll = (state: Opened): boolean =>
  state.status === 'executing' && state.batches === batchesOf(state) && state.again.length === 0;

/** Whether a reason waits for a person. */
export const isRaised = (state: Opened, reason: RebalanceAttentionReason): boolean =>
  Object.values(state.attention).some((open) => open.reason === reason);
