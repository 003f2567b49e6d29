import type { Attended } from '../process/attention.ts';
import type { Instant } from '../time/duration.ts';
import type { RecallAttentionReason } from './attention.ts';
import type { RecallOutcome, RecallRequest, StillOpen, Stopped } from './events.ts';

/**
 * `launched`: goods are traced and stopped, and waves planned; `notifying`: first notices leave; `notified`: every consignee was sent one;
 * `completed`: we retrieved what can be; `closed`: the authority terminated it, it was called off as a draft, or withdrawn as
 * an error.
 */
export const recallStatuses = ['drafted', 'launched', 'notifying', 'notified', 'completed', 'closed'] as const;
export type RecallStatus = (typeof recallStatuses)[number];

/** A recall, as its events make it: counts and cursors, never a list of consignees. It crosses continue-as-new as JSON. */
export type RecallState = { readonly status: 'initial' } | Opened;

export type Opened = Attended<RecallAttentionReason> &
  RecallRequest & {
    readonly number: string;
    readonly status: RecallStatus;
    readonly paused: boolean;
    /** The newest scope, the one whose goods are stopped, and the one whose consignees have their waves; they follow each other. */
    readonly scopeVersion: number;
    readonly stoppedVersion: number;
    readonly plannedVersion: number;
    /** The scope whose stopped goods returns under way have heard of. */
    readonly returnsVersion: number;
    /** How often returns that could not be told were to be told again: part of those effects' ids. Absent: never. */
    readonly returnsTries?: number;
    /** How often the stop sale was sent back to work: part of its effect's id. */
    readonly tries: number;
    readonly consignees: number;
    /** What the newest trace found; null before the first. */
    readonly stopped: Stopped | null;
    readonly waves: {
      readonly planned: number;
      /** Waves start in turn: the last one that did. */
      readonly started: number;
      /** Those that send their first notices; never more than the window. */
      readonly sending: readonly number[];
      readonly ended: number;
    };
    /** Draws of consignees for effectiveness checks, asked for and made; and the checks that they left to do, done or not. */
    readonly draws: { readonly due: number; readonly made: number; readonly checks: number };
    /** Counts what running waves must hear of, and how far they have. */
    readonly changes: number;
    readonly toldChanges: number;
    /** The final report, made once it is completed. */
    readonly report: 'none' | 'due' | 'kept';
    /** The day on which it is expected to be completed, ISO 8601. */
    readonly estimatedOn: string | null;
    /** What it was completed with: what was open, as far as it was looked up, and the note that says why; null before. */
    readonly completion: { readonly open: StillOpen | null; readonly note: string | null } | null;
    readonly outcome: RecallOutcome | null;
    /** What is done once it was withdrawn; absent in any other. */
    readonly withdrawal?: { readonly lifted: boolean; readonly released: boolean; readonly told: boolean };
    /** What is done once the authority has closed it; absent before, and in journals that don't say whether to write about it. */
    readonly termination?: { readonly notice: boolean; readonly recorded: boolean; readonly told: boolean };
    readonly draftedAt: Instant;
    readonly launchedAt: Instant | null;
    readonly stoppedAt: Instant | null;
    readonly notifiedAt: Instant | null;
    readonly completedAt: Instant | null;
    readonly closedAt: Instant | null;
  };

export const initialState: RecallState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: RecallState): Opened | null => (state.status === 'initial' ? null : state);

/** Whether a reason waits for a person. */
export const isRaised = (state: Opened, reason: RecallAttentionReason): boolean =>
  Object.values(state.attention).some((open) => open.reason === reason);

/** Launched and not yet at its end: what coordinators steer. */
export const isUnderWay = ({ status }: Opened): boolean =>
  status === 'launched' || status === 'notifying' || status === 'notified';
