import type { Currency } from '../money/money.ts';
import type { AttentionEvent } from '../process/attention-rows.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { Instant } from '../time/duration.ts';
import type { TripReason, TripResolution } from './attention.ts';
import type { Candidate } from './insertion.ts';
import type { Load } from './load.ts';
import type { Stop, TripPlan } from './plan.ts';

/** A run that is scheduled: the depot's stops are the first and the last, between them those of what goes out. */
export type TripRequest = TripPlan & {
  /** The facility where it begins and ends. */
  readonly depot: string;
  /** The fleet's own name for it; null where it has none. */
  readonly vehicle: string | null;
  readonly currency: Currency;
};

/** Something that is to be collected besides, and what the trip costs more for it, in minor units. */
export type Rider = { readonly load: Load; readonly candidate: Candidate; readonly cost: number };

/** Why something wasn't collected, or not taken where it was to go off. */
export const loadFailures = [
  'nobody_there',
  'not_ready',
  'no_access',
  'too_big',
  'not_as_said',
  'damaged',
  'other',
] as const;
export type LoadFailure = (typeof loadFailures)[number];

/** Why nobody tried. */
export type NotTried = 'stop_missed' | 'not_collected' | 'trip_cancelled';

/** What is said to the process that a load is of. */
export const loadSteps = ['assigned', 'collected', 'delivered'] as const;
export type LoadStep = (typeof loadSteps)[number];

/** What happened to a trip; the journal's content. */
export type TripEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: TripRequest }
  /** It collects more; `stops` are all that it drives to from now on, in order. */
  | { readonly type: 'riders_assigned'; readonly riders: readonly Rider[]; readonly stops: readonly Stop[] }
  /** The process of a load doesn't give it to this trip. */
  | { readonly type: 'load_declined'; readonly load: string; readonly code: string }
  /** It is not to be collected any more. */
  | { readonly type: 'load_withdrawn'; readonly load: string }
  | { readonly type: 'departed'; readonly at: Instant }
  | { readonly type: 'arrived'; readonly stop: string; readonly at: Instant }
  | { readonly type: 'stop_missed'; readonly stop: string }
  | { readonly type: 'load_collected'; readonly load: string; readonly units: number; readonly at: Instant }
  /** Another trip may try. */
  | { readonly type: 'load_failed'; readonly load: string; readonly code: LoadFailure | NotTried }
  /** Not as it was said, or not wanted: no other trip tries. */
  | { readonly type: 'load_refused'; readonly load: string; readonly code: LoadFailure }
  | { readonly type: 'load_delivered'; readonly load: string; readonly units: number; readonly at: Instant }
  /** It couldn't be left where it was to go off, and is at the depot now. */
  | { readonly type: 'load_brought_back'; readonly load: string }
  | { readonly type: 'load_told'; readonly load: string; readonly step: LoadStep }
  /** Another trip collects it. */
  | { readonly type: 'load_moved'; readonly load: string; readonly trip: string }
  /** No trip passes that takes it for less than a carrier. */
  | { readonly type: 'load_unplaced'; readonly load: string; readonly code: string }
  | { readonly type: 'load_retried'; readonly load: string }
  /** Its own process, or a carrier, sees to it. */
  | { readonly type: 'load_given_back'; readonly load: string }
  | { readonly type: 'came_back'; readonly at: Instant }
  | { readonly type: 'overdue'; readonly what: string }
  | { readonly type: 'cancelled'; readonly note: string | null }
  | { readonly type: 'closed'; readonly outcome: TripOutcome }
  | AttentionEvent<TripReason, TripResolution>;

export const tripOutcomes = ['completed', 'cancelled'] as const;
export type TripOutcome = (typeof tripOutcomes)[number];

export type Recorded = RecordedOf<TripEvent>;
