import { split } from '../execution/shares.ts';
import type { Instant } from '../time/duration.ts';
import { fill, improve } from './fill.ts';
import { emptyFleet, type Filled, type Fleet, offerOf, type Problem, tripOf, type WhyLeft } from './fleet.ts';
import { bestInsertion, type Candidate, nearness } from './insertion.ts';
import { costOf, type TripPlan, visits } from './plan.ts';
import type { Receiving } from './receiving.ts';

/** A trip that may take more. */
export type OpenTrip = { readonly trip: string; readonly plan: TripPlan };

/** A candidate that rides on a trip, where, and what that saves. Amounts are minor units. */
export type Assignment = {
  readonly candidate: string;
  readonly trip: string;
  /** What the trip calls it. */
  readonly load: string;
  readonly stop: string;
  /** The stop before that one. */
  readonly after: string;
  readonly isStopAdded: boolean;
  readonly off: string;
  readonly at: Instant;
  readonly carrierPrice: number;
  /** Its share of what the trip costs more for all that it collects. */
  readonly cost: number;
  readonly saving: number;
};

export type Consolidation = {
  readonly assigned: readonly Assignment[];
  readonly left: readonly { readonly candidate: string; readonly why: WhyLeft }[];
  /** What carriers would have taken for all that rides, less what the trips cost more. */
  readonly saving: number;
  /** The trips as they would be. */
  readonly trips: readonly OpenTrip[];
};

/**
 * Has pickups ride on trips that run anyway, where that is cheaper than a carrier: first, again and again, the one that saves
 * most; then each is moved, or gives way to one that was left, as long as that saves more. The same input gives the same plan.
 */
export function consolidate(
  trips: readonly OpenTrip[],
  candidates: readonly Candidate[],
  receiving: Receiving,
): Consolidation {
  const problem: Problem = {
    trips: new Map(trips.map(({ trip, plan }) => [trip, plan])),
    candidates: new Map(candidates.map((each) => [each.candidate, each])),
    receiving,
  };
  const fleet = improve(problem, fill(problem, emptyFleet(problem.trips)));
  const assigned = [...fleet].flatMap(([trip, filled]) => assignmentsOf(problem, trip, filled));
  return {
    assigned,
    left: candidates
      .filter(({ candidate }) => tripOf(fleet, candidate) === null)
      .map((candidate) => ({ candidate: candidate.candidate, why: whyLeft(problem, fleet, candidate) })),
    saving: assigned.reduce((sum, { saving }) => sum + saving, 0),
    trips: [...fleet].map(([trip, { plan }]) => ({ trip, plan })),
  };
}

/** What a trip collects. What it costs more is shared out by what each would cost alone. */
function assignmentsOf({ trips, candidates }: Problem, trip: string, { plan, riders, cost }: Filled): Assignment[] {
  const before = trips.get(trip) ?? plan;
  const all = [...riders].flatMap(([id, load]) => {
    const candidate = candidates.get(id);
    const rides = plan.loads.find((each) => each.load === load);
    return candidate === undefined || rides === undefined ? [] : [{ candidate, rides }];
  });
  const alone = all.map(({ candidate }) => {
    const insertion = bestInsertion(before, candidate, Number.POSITIVE_INFINITY);
    return typeof insertion === 'string' ? 1 : insertion.cost + 1;
  });
  const shares = split(cost - costOf(before), alone);
  const times = visits(plan);
  return all.map(({ candidate, rides }, index) => {
    const at = plan.stops.findIndex(({ stop }) => stop === rides.on);
    const share = shares[index] ?? 0;
    return {
      candidate: candidate.candidate,
      trip,
      load: rides.load,
      stop: rides.on,
      after: plan.stops[at - 1]?.stop ?? rides.on,
      isStopAdded: before.stops.every(({ stop }) => stop !== rides.on),
      off: rides.off,
      at: times[at]?.begins ?? candidate.readyFrom,
      carrierPrice: candidate.carrierPrice,
      cost: share,
      saving: candidate.carrierPrice - share,
    };
  });
}

/** Why no trip takes a candidate: what the trip says that came nearest to it. */
function whyLeft(problem: Problem, fleet: Fleet, candidate: Candidate): WhyLeft {
  const faults = [...fleet.keys()].map((trip) => offerOf(problem, fleet, trip, candidate));
  return faults.includes('receiving_full')
    ? 'receiving_full'
    : (nearness.findLast((why) => faults.includes(why)) ?? 'goes_elsewhere');
}
