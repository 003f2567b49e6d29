import type { Candidate, Insertion, NoInsertion } from './insertion.ts';
import { bestInsertion } from './insertion.ts';
import { costOf, type TripPlan } from './plan.ts';
import { brings, fitsReceiving, type Receiving } from './receiving.ts';

/** What may ride where: the trips as they are, what waits to be collected, and what facilities can take in. */
export type Problem = {
  readonly trips: ReadonlyMap<string, TripPlan>;
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly receiving: Receiving;
};

/** A trip with what it collects of the candidates (their loads by their ids), what that costs, and what it brings where. */
export type Filled = {
  readonly plan: TripPlan;
  readonly riders: ReadonlyMap<string, string>;
  readonly cost: number;
  readonly brings: ReadonlyMap<string, number>;
};

/** All trips, by their numbers. */
export type Fleet = ReadonlyMap<string, Filled>;

/** Why a candidate rides on no trip. */
export type WhyLeft = 'receiving_full' | NoInsertion;

/** What it would save to have a candidate ride on a trip. */
export type Offer = {
  readonly trip: string;
  readonly candidate: Candidate;
  readonly insertion: Insertion;
  readonly saving: number;
};

const filled = (plan: TripPlan, riders: Filled['riders'] = new Map()): Filled => ({
  ...{ plan, riders },
  cost: costOf(plan),
  brings: brings(plan),
});

/** The trips as they are, with none of the candidates. */
export const emptyFleet = (trips: Problem['trips']): Fleet =>
  new Map([...trips].map(([trip, plan]) => [trip, filled(plan)]));

/** What a trip offers for a candidate; why it doesn't, where it can't or would save nothing. */
export function offerOf({ receiving }: Problem, fleet: Fleet, trip: string, candidate: Candidate): Offer | WhyLeft {
  const now = fleet.get(trip);
  if (now === undefined) return 'goes_elsewhere';
  const insertion = bestInsertion(now.plan, candidate, candidate.carrierPrice);
  if (typeof insertion === 'string') return insertion;
  const after = brings(insertion.plan, insertion.visits);
  if (!fitsReceiving(receiving, broughtBy(fleet), now.brings, after)) return 'receiving_full';
  return { trip, candidate, insertion, saving: candidate.carrierPrice - insertion.cost };
}

/** Units that all trips bring, by facility and day. */
function broughtBy(fleet: Fleet): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { brings: each } of fleet.values()) {
    for (const [key, units] of each) total.set(key, (total.get(key) ?? 0) + units);
  }
  return total;
}

/** The trip that collects a candidate; null where none does. */
export const tripOf = (fleet: Fleet, candidate: string): string | null =>
  [...fleet].find(([, { riders }]) => riders.has(candidate))?.[0] ?? null;

/** The candidates that ride. */
export const riding = (fleet: Fleet): readonly string[] =>
  [...fleet.values()].flatMap(({ riders }) => [...riders.keys()]);

/** The fleet once a trip's offer is taken. */
export function taken(fleet: Fleet, { trip, candidate, insertion }: Offer): Fleet {
  const riders = new Map(fleet.get(trip)?.riders).set(candidate.candidate, insertion.load.load);
  return new Map(fleet).set(trip, filled(insertion.plan, riders));
}

/** The fleet without a candidate; a stop that was added for it alone is driven to no more. */
export function without(fleet: Fleet, candidate: string): Fleet {
  const trip = tripOf(fleet, candidate);
  const now = trip === null ? undefined : fleet.get(trip);
  if (trip === null || now === undefined) return fleet;
  const riders = new Map([...now.riders].filter(([id]) => id !== candidate));
  return new Map(fleet).set(trip, filled(withoutLoad(now.plan, now.riders.get(candidate) ?? ''), riders));
}

/** A plan without a load, and without the stop that was added for it alone. */
function withoutLoad(plan: TripPlan, load: string): TripPlan {
  const loads = plan.loads.filter((each) => each.load !== load);
  const isUsed = ({ stop, added }: TripPlan['stops'][number]) =>
    added !== true || loads.some(({ on, off }) => on === stop || off === stop);
  return { ...plan, loads, stops: plan.stops.filter(isUsed) };
}

/** What carriers would have taken for all that rides, less what the trips cost more, in minor units. */
export function savingOf({ trips, candidates }: Problem, fleet: Fleet): number {
  let saving = 0;
  for (const [trip, { plan, cost, riders }] of fleet) {
    for (const id of riders.keys()) saving += candidates.get(id)?.carrierPrice ?? 0;
    saving -= cost - costOf(trips.get(trip) ?? plan);
  }
  return saving;
}
