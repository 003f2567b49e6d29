import type { Currency } from '../money/money.ts';
import type { AttentionEvent } from '../process/attention-rows.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { RebalanceAttentionReason, RebalanceResolution } from './attention.ts';
import type { Edit, PlanTerms } from './plan/network.ts';

/** What is to be planned. Stock, demand, lanes and trips are rows that are read when the plan is made. */
export type RebalanceRequest = {
  readonly currency: Currency;
  readonly terms: PlanTerms;
};

/** What a plan comes to: counts, and amounts in minor units. */
export type PlanFigures = {
  readonly positions: number;
  readonly lines: number;
  readonly units: number;
  /** Its lines by origin, destination and way; each becomes a transfer. */
  readonly transfers: number;
  /** What moving costs, what it saves against doing nothing, and the most that any plan could save. */
  readonly cost: number;
  readonly saving: number;
  readonly mostSaving: number;
  /** Units that nobody needs where they are, and what the best exits would bring. */
  readonly excess: number;
  readonly excessWorth: number;
};

/** What became of the transfers of a plan, as far as it was looked at. */
export type TransfersSeen = {
  readonly ended: number;
  readonly late: number;
  readonly received: number;
  readonly lost: number;
};

/** What happened to a rebalancing; the journal's content. */
export type RebalanceEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: RebalanceRequest }
  | ({ readonly type: 'proposed'; readonly plan: number } & PlanFigures)
  | { readonly type: 'planning_failed'; readonly plan: number; readonly code: string }
  | { readonly type: 'planning_retried' }
  /** Planned anew with these fixed, beside what was fixed before. */
  | { readonly type: 'edited'; readonly edits: readonly Edit[] }
  | { readonly type: 'approved'; readonly plan: number }
  | {
      readonly type: 'transfers_started';
      readonly batch: number;
      /** Of the batch, all that ever were. */
      readonly started: number;
      readonly refused: number;
    }
  | { readonly type: 'transfers_retried'; readonly batch: number }
  | { readonly type: 'look_due' }
  | ({ readonly type: 'transfers_seen' } & TransfersSeen)
  | { readonly type: 'cancelled'; readonly note: string | null }
  | { readonly type: 'closed'; readonly outcome: RebalanceOutcome }
  | AttentionEvent<RebalanceAttentionReason, RebalanceResolution>;

/** `nothing_to_move`: the plan that was approved has no transfers, or none could be started. */
export const rebalanceOutcomes = ['completed', 'nothing_to_move', 'cancelled'] as const;
export type RebalanceOutcome = (typeof rebalanceOutcomes)[number];

export type Recorded = RecordedOf<RebalanceEvent>;
