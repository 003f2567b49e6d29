import { fill } from './fill.ts';
import { clear, costOfSku, type Filling, put, shipmentOf } from './filling.ts';
import type { SkuTask, Task } from './task.ts';

/**
 * Tries for each shipment, the one with the fewest units first, whether the SKUs on it had better go elsewhere, with shipments that are
 * made anyway, or stay; as long as that saves anything.
 */
export function saveShipments(task: Task, filling: Filling, sweeps: number): void {
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const users = usersOf(task, filling);
    const load = (route: number) => filling.loads[route] ?? 0;
    const made = [...users.keys()].sort((one, other) => load(one) - load(other));
    let isBetter = false;
    for (const route of made) {
      if (load(route) > 0 && endShipment(task, filling, users.get(route) ?? [], route)) isBetter = true;
    }
    if (!isBetter) return;
  }
}

/** SKUs that have units on routes whose shipments cost anything. */
function usersOf(task: Task, { units }: Filling): ReadonlyMap<number, readonly SkuTask[]> {
  const users = new Map<number, SkuTask[]>();
  for (const sku of task.skus) {
    for (const [at, { route }] of sku.arcs.entries()) {
      if ((units[sku.first + at] ?? 0) === 0 || shipmentOf(task, route) === 0) continue;
      const known = users.get(route);
      if (known === undefined) users.set(route, [sku]);
      else if (known.at(-1) !== sku) known.push(sku);
    }
  }
  return users;
}

/** Does without a shipment where that is cheaper; else all is as it was. */
function endShipment(task: Task, filling: Filling, skus: readonly SkuTask[], route: number): boolean {
  const cost = () => skus.reduce((sum, sku) => sum + costOfSku(task, sku, filling), filling.shipments);
  const before = cost();
  const kept = skus.map((sku) => clear(task, sku, filling));
  for (const sku of skus) {
    fill(task, sku, filling, (of, at) => {
      const arc = of.arcs[at];
      if (arc === undefined || arc.route === route) return Number.POSITIVE_INFINITY;
      const isMade = (filling.loads[arc.route] ?? 0) > 0;
      return (task.routes[arc.route]?.perUnit ?? 0) + (isMade ? 0 : shipmentOf(task, arc.route) / arc.most);
    });
  }
  if (cost() < before) return true;
  for (const [index, sku] of skus.entries()) {
    clear(task, sku, filling);
    for (const [at, units] of (kept[index] ?? []).entries()) if (units > 0) put(task, sku, at, units, filling);
  }
  return false;
}
