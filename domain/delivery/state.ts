import type { Attended } from '../process/attention.ts';
import type { TrackingStatus } from '../return/commands.ts';
import type { Instant } from '../time/duration.ts';
import type { DeliveryAttentionReason } from './attention.ts';
import type { DeliveryFacts, DeliveryOutcome, DeliveryReason, Instruction } from './events.ts';
import type { Remedy } from './terms.ts';

/**
 * `contacting`: the buyer is asked; `instructing`: the carrier is to be told; `attempting`: it tries again; `held`: it
 * keeps the parcel at a location; `returning`: the goods come back, and their return is told.
 */
export const deliveryStatuses = [
  'opened',
  'contacting',
  'instructing',
  'attempting',
  'held',
  'returning',
  'closed',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A delivery that went wrong, as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type DeliveryState = { readonly status: 'initial' } | Opened;

export type Opened = Attended<DeliveryAttentionReason> &
  DeliveryFacts & {
    readonly status: DeliveryStatus;
    readonly reason: DeliveryReason | null;
    readonly tracked: { readonly status: TrackingStatus; readonly at: Instant } | null;
    /** When it came into its status, or was last asked anew: reminders and silence count from here. */
    readonly since: Instant;
    readonly reminders: number;
    readonly answerBy: Instant | null;
    readonly attempts: number;
    readonly isSilent: boolean;
    readonly holdUntil: Instant | null;
    /** What the carrier is being told, or was told last; null before it was told anything. */
    readonly instruction: Instruction | null;
    readonly instructions: number;
    readonly withdrawal: boolean;
    readonly chooseBy: Instant | null;
    readonly remedy: Remedy | null;
    readonly rma: string | null;
    /** How often its return was asked for; part of the effect's id. */
    readonly tries: number;
    readonly isRemedyTold: boolean;
    readonly outcome: DeliveryOutcome | null;
    readonly openedAt: Instant;
    readonly closedAt: Instant | null;
  };

export const initialState: DeliveryState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: DeliveryState): Opened | null => (state.status === 'initial' ? null : state);

/** How often the carrier may still be asked to try again. */
export const attemptsLeft = ({ terms, attempts }: Opened): number => Math.max(0, terms.furtherAttempts - attempts);

/** Whether a reason waits for a person. */
export const isRaised = (state: Opened, reason: DeliveryAttentionReason): boolean =>
  Object.values(state.attention).some((open) => open.reason === reason);
