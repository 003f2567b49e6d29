import type { AttentionEvent } from '../process/attention-rows.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { RecallAttentionReason, RecallResolution } from './attention.ts';
import type { Depth, EffectivenessLevel, HazardClass, RecallKind, RecallStrategy } from './terms.ts';

/** What a recall is. Its scope and the words of its notices are rows beside the journal: they can be long. */
export type RecallRequest = {
  readonly kind: RecallKind;
  readonly hazardClass: HazardClass | null;
  readonly depth: Depth;
  /** An authority ordered it. */
  readonly mandated: boolean;
  /** A drill: the same steps, but nothing is sent and no goods are held. */
  readonly mock: boolean;
  readonly strategy: RecallStrategy;
};

/** What a trace found and the stop sale holds: lots, the units that consignees got of them, and those that facilities have. */
export type Stopped = {
  readonly lots: number;
  readonly facilities: number;
  readonly shippedUnits: number;
  readonly heldUnits: number;
  /** How long the trace took. */
  readonly milliseconds: number;
};

/** Who is told in which wave: new consignees, and those who hear again as more of their goods are affected. */
export type Planned = { readonly consignees: number; readonly amended: number; readonly waves: number };

/** Effectiveness checks after a draw, all draws together: of how many consignees they were chosen, how many there are, and how many nobody needs any more. */
export type Drawn = { readonly consignees: number; readonly checks: number; readonly withdrawn: number };

/** Returns and executions that could not be told: how many, and the numbers of the first. Absent: none. */
export type Unreached = { readonly unreached?: { readonly count: number; readonly first: readonly string[] } };

/**
 * What a completed recall leaves: effectiveness checks not made or not followed up, units that nobody accounted for, and facilities
 * that have not confirmed what is stopped there, or counted otherwise than the books. Journals of before lack the last.
 */
export type StillOpen = { readonly checks: number; readonly units: number; readonly facilities?: number };

/**
 * What its termination ended: checks that nobody had made or followed up. And the final report with the dates of both, its
 * completion and its termination, by the SHA-256 of its text.
 */
export type Ended = { readonly checks: number; readonly sha256: string };

/** What happened to a recall; the journal's content. It counts consignees and never names one. */
export type RecallEvent =
  | { readonly type: 'drafted'; readonly number: string; readonly request: RecallRequest }
  | { readonly type: 'launched' }
  /** The scope's goods are in another recall already, which the number names. */
  | { readonly type: 'overlap_found'; readonly scopeVersion: number; readonly recall: string }
  | ({ readonly type: 'stop_sale_placed'; readonly scopeVersion: number } & Stopped)
  | ({ readonly type: 'waves_planned'; readonly scopeVersion: number } & Planned)
  /** So many returns under way have heard of the stop sale. */
  | ({ readonly type: 'returns_stopped'; readonly scopeVersion: number; readonly returns: number } & Unreached)
  | { readonly type: 'wave_started'; readonly wave: number }
  /** Every consignee of the wave was sent a first notice, or could not be. */
  | { readonly type: 'wave_notified'; readonly wave: number }
  | { readonly type: 'wave_ended'; readonly wave: number }
  | { readonly type: 'all_notified' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'rate_changed'; readonly perMinute: number }
  | { readonly type: 'class_set'; readonly hazardClass: HazardClass }
  | { readonly type: 'scope_widened'; readonly scopeVersion: number }
  /** A draft's scope is another now; it may name less than before. */
  | { readonly type: 'scope_revised'; readonly scopeVersion: number }
  | { readonly type: 'stop_sale_retried' }
  /** The waves know of the last change of pause, rate, class, or end. */
  | { readonly type: 'waves_told'; readonly change: number }
  /** Consignees are to be chosen for effectiveness checks: those whom no draw before has covered. */
  | { readonly type: 'checks_due'; readonly draw: number }
  | ({ readonly type: 'checks_drawn'; readonly draw: number } & Drawn)
  | {
      readonly type: 'effectiveness_set';
      readonly effectiveness: EffectivenessLevel;
      readonly checkShare: number | null;
    }
  /** The day on which it is expected to be completed (21 CFR 7.53(b)(6)); null takes back what was said. */
  | { readonly type: 'completion_estimated'; readonly on: string | null }
  /** What was still open then, where it was looked up; and why it was completed all the same, a note's id. */
  | { readonly type: 'completed'; readonly open?: StillOpen; readonly note?: string | null }
  /** The final report is to be made, and was: by the SHA-256 of its text it is known to be the same for ever. */
  | { readonly type: 'report_due' }
  | { readonly type: 'report_kept'; readonly sha256: string }
  /** Whether whoever was written to is to hear of it. Journals of before may lack that: nothing follows from it then. */
  | { readonly type: 'terminated'; readonly notice?: boolean }
  | ({ readonly type: 'termination_recorded' } & Ended)
  /** The waves write to all who had been written to that it is over. */
  | { readonly type: 'termination_told' }
  | { readonly type: 'cancelled' }
  /** It was launched in error, as a note says, by its id. */
  | { readonly type: 'withdrawn'; readonly note: string }
  /** So many lots, and SKUs as a whole, may be sold again. */
  | { readonly type: 'stop_sale_lifted'; readonly lots: number }
  /** So many returns under way have heard that their goods may go their way. */
  | ({ readonly type: 'returns_released'; readonly returns: number } & Unreached)
  /** Returns that could not be told are to be told again. */
  | { readonly type: 'returns_retried' }
  /** The waves write to all who had been written to that it was an error. */
  | { readonly type: 'withdrawal_told' }
  | { readonly type: 'closed'; readonly outcome: RecallOutcome }
  | AttentionEvent<RecallAttentionReason, RecallResolution>;

export const recallOutcomes = ['terminated', 'cancelled', 'withdrawn'] as const;
export type RecallOutcome = (typeof recallOutcomes)[number];

export type Recorded = RecordedOf<RecallEvent>;
