import type { Instant } from '../time/duration.ts';
import type { GoodsClass, Load, LoadKind } from './load.ts';
import { isSamePlace, type Place } from './place.ts';
import {
  costOfRoads,
  faultOfLegs,
  faultOfTimes,
  type PlanFault,
  roadBetween,
  roads,
  type Stop,
  type TripPlan,
  type Visit,
  visits,
} from './plan.ts';

/** Something that waits to be collected, by a trip of ours or by a carrier. */
export type Candidate = {
  /** Names it: `return:73MN-Q9TX-0/P1`. */
  readonly candidate: string;
  readonly kind: Exclude<LoadKind, 'forward'>;
  readonly reference: string;
  /** The return's parcel; absent where it is none. */
  readonly parcel?: string;
  /** Where it lies; the facility is null where it is none of ours. */
  readonly facility: string | null;
  readonly place: Place;
  /** Between which instants somebody is there to give it. */
  readonly readyFrom: Instant;
  readonly until: Instant;
  /** The facility that is to get it. */
  readonly to: string;
  readonly volumeLitres: number;
  readonly weightGrams: number;
  readonly units: number;
  readonly goods: GoodsClass;
  /** What a parcel carrier takes for it, in minor units. */
  readonly carrierPrice: number;
};

/** A candidate's place in a trip. */
export type Insertion = {
  readonly plan: TripPlan;
  readonly visits: readonly Visit[];
  readonly load: Load;
  /** What the trip costs more for it, in minor units. */
  readonly cost: number;
};

/** Why a trip can't take a candidate: it doesn't go there, costs too much more, or couldn't be driven with it. */
export type NoInsertion = 'goes_elsewhere' | 'too_dear' | PlanFault;

/**
 * The cheapest way to collect a candidate on a trip: at a stop in the same place, else at a stop more between two others; and
 * off at the next stop that is where it is to go. Nothing that rides already is moved, and no window is broken.
 * @param below what it has to cost less than, in minor units
 * @returns where there is none, the fault of the way that came nearest
 */
export function bestInsertion(plan: TripPlan, candidate: Candidate, below: number): Insertion | NoInsertion {
  let best: Insertion | null = null;
  let fault: NoInsertion = 'goes_elsewhere';
  for (const way of waysIn(plan, candidate)) {
    if (way.cost >= (best?.cost ?? below)) {
      fault = nearer(fault, 'too_dear');
      continue;
    }
    const tried = { ...plan, stops: way.stops, loads: [...plan.loads, way.load] };
    const times = visits(tried, way.distances);
    const found = faultOfTimes(tried, times) ?? faultOfMeeting(way, candidate, times) ?? faultOfLegs(tried);
    if (found === null) best = { plan: tried, visits: times, load: way.load, cost: way.cost };
    else fault = nearer(fault, found.fault);
  }
  return best ?? fault;
}

/** From what nothing would mend to what a little more room, or a lower price, would. */
export const nearness: readonly NoInsertion[] = [
  'goes_elsewhere',
  'no_such_stop',
  'off_before_on',
  'window_missed',
  'goods_apart',
  'over_weight',
  'over_volume',
  'too_dear',
];
const nearer = (one: NoInsertion, other: NoInsertion): NoInsertion =>
  nearness.indexOf(other) > nearness.indexOf(one) ? other : one;

/** A way to collect it: the stops with it, how far apart they are, and what that costs more. */
type Way = {
  readonly stops: readonly Stop[];
  readonly distances: readonly number[];
  readonly load: Load;
  readonly cost: number;
};

/** Every way, that of the stops of its own place first: they cost nothing. */
function waysIn(plan: TripPlan, candidate: Candidate): readonly Way[] {
  const { stops, terms } = plan;
  const distances = roads(plan);
  const before = costOfRoads(distances, terms);
  const added = newStop(plan, candidate);
  const joined = stops.slice(0, -1).flatMap(({ stop, place }): Way[] => {
    const load = isSamePlace(place, candidate.place) ? loadOf(plan, stops, candidate, stop) : null;
    return load === null ? [] : [{ stops, distances, load, cost: 0 }];
  });
  const detours = stops.slice(1).flatMap((next, index): Way[] => {
    const last = stops[index] ?? next;
    const longer = stops.toSpliced(index + 1, 0, added);
    const load = loadOf(plan, longer, candidate, added.stop);
    if (load === null) return [];
    const detour = [roadBetween(last.place, added.place, terms), roadBetween(added.place, next.place, terms)];
    const way = distances.toSpliced(index, 1, ...detour);
    return [{ stops: longer, distances: way, load, cost: costOfRoads(way, terms) - before + terms.costPerStop }];
  });
  return [...joined, ...detours];
}

/** The candidate as it would ride, from a stop to the next one that is where it is to go; null where there is none. */
function loadOf(plan: TripPlan, stops: readonly Stop[], candidate: Candidate, on: string): Load | null {
  const from = stops.findIndex(({ stop }) => stop === on);
  const off = stops.slice(from + 1).find(({ facility }) => facility === candidate.to);
  if (off === undefined) return null;
  const { kind, reference, volumeLitres, weightGrams, units, goods } = candidate;
  const load = nextId('L', [...plan.loads.map(({ load: id }) => id), ...(plan.used ?? [])]);
  return { load, kind, reference, on, off: off.stop, volumeLitres, weightGrams, units, goods };
}

const newStop = ({ stops, terms, used = [] }: TripPlan, candidate: Candidate): Stop => {
  const { facility, place, readyFrom, until } = candidate;
  const stop = nextId('T', [...stops.map(({ stop: id }) => id), ...used]);
  return { stop, facility, place, opens: readyFrom, closes: until, minutes: terms.stopMinutes, added: true };
};

/** The next number after all of `L1`, `L2`, … */
const nextId = (letter: string, ids: readonly string[]): string =>
  `${letter}${1 + Math.max(0, ...ids.filter((id) => id.startsWith(letter)).map((id) => Number(id.slice(1)) || 0))}`;

/** At a stop that is driven to anyway, somebody has to be there too. */
function faultOfMeeting({ load }: Way, { readyFrom, until }: Candidate, times: readonly Visit[]) {
  const visit = times.find(({ stop }) => stop === load.on);
  const isThere = visit !== undefined && visit.begins <= until && readyFrom <= visit.leaves;
  return isThere ? null : ({ fault: 'window_missed', subject: load.on } as const);
}
