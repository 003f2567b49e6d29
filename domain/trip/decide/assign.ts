import type { TripCommand } from '../commands.ts';
import type { TripEvent, TripRequest } from '../events.ts';
import { faultOf, type Stop } from '../plan.ts';
import { type Refused, refuse } from '../refusals.ts';
import { type Opened, planOf, route } from '../state.ts';

type Answer = readonly TripEvent[] | Refused;

/** A run begins as it was asked for, if a vehicle can drive it so. */
export function request(number: string, asked: TripRequest): Answer {
  const found = faultOf(asked);
  if (found !== null) return refuse('plan_not_drivable', undefined, { ...found });
  return [{ type: 'requested', number, request: asked }];
}

/**
 * It collects more, as was planned for it. Whatever has changed since, nothing that rides is displaced: the plan is looked at
 * again as the trip is now.
 */
export function assign(state: Opened, { riders, stops }: Extract<TripCommand, { type: 'assign' }>): Answer {
  if (state.status === 'closed') return refuse('trip_closed');
  if (state.status !== 'planned') return refuse('already_departed');
  if (!keepsOrder(state, stops)) return refuse('plan_outdated');
  const loads = riders.map(({ load }) => load);
  const ids = [...state.loads, ...loads].map(({ load }) => load);
  if (new Set(ids).size < ids.length) return refuse('plan_outdated');
  if (ridesTwice(state, riders)) return refuse('plan_outdated');
  const plan = planOf(state);
  const found = faultOf({ ...plan, stops, loads: [...plan.loads, ...loads] });
  return found === null
    ? [{ type: 'riders_assigned', riders, stops }]
    : refuse('plan_not_drivable', undefined, { ...found });
}

/** Whether something would be collected twice: it rides already, or is among the riders twice. */
function ridesTwice({ loads }: Opened, riders: Extract<TripCommand, { type: 'assign' }>['riders']): boolean {
  const riding = loads.filter(({ state }) => state === 'planned' || state === 'aboard');
  const all = [...riding.flatMap(({ rider }) => rider ?? []), ...riders].map(({ candidate }) => candidate.candidate);
  return new Set(all).size < all.length;
}

/** Every stop that it drives to is there as it was and in its order; the others are new, and between the depot's. */
function keepsOrder(state: Opened, stops: readonly Stop[]): boolean {
  const known = route(state);
  const kept = stops.filter(({ stop }) => known.some((each) => each.stop === stop));
  const more = stops.filter((stop) => !kept.includes(stop));
  return (
    kept.length === known.length &&
    kept.every((stop, index) => isAsBefore(stop, known[index])) &&
    more.every(({ stop, added }) => added === true && state.stops.every((each) => each.stop !== stop)) &&
    stops[0]?.stop === known[0]?.stop &&
    stops.at(-1)?.stop === known.at(-1)?.stop
  );
}

const isAsBefore = (stop: Stop, known: Stop | undefined): boolean =>
  known !== undefined &&
  stop.stop === known.stop &&
  stop.opens === known.opens &&
  stop.closes === known.closes &&
  stop.minutes === known.minutes &&
  stop.place.latitude === known.place.latitude &&
  stop.place.longitude === known.place.longitude;

/** Something is not to be collected any more: its process has found another way, or was called off. */
export function withdraw(state: Opened, load: string): Answer {
  const found = state.loads.find((each) => each.load === load);
  if (found?.rider === undefined) return refuse('unknown_load', 'load');
  if (found.state === 'aboard' || found.state === 'delivered') return refuse('already_collected', 'load');
  return found.state === 'planned' || found.state === 'failed' ? [{ type: 'load_withdrawn', load }] : [];
}
