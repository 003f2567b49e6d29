import type { Attended } from '../process/attention.ts';
import type { Instant } from '../time/duration.ts';
import type { TripReason } from './attention.ts';
import type { LoadStep, TripOutcome, TripRequest } from './events.ts';
import type { Candidate } from './insertion.ts';
import type { Load } from './load.ts';
import type { Stop, TripPlan } from './plan.ts';

/** `returned`, `cancelled`: nothing is driven any more, and what was not done is seen to. */
export const tripStatuses = ['planned', 'under_way', 'returned', 'cancelled', 'closed'] as const;
export type TripStatus = (typeof tripStatuses)[number];

/** `dropped`: it was added for pickups, and none is left there. */
export const stopStates = ['planned', 'visited', 'missed', 'dropped'] as const;
export type TripStop = Stop & { readonly state: (typeof stopStates)[number]; readonly arrivedAt: Instant | null };

/**
 * `failed`: not collected, another trip is looked for; `unplaced`: none is, and its own process or a person is told; `brought_back`:
 * at the depot, though it was to go elsewhere.
 */
export const loadStates = [
  'planned',
  'aboard',
  'delivered',
  'brought_back',
  'failed',
  'unplaced',
  'moved',
  'given_back',
  'withdrawn',
] as const;
export type TripLoad = Load & {
  readonly state: (typeof loadStates)[number];
  /** Absent of what goes out. */
  readonly rider?: { readonly candidate: Candidate; readonly cost: number };
  readonly collected: number | null;
  readonly collectedAt: Instant | null;
  /** Units that went off; null until it is unloaded. */
  readonly delivered: number | null;
  readonly deliveredAt: Instant | null;
  /** Why it wasn't collected, or where it went instead. */
  readonly code: string | null;
  /** How far its own process knows. */
  readonly told: LoadStep | null;
  /** How often another trip was looked for; part of the effect's id. */
  readonly tries: number;
};

/** A trip as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type TripState = { readonly status: 'initial' } | Opened;

export type Opened = Attended<TripReason> &
  Omit<TripRequest, 'stops' | 'loads'> & {
    readonly number: string;
    readonly status: TripStatus;
    readonly stops: readonly TripStop[];
    readonly loads: readonly TripLoad[];
    readonly departedAt: Instant | null;
    readonly returnedAt: Instant | null;
    /** Deadlines that somebody has heard of. */
    readonly overdue: readonly string[];
    readonly outcome: TripOutcome | null;
    readonly openedAt: Instant;
    readonly closedAt: Instant | null;
  };

export const initialState: TripState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: TripState): Opened | null => (state.status === 'initial' ? null : state);

/** The stops that it drives to, missed ones included. */
export const route = ({ stops }: Pick<Opened, 'stops'>): readonly TripStop[] =>
  stops.filter(({ state }) => state !== 'dropped');

/** What it is to do, with what rides or is to ride on it. */
export const planOf = (state: Opened): TripPlan => ({
  stops: route(state).map(({ state: _, arrivedAt: __, ...stop }) => stop),
  loads: state.loads.filter((load) => rides(load)).map(loadOnly),
  capacity: state.capacity,
  terms: state.terms,
  used: [...state.stops.map(({ stop }) => stop), ...state.loads.map(({ load }) => load)],
});

const rides = ({ state }: TripLoad): boolean => state === 'planned' || state === 'aboard' || state === 'delivered';

function loadOnly({ load, kind, reference, on, off, volumeLitres, weightGrams, units, goods }: TripLoad): Load {
  return { load, kind, reference, on, off, volumeLitres, weightGrams, units, goods };
}

/** Whether nothing is left to be done with a load, but perhaps to say so. */
export const hasEnded = ({ state }: TripLoad): boolean =>
  !['planned', 'aboard', 'brought_back', 'failed', 'unplaced'].includes(state);

export const departsAt = ({ stops }: Pick<Opened, 'stops'>): Instant => stops[0]?.opens ?? '';
export const returnsAt = ({ stops }: Pick<Opened, 'stops'>): Instant => stops.at(-1)?.closes ?? '';
