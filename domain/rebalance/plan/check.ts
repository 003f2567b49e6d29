import { afterMoves } from './cost.ts';
import { balanceOf, legsBetween, type Move, type Network, type SpareTrip } from './network.ts';

/** What a plan must not do; each is a defect of whoever made it. */
export type Flaw = {
  readonly code:
    | 'not_whole'
    | 'unknown_way'
    | 'not_planned_there'
    | 'too_late'
    | 'lane_overfull'
    | 'trip_overfull'
    | 'size_unknown'
    | 'makes_shortage'
    | 'more_than_on_hand'
    | 'edit_ignored';
  readonly subject: string;
};

/**
 * Looks at a plan with nothing but the network and the moves: no capacity exceeded, nothing sent that isn't there, no shortage made
 * where there was none, nothing but whole units, and what people fixed is as they fixed it.
 */
export function flawsOf(network: Network, moves: readonly Move[]): readonly Flaw[] {
  return [
    ...ofMoves(network, moves),
    ...ofPositions(network, moves),
    ...ofLanes(network, moves),
    ...ofTrips(network, moves),
    ...ofEdits(network, moves),
  ];
}

const named = ({ sku, origin, destination, trip }: Omit<Move, 'quantity'>): string =>
  `${sku} ${origin} ${destination} ${trip ?? 'lane'}`;

function ofMoves({ positions, lanes, trips, sizes, terms }: Network, moves: readonly Move[]): Flaw[] {
  const laneDays = new Map(lanes.map(({ origin, destination, days }) => [`${origin}\n${destination}`, days]));
  const byTrip = new Map(trips.map((trip) => [trip.trip, trip]));
  const known = new Set(sizes.map(({ sku }) => sku));
  const planned = new Set(positions.map(({ sku, facility }) => `${sku}\n${facility}`));
  return moves.flatMap((move): Flaw[] => {
    const { sku, origin, destination, trip, quantity } = move;
    const way = trip === null ? laneDays.get(`${origin}\n${destination}`) : daysOnTrip(byTrip.get(trip), move);
    const subject = named(move);
    const isPlanned = [origin, destination].every((facility) => planned.has(`${sku}\n${facility}`));
    return [
      ...(isPlanned ? [] : [{ code: 'not_planned_there', subject } as const]),
      ...(Number.isSafeInteger(quantity) && quantity > 0 ? [] : [{ code: 'not_whole', subject } as const]),
      ...(way === undefined ? [{ code: 'unknown_way', subject } as const] : []),
      ...(way !== undefined && way > terms.horizonDays ? [{ code: 'too_late', subject } as const] : []),
      ...(trip !== null && !known.has(sku) ? [{ code: 'size_unknown', subject } as const] : []),
    ];
  });
}

const daysOnTrip = (trip: SpareTrip | undefined, move: Move): number | undefined =>
  trip !== undefined && legsBetween(trip, move).length > 0 ? trip.days : undefined;

function ofPositions({ positions }: Network, moves: readonly Move[]): Flaw[] {
  return afterMoves(positions, moves).flatMap(({ position, out }): Flaw[] => {
    const subject = `${position.sku} ${position.facility}`;
    const { projected } = balanceOf(position);
    // What comes with the plan doesn't make up for what leaves: it comes later, and may not come.
    const makesShortage = out > 0 && projected - out < position.minimum;
    return [
      ...(out > position.onHand ? [{ code: 'more_than_on_hand', subject } as const] : []),
      ...(makesShortage ? [{ code: 'makes_shortage', subject } as const] : []),
    ];
  });
}

function ofLanes({ lanes }: Network, moves: readonly Move[]): Flaw[] {
  const units = new Map<string, number>();
  for (const { origin, destination, trip, quantity } of moves) {
    const way = `${origin} ${destination}`;
    if (trip === null) units.set(way, (units.get(way) ?? 0) + quantity);
  }
  return lanes.flatMap(({ origin, destination, capacity }): Flaw[] => {
    const subject = `${origin} ${destination}`;
    return capacity !== null && (units.get(subject) ?? 0) > capacity ? [{ code: 'lane_overfull', subject }] : [];
  });
}

function ofTrips({ trips, sizes }: Network, moves: readonly Move[]): Flaw[] {
  const size = new Map(sizes.map((each) => [each.sku, each]));
  return trips.flatMap((trip): Flaw[] => {
    const legs = trip.legs.map(() => ({ millilitres: 0, grams: 0 }));
    for (const move of moves.filter((each) => each.trip === trip.trip)) {
      const { millilitres, grams } = size.get(move.sku) ?? { millilitres: 0, grams: 0 };
      for (const leg of legsBetween(trip, move)) {
        const load = legs[leg];
        if (load === undefined) continue;
        load.millilitres += millilitres * move.quantity;
        load.grams += grams * move.quantity;
      }
    }
    return trip.legs.flatMap(({ millilitres, grams }, leg): Flaw[] => {
      const load = legs[leg];
      const fits = load === undefined || (load.millilitres <= millilitres && load.grams <= grams);
      return fits ? [] : [{ code: 'trip_overfull', subject: `${trip.trip} ${leg + 1}` }];
    });
  });
}

function ofEdits({ edits }: Network, moves: readonly Move[]): Flaw[] {
  const planned = new Map(moves.map((move) => [named(move), move.quantity]));
  return edits
    .filter((edit) => (planned.get(named(edit)) ?? 0) !== edit.quantity)
    .map((edit) => ({ code: 'edit_ignored', subject: named(edit) }));
}
