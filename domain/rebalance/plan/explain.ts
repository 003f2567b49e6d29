import { split } from '../../execution/shares.ts';
import { afterMoves } from './cost.ts';
import { balanceOf, type Move, type Network } from './network.ts';

/** Why units go somewhere: it would run out before the horizon, or end below its minimum; or a person wants it so. */
export const whysMoved = ['runs_out', 'below_minimum', 'fixed'] as const;
export type WhyMoved = (typeof whysMoved)[number];

/** A move with what it costs and what it saves against doing nothing, in minor units. */
export type PlanLine = Move & {
  readonly why: WhyMoved;
  /** Whether its units are more than their origin's maximum, all of them. */
  readonly fromExcess: boolean;
  readonly days: number;
  /** The way of its units, and its share of the shipment. */
  readonly cost: number;
  /** What its units are worth where they are missing, less the cost, and less what they were worth at their origin. */
  readonly saving: number;
};

/** The moves of a plan with their reasons. What all of them save together is what the plan saves. */
export function explain(network: Network, moves: readonly Move[]): readonly PlanLine[] {
  const { positions, lanes, trips, edits, terms } = network;
  const at = new Map(positions.map((position) => [keyOf(position), { position, ...balanceOf(position) }]));
  const laneOf = new Map(lanes.map((lane) => [wayOf({ ...lane, trip: null }), lane]));
  const tripOf = new Map(trips.map((trip) => [trip.trip, trip]));
  const fixed = new Set(edits.map(lineOf));
  const shares = shipmentShares(network, moves);
  const missing = new Map([...at].map(([key, { short }]) => [key, short]));
  const excess = new Map([...at].map(([key, balance]) => [key, balance.excess]));
  return moves.map((move, index): PlanLine => {
    const { sku, origin, destination, trip, quantity } = move;
    const [from, to] = [keyOf({ sku, facility: origin }), keyOf({ sku, facility: destination })];
    const way = trip === null ? laneOf.get(wayOf(move)) : tripOf.get(trip);
    const cost = quantity * (way?.perUnit ?? 0) + (shares[index] ?? 0);
    const filled = take(missing, to, quantity);
    const ofExcess = take(excess, from, quantity);
    const goal = at.get(to);
    return {
      ...move,
      why: fixed.has(lineOf(move)) ? 'fixed' : (goal?.projected ?? 0) < 0 ? 'runs_out' : 'below_minimum',
      fromExcess: ofExcess === quantity,
      days: way?.days ?? 0,
      cost,
      saving: filled * (goal?.position.value ?? 0) - cost - (quantity - ofExcess) * terms.perSpareUnit,
    };
  });
}

/** The shipment of a lane by its units. */
function shipmentShares({ lanes }: Network, moves: readonly Move[]): readonly number[] {
  const shares: number[] = moves.map(() => 0);
  const onLane = Map.groupBy(
    [...moves.entries()].filter(([, { trip }]) => trip === null),
    ([, move]) => wayOf(move),
  );
  for (const lane of lanes) {
    const on = onLane.get(wayOf({ ...lane, trip: null })) ?? [];
    const parts = split(
      lane.perShipment,
      on.map(([, { quantity }]) => quantity),
    );
    for (const [place, [index]] of on.entries()) shares[index] = parts[place] ?? 0;
  }
  return shares;
}

function take(from: Map<string, number>, key: string, units: number): number {
  const left = from.get(key) ?? 0;
  const taken = Math.min(left, units);
  from.set(key, left - taken);
  return taken;
}

const keyOf = ({ sku, facility }: { readonly sku: string; readonly facility: string }): string =>
  JSON.stringify([sku, facility]);
const wayOf = ({ origin, destination, trip }: Pick<Move, 'origin' | 'destination' | 'trip'>): string =>
  JSON.stringify([origin, destination, trip]);
const lineOf = (move: Omit<Move, 'quantity'>): string => JSON.stringify([move.sku, wayOf(move)]);

/** Where what nobody needs can go, and what a unit brings there, in minor units. */
export const exits = ['vendor_return', 'liquidation', 'markdown'] as const;
export type Exit = (typeof exits)[number];
export type ExitPrice = { readonly sku: string; readonly exit: Exit; readonly perUnit: number };

/** What stays in excess after a plan, with the exit that brings most; null where none has a price. A person decides on it. */
export type Leftover = {
  readonly sku: string;
  readonly facility: string;
  readonly quantity: number;
  readonly exit: Exit | null;
  readonly worth: number;
};

export function leftoversOf(
  { positions }: Network,
  moves: readonly Move[],
  prices: readonly ExitPrice[],
): readonly Leftover[] {
  const best = new Map<string, ExitPrice>();
  for (const price of prices) if (price.perUnit > (best.get(price.sku)?.perUnit ?? 0)) best.set(price.sku, price);
  return afterMoves(positions, moves).flatMap(({ position, out }): Leftover[] => {
    const quantity = balanceOf(position).excess - out;
    if (quantity <= 0) return [];
    const { sku, facility } = position;
    const price = best.get(sku);
    return [{ sku, facility, quantity, exit: price?.exit ?? null, worth: quantity * (price?.perUnit ?? 0) }];
  });
}
