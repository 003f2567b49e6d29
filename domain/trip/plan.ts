import type { Instant } from '../time/duration.ts';
import { type GoodsClass, type Load, ridesWith } from './load.ts';
import { metresBetween, type Place } from './place.ts';
import type { TripTerms } from './terms.ts';

/** A place where the vehicle stops, and between which instants it may begin there. */
export type Stop = {
  readonly stop: string;
  /** Null where it is none of ours. */
  readonly facility: string | null;
  readonly place: Place;
  readonly opens: Instant;
  readonly closes: Instant;
  /** How long the vehicle stands there. */
  readonly minutes: number;
  /** It was added for pickups: without any it isn't driven to. */
  readonly added?: true;
};

export type Capacity = { readonly volumeLitres: number; readonly weightGrams: number };

/** What a trip is to do: its stops in order, the depot's first and last, and what rides between them. */
export type TripPlan = {
  readonly stops: readonly Stop[];
  readonly loads: readonly Load[];
  readonly capacity: Capacity;
  readonly terms: TripTerms;
  /** Numbers of stops and loads that are none any more, and that no other may get. Absent: there are none. */
  readonly used?: readonly string[];
};

/** When the vehicle is to come to a stop, to begin there, and to leave. */
export type Visit = {
  readonly stop: string;
  readonly arrives: Instant;
  readonly begins: Instant;
  readonly leaves: Instant;
};

/** What is aboard between two stops, and what there would be room for. */
export type Leg = {
  readonly from: string;
  readonly to: string;
  readonly volumeLitres: number;
  readonly weightGrams: number;
  readonly spareVolumeLitres: number;
  readonly spareWeightGrams: number;
  readonly goods: readonly GoodsClass[];
};

/** Why a plan can't be driven. */
export type PlanFault =
  | 'no_such_stop'
  | 'off_before_on'
  | 'over_volume'
  | 'over_weight'
  | 'goods_apart'
  | 'window_missed';

/** How far it is by road from each stop to the next, in whole metres. */
export const roads = ({ stops, terms }: Pick<TripPlan, 'stops' | 'terms'>): readonly number[] =>
  stops.slice(1).map(({ place }, index) => roadBetween(stops[index]?.place ?? place, place, terms));

/** How far it is by road, in whole metres. */
export const roadBetween = (from: Place, to: Place, { roadBasisPoints }: TripTerms): number =>
  Math.round((metresBetween(from, to) * roadBasisPoints) / 10_000);

/**
 * When each stop is come to: the vehicle leaves as the first opens, waits where it is early, and begins late where it has to.
 * @param distances by road from each stop to the next, where they are known already
 */
export function visits(plan: Pick<TripPlan, 'stops' | 'terms'>, distances = roads(plan)): readonly Visit[] {
  let free = 0;
  return plan.stops.map(({ stop, opens, minutes }, index) => {
    const way = index === 0 ? 0 : Math.ceil((distances[index - 1] ?? 0) / plan.terms.metresPerMinute);
    const arrives = index === 0 ? Date.parse(opens) : free + way * minute;
    const begins = Math.max(arrives, Date.parse(opens));
    free = begins + minutes * minute;
    return { stop, arrives: instant(arrives), begins: instant(begins), leaves: instant(free) };
  });
}

const minute = 60_000;
const instant = (ms: number): Instant => new Date(ms).toISOString();

/** What is to be known to say what rides where. */
type Carrying = {
  readonly stops: readonly Pick<Stop, 'stop'>[];
  readonly loads: readonly Pick<Load, 'on' | 'off' | 'volumeLitres' | 'weightGrams' | 'goods'>[];
  readonly capacity: Capacity;
};

/** What is aboard from each stop to the next; what goes off at a stop makes room for what comes on there. */
export function legs({ stops, loads, capacity }: Carrying): readonly Leg[] {
  const at = new Map(stops.map(({ stop }, index) => [stop, index]));
  return stops.slice(1).map(({ stop: to }, index) => {
    const aboard = loads.filter(({ on, off }) => (at.get(on) ?? Infinity) <= index && index < (at.get(off) ?? 0));
    const volumeLitres = aboard.reduce((sum, load) => sum + load.volumeLitres, 0);
    const weightGrams = aboard.reduce((sum, load) => sum + load.weightGrams, 0);
    return {
      ...{ from: stops[index]?.stop ?? to, to, volumeLitres, weightGrams },
      spareVolumeLitres: Math.max(0, capacity.volumeLitres - volumeLitres),
      spareWeightGrams: Math.max(0, capacity.weightGrams - weightGrams),
      goods: [...new Set(aboard.map(({ goods }) => goods))],
    };
  });
}

/** The first thing that bars a plan, with the stop or load that it is about; null where it can be driven. */
export function faultOf(plan: TripPlan): { readonly fault: PlanFault; readonly subject: string } | null {
  return faultOfLoads(plan) ?? faultOfLegs(plan) ?? faultOfTimes(plan, visits(plan));
}

function faultOfLoads({ stops, loads }: TripPlan) {
  const at = new Map(stops.map(({ stop }, index) => [stop, index]));
  for (const { load, on, off } of loads) {
    const [from, to] = [at.get(on), at.get(off)];
    if (from === undefined || to === undefined) return { fault: 'no_such_stop', subject: load } as const;
    if (from >= to) return { fault: 'off_before_on', subject: load } as const;
  }
  return null;
}

/** Whether more rides somewhere than the vehicle takes, or what must not ride together does. */
export function faultOfLegs(plan: Carrying) {
  for (const { from, volumeLitres, weightGrams, goods } of legs(plan)) {
    if (volumeLitres > plan.capacity.volumeLitres) return { fault: 'over_volume', subject: from } as const;
    if (weightGrams > plan.capacity.weightGrams) return { fault: 'over_weight', subject: from } as const;
    if (goods.some((one) => goods.some((other) => !ridesWith(one, other)))) {
      return { fault: 'goods_apart', subject: from } as const;
    }
  }
  return null;
}

/** Whether the vehicle would begin somewhere after its window has closed. */
export function faultOfTimes({ stops }: Pick<TripPlan, 'stops'>, times: readonly Visit[]) {
  const late = stops.find(({ closes }, index) => (times[index]?.begins ?? '') > closes);
  return late === undefined ? null : ({ fault: 'window_missed', subject: late.stop } as const);
}

/** What a plan costs by road and by its added stops, in minor units; only differences of it mean something. */
export const costOf = (plan: Pick<TripPlan, 'stops' | 'terms'>): number =>
  costOfRoads(roads(plan), plan.terms) +
  plan.stops.filter(({ added }) => added === true).length * plan.terms.costPerStop;

/** What it costs to drive so many metres in all, in minor units. */
export const costOfRoads = (distances: readonly number[], { costPerKm }: TripTerms): number =>
  Math.round((distances.reduce((sum, each) => sum + each, 0) * costPerKm) / 1000);
