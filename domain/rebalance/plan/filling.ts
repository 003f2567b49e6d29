import { type SkuTask, type Task, takenOf } from './task.ts';

/** A plan in the making: units on each arc, what goes on each route, what room is left, and what its shipments cost. */
export type Filling = {
  readonly units: Int32Array;
  readonly loads: Float64Array;
  readonly room: Float64Array;
  shipments: number;
};

/** A plan that sends nothing yet. */
export const nothingSent = (task: Task): Filling => ({
  units: new Int32Array(task.arcs),
  loads: new Float64Array(task.routes.length),
  room: task.room.slice(),
  shipments: 0,
});

export const copyOf = ({ units, loads, room, shipments }: Filling): Filling => ({
  units: units.slice(),
  loads: loads.slice(),
  room: room.slice(),
  shipments,
});

/** How many units of a SKU still fit on a route. */
export function fits(task: Task, sku: SkuTask, route: number, { room }: Filling): number {
  let most = Number.MAX_SAFE_INTEGER;
  for (const resource of task.routes[route]?.resources ?? []) {
    const taken = takenOf(task, sku, resource);
    if (taken > 0) most = Math.min(most, Math.floor((room[resource] ?? 0) / taken));
  }
  return Math.max(0, most);
}

/** What a shipment on a route costs; nothing where people had one made. */
export const shipmentOf = (task: Task, route: number): number =>
  task.isPaid[route] === 1 ? 0 : (task.routes[route]?.perShipment ?? 0);

/** Puts so many units more on an arc (fewer where below zero), and takes their room. */
export function put(task: Task, sku: SkuTask, at: number, units: number, filling: Filling): void {
  const route = sku.arcs[at]?.route ?? -1;
  filling.units[sku.first + at] = (filling.units[sku.first + at] ?? 0) + units;
  const before = filling.loads[route] ?? 0;
  filling.loads[route] = before + units;
  if (before === 0) filling.shipments += shipmentOf(task, route);
  if (before + units === 0) filling.shipments -= shipmentOf(task, route);
  for (const resource of task.routes[route]?.resources ?? []) {
    filling.room[resource] = (filling.room[resource] ?? 0) - units * takenOf(task, sku, resource);
  }
}

/** Takes all units of a SKU off again; returns them by arc. */
export function clear(task: Task, sku: SkuTask, filling: Filling): Int32Array {
  const units = filling.units.slice(sku.first, sku.first + sku.arcs.length);
  for (const [at, sent] of units.entries()) if (sent > 0) put(task, sku, at, -sent, filling);
  return units;
}

/** What the units of a SKU cost but for shipments, with what is missing all the same. */
export function costOfSku(task: Task, sku: SkuTask, { units }: Filling): number {
  const out = new Int32Array(sku.givers.length);
  let cost = 0;
  for (let taker = 0; taker < sku.needs.length; taker += 1) cost += (sku.needs[taker] ?? 0) * (sku.values[taker] ?? 0);
  for (const [at, { giver, taker, route }] of sku.arcs.entries()) {
    const sent = units[sku.first + at] ?? 0;
    if (sent === 0) continue;
    out[giver] = (out[giver] ?? 0) + sent;
    cost += sent * ((task.routes[route]?.perUnit ?? 0) - (sku.values[taker] ?? 0));
  }
  for (const [giver, sent] of out.entries()) cost += Math.max(0, sent - (sku.excess[giver] ?? 0)) * task.perSpareUnit;
  return cost;
}

/** What the plan costs, with what is missing all the same: what it is to make small. */
export const costOfFilling = (task: Task, filling: Filling): number =>
  task.skus.reduce((sum, sku) => sum + costOfSku(task, sku, filling), filling.shipments);
