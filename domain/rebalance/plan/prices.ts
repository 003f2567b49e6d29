import { cheapestFlow } from './cheapest-flow.ts';
import { type SkuTask, type Task, takenOf } from './task.ts';

/** What goods pay for what they share. */
export type Prices = {
  /** Of each resource, for what it counts. */
  readonly room: Float64Array;
  /** Of each arc: its share of what a shipment on its route costs, of one. All shares of a route are one together. */
  readonly shares: Float64Array;
};

/** What prices lead to: no plan costs less than `bound`. */
export type Priced = {
  readonly prices: Prices;
  readonly bound: number;
  /** Units on each arc, as they were on average. */
  readonly usual: Float64Array;
};

/**
 * Lets each SKU be sent by itself, with prices for what SKUs share: the room of lanes and trips, and the shipments. What is too much in demand
 * becomes dearer, what isn't cheaper; who uses a shipment pays more of it (Lagrangian relaxation, with subgradient steps for room and
 * exponentiated ones for shares). Every round gives a bound that no plan can beat, whatever its prices were.
 *
 * @param known what some plan costs, as the bound's goal
 */
export function pricesOf(task: Task, known: number, rounds: number): Priced {
  const room = new Float64Array(task.resources.length);
  const shares = evenShares(task);
  const usual = new Float64Array(task.arcs);
  let best: Priced | null = null;
  let pace = 1;
  let idle = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { cost, units } = sendApart(task, { room, shares });
    const bound = cost - sum(room, (price, resource) => price * (task.room[resource] ?? 0));
    const weight = Math.max(0.1, 1 / (round + 1));
    for (let arc = 0; arc < task.arcs; arc += 1) {
      usual[arc] = (usual[arc] ?? 0) * (1 - weight) + (units[arc] ?? 0) * weight;
    }
    if (best === null || bound > best.bound) {
      best = { bound, prices: { room: room.slice(), shares: shares.slice() }, usual };
      idle = 0;
    } else if (++idle >= 3) [pace, idle] = [pace / 2, 0];
    charge(task, room, units, pace, Math.max(1, known - bound));
    share(task, shares, units, 1.5 / Math.sqrt(1 + round / 10));
  }
  if (best === null) throw new RangeError('prices need a round');
  return best;
}

/** At first each SKU bears as much of a shipment as it could send with it. */
function evenShares(task: Task): Float64Array {
  const shares = new Float64Array(task.arcs);
  for (const { arcs, first } of task.skus) for (const [at, { most }] of arcs.entries()) shares[first + at] = most;
  toOne(task, shares);
  return shares;
}

function toOne(task: Task, shares: Float64Array): void {
  const sums = new Float64Array(task.routes.length);
  for (const { arcs, first } of task.skus) {
    for (const [at, { route }] of arcs.entries()) sums[route] = (sums[route] ?? 0) + (shares[first + at] ?? 0);
  }
  for (const { arcs, first } of task.skus) {
    for (const [at, { route }] of arcs.entries()) {
      const total = sums[route] ?? 0;
      if (total > 0) shares[first + at] = (shares[first + at] ?? 0) / total;
    }
  }
}

/** What a unit on an arc costs at these prices, without what it is worth. */
function priceOf(task: Task, sku: SkuTask, at: number, { room, shares }: Prices): number {
  const arc = sku.arcs[at];
  const route = arc === undefined ? undefined : task.routes[arc.route];
  if (arc === undefined || route === undefined) return Number.POSITIVE_INFINITY;
  const shipment = task.isPaid[arc.route] === 1 ? 0 : (route.perShipment * (shares[sku.first + at] ?? 0)) / arc.most;
  let price = route.perUnit + shipment;
  for (const resource of route.resources) price += (room[resource] ?? 0) * takenOf(task, sku, resource);
  return price;
}

type Sent = { readonly cost: number; readonly units: Int32Array };

/** Each SKU by itself, at its cheapest. */
function sendApart(task: Task, prices: Prices): Sent {
  const units = new Int32Array(task.arcs);
  let cost = 0;
  for (const sku of task.skus) {
    const [givers, takers] = [sku.givers.length, sku.takers.length];
    cost += sum(sku.needs, (need, taker) => need * (sku.values[taker] ?? 0));
    if (givers === 0 || takers === 0) continue;
    const costs = new Float64Array(givers * takers).fill(Number.POSITIVE_INFINITY);
    const by = new Int32Array(givers * takers).fill(-1);
    for (const [at, { giver, taker }] of sku.arcs.entries()) {
      const price = priceOf(task, sku, at, prices) - (sku.values[taker] ?? 0);
      const pair = giver * takers + taker;
      if (price < (costs[pair] ?? 0)) [costs[pair], by[pair]] = [price, at];
    }
    const flow = cheapestFlow({ ...sku, perSpareUnit: task.perSpareUnit, costs });
    for (let giver = 0; giver < givers; giver += 1) {
      let out = 0;
      for (let pair = giver * takers; pair < (giver + 1) * takers; pair += 1) {
        const sent = flow[pair] ?? 0;
        if (sent === 0) continue;
        out += sent;
        cost += sent * (costs[pair] ?? 0);
        units[sku.first + (by[pair] ?? 0)] = sent;
      }
      cost += Math.max(0, out - (sku.excess[giver] ?? 0)) * task.perSpareUnit;
    }
  }
  return { cost, units };
}

/** What is asked for beyond its room becomes dearer (Polyak's step towards a plan that is known). */
function charge(task: Task, room: Float64Array, units: Int32Array, pace: number, distance: number): void {
  const beyond = Float64Array.from(task.room, (left) => -left);
  for (const sku of task.skus) {
    for (const [at, { route }] of sku.arcs.entries()) {
      const sent = units[sku.first + at] ?? 0;
      if (sent === 0) continue;
      for (const resource of task.routes[route]?.resources ?? []) {
        beyond[resource] = (beyond[resource] ?? 0) + sent * takenOf(task, sku, resource);
      }
    }
  }
  for (let resource = 0; resource < room.length; resource += 1) {
    if ((room[resource] ?? 0) === 0 && (beyond[resource] ?? 0) < 0) beyond[resource] = 0;
  }
  const square = sum(beyond, (over) => over * over);
  if (square === 0) return;
  for (let resource = 0; resource < room.length; resource += 1) {
    room[resource] = Math.max(0, (room[resource] ?? 0) + (pace * distance * (beyond[resource] ?? 0)) / square);
  }
}

/** Who uses a shipment bears more of it. */
function share(task: Task, shares: Float64Array, units: Int32Array, pace: number): void {
  for (const { arcs, first } of task.skus) {
    for (const [at, { most }] of arcs.entries()) {
      const used = (units[first + at] ?? 0) / most;
      if (used > 0) shares[first + at] = (shares[first + at] ?? 0) * Math.exp(pace * used);
    }
  }
  toOne(task, shares);
}

function sum(values: ArrayLike<number>, of: (value: number, at: number) => number): number {
  let total = 0;
  for (let at = 0; at < values.length; at += 1) total += of(values[at] ?? 0, at);
  return total;
}
