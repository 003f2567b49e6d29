import { balanceOf, type Move, type Network, type Position } from './network.ts';

/** What a plan costs, in minor units: the way, what is still missing, and what was taken from where it wasn't in excess. */
export type PlanCost = {
  readonly moving: number;
  readonly shipments: number;
  readonly missing: number;
  readonly taken: number;
  readonly total: number;
};

const keyOf = (...parts: readonly (string | null)[]): string => JSON.stringify(parts);

/** What moves cost, from the network alone: by nothing that a plan was made with. Moves on a way that isn't there throw. */
export function costOf({ positions, lanes, trips, terms }: Network, moves: readonly Move[]): PlanCost {
  const ways = new Map(lanes.map((lane) => [keyOf(lane.origin, lane.destination, null), lane]));
  const riding = new Map(trips.map(({ trip, perUnit }) => [trip, perUnit]));
  let [moving, shipments] = [0, 0];
  const shipped = new Set<string>();
  for (const { origin, destination, trip, quantity } of moves) {
    const lane = ways.get(keyOf(origin, destination, null));
    const perUnit = trip === null ? lane?.perUnit : riding.get(trip);
    if (perUnit === undefined) throw new RangeError(`there is no way from ${origin} to ${destination}`);
    moving += perUnit * quantity;
    const way = keyOf(origin, destination, trip);
    if (trip === null && !shipped.has(way)) shipments += lane?.perShipment ?? 0;
    shipped.add(way);
  }
  let [missing, taken] = [0, 0];
  for (const { position, out, into } of afterMoves(positions, moves)) {
    const { short, excess } = balanceOf(position);
    missing += Math.max(0, short - into) * position.value;
    taken += Math.max(0, out - excess) * terms.perSpareUnit;
  }
  return { moving, shipments, missing, taken, total: moving + shipments + missing + taken };
}

export type Moved = { readonly position: Position; readonly out: number; readonly into: number };

/** What leaves and comes to each position. */
export function afterMoves(positions: readonly Position[], moves: readonly Move[]): readonly Moved[] {
  const flows = new Map<string, { out: number; into: number }>();
  const at = (sku: string, facility: string) => {
    const key = keyOf(sku, facility);
    const known = flows.get(key) ?? { out: 0, into: 0 };
    flows.set(key, known);
    return known;
  };
  for (const { sku, origin, destination, quantity } of moves) {
    at(sku, origin).out += quantity;
    at(sku, destination).into += quantity;
  }
  return positions.map((position) => ({ position, ...at(position.sku, position.facility) }));
}
