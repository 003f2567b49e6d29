import type { TripCommand } from './commands.ts';
import type { Consolidation } from './consolidate.ts';
import type { Candidate } from './insertion.ts';

/** What a trip is told of a plan. */
export type TripAssignment = {
  readonly trip: string;
  readonly command: Extract<TripCommand, { type: 'assign' }>;
};

/** What the trips of a plan are told, each once: all that it is to collect besides, and its stops with that. */
export function assignmentsFor(plan: Consolidation, candidates: readonly Candidate[]): readonly TripAssignment[] {
  return plan.trips.flatMap(({ trip, plan: { stops, loads } }) => {
    const riders = plan.assigned
      .filter((assigned) => assigned.trip === trip)
      .flatMap(({ candidate: id, load: loadId, cost }) => {
        const candidate = candidates.find((each) => each.candidate === id);
        const load = loads.find((each) => each.load === loadId);
        return candidate === undefined || load === undefined ? [] : [{ candidate, load, cost }];
      });
    return riders.length === 0 ? [] : [{ trip, command: { type: 'assign', riders, stops } }];
  });
}
