import type { AttentionRow } from '../process/attention-rows.ts';
import type { Instant } from '../time/duration.ts';
import type { ConfirmWithin, NoticeSchedules } from './terms.ts';

/** The rows of the read model that a step of a recall changed; a pure function of its journal. */
export type RecallProjection = { readonly recall: RecallRow; readonly attention: readonly AttentionRow[] };

/** Also what the waves read before each batch: whether to go on, how fast, and when consignees hear again. */
export type RecallRow = {
  readonly number: string;
  readonly kind: string;
  readonly hazardClass: string | null;
  readonly depth: string;
  readonly mandated: boolean;
  readonly mock: boolean;
  readonly effectiveness: string;
  readonly checkShare: number | null;
  readonly status: string;
  readonly paused: boolean;
  readonly perMinute: number;
  readonly waveSize: number;
  readonly schedules: NoticeSchedules;
  /** Null where no facility is asked to confirm. */
  readonly confirmWithin: ConfirmWithin | null;
  readonly scopeVersion: number;
  readonly plannedVersion: number;
  readonly consignees: number;
  readonly lots: number;
  readonly facilities: number;
  readonly shippedUnits: number;
  readonly heldUnits: number;
  readonly waves: number;
  readonly wavesStarted: number;
  readonly wavesEnded: number;
  readonly estimatedOn: string | null;
  /** What was open when it was completed, as far as it was looked up, and the note that says why. */
  readonly openChecks: number | null;
  readonly openUnits: number | null;
  readonly openFacilities: number | null;
  readonly completionNote: string | null;
  readonly outcome: string | null;
  /** Whether the waves write to whoever was written to that it was terminated. */
  readonly terminationNotice: boolean;
  readonly draftedAt: Instant;
  readonly launchedAt: Instant | null;
  readonly stoppedAt: Instant | null;
  readonly traceMilliseconds: number | null;
  readonly notifiedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly closedAt: Instant | null;
};
