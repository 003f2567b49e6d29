import { legsBetween, type Network, type SpareTrip } from './network.ts';

/** What goods of several SKUs share: the units of a lane, or the room of a trip on one leg. */
export type Resource = { readonly capacity: number; readonly counts: 'units' | 'millilitres' | 'grams' };

/** A way from one facility to another; facilities and resources by their places in the lists. */
export type Route = {
  readonly origin: number;
  readonly destination: number;
  readonly trip: string | null;
  readonly perUnit: number;
  readonly perShipment: number;
  readonly days: number;
  readonly resources: readonly number[];
};

export type Routes = {
  readonly facilities: readonly string[];
  readonly routes: readonly Route[];
  readonly resources: readonly Resource[];
  /** Routes from one facility to another: `between[origin * facilities + destination]`. */
  readonly between: readonly (readonly number[])[];
};

/** All ways that bring goods in time: lanes, and each pair of stops of a trip, the first before the second. */
export function routesOf({
  positions,
  lanes,
  trips,
  terms,
}: Pick<Network, 'positions' | 'lanes' | 'trips' | 'terms'>): Routes {
  const facilities = [...new Set(positions.map(({ facility }) => facility))];
  const places = new Map(facilities.map((facility, index) => [facility, index]));
  const routes: Route[] = [];
  const resources: Resource[] = [];
  const add = (from: string, to: string, route: Omit<Route, 'origin' | 'destination'>) => {
    const [origin, destination] = [places.get(from), places.get(to)];
    if (origin === undefined || destination === undefined || origin === destination) return;
    if (route.days <= terms.horizonDays) routes.push({ origin, destination, ...route });
  };
  for (const { origin, destination, perUnit, perShipment, days, capacity } of lanes) {
    const shared = capacity === null ? [] : [resources.push({ capacity, counts: 'units' }) - 1];
    add(origin, destination, { trip: null, perUnit, perShipment, days, resources: shared });
  }
  for (const trip of trips) {
    const legs = trip.legs.map(({ millilitres, grams }) => [
      resources.push({ capacity: millilitres, counts: 'millilitres' }) - 1,
      resources.push({ capacity: grams, counts: 'grams' }) - 1,
    ]);
    const { perUnit, days } = trip;
    for (const way of waysOf(trip)) {
      const used = way.legs.flatMap((leg) => legs[leg] ?? []);
      add(way.origin, way.destination, { trip: trip.trip, perUnit, perShipment: 0, days, resources: used });
    }
  }
  const between: number[][] = facilities.flatMap(() => facilities.map(() => []));
  for (const [index, { origin, destination }] of routes.entries()) {
    between[origin * facilities.length + destination]?.push(index);
  }
  return { facilities, routes, resources, between };
}

/** Each pair of facilities that a trip goes between. */
function waysOf(trip: SpareTrip) {
  const stops = [...new Set(trip.stops)];
  return stops
    .flatMap((origin) => stops.map((destination) => ({ origin, destination })))
    .map((way) => ({ ...way, legs: legsBetween(trip, way) }))
    .filter(({ legs }) => legs.length > 0);
}
