import { cheapestFlow } from './cheapest-flow.ts';
import { type Filling, fits, put } from './filling.ts';
import type { SkuTask, Task } from './task.ts';

/** What an arc is charged for a unit, without what that is worth where it goes; infinite bars it. */
export type Charge = (sku: SkuTask, at: number) => number;

/**
 * Sends a SKU at its cheapest by what arcs are charged, with the room that is left: again and again, as what didn't fit looks for another
 * way. Takes up what is planned already.
 */
export function fill(task: Task, sku: SkuTask, filling: Filling, charge: Charge): void {
  const [givers, takers] = [sku.givers.length, sku.takers.length];
  if (sku.arcs.length === 0) return;
  for (;;) {
    const costs = new Float64Array(givers * takers).fill(Number.POSITIVE_INFINITY);
    const by = new Int32Array(givers * takers).fill(-1);
    for (const [at, { giver, taker, route }] of sku.arcs.entries()) {
      const price = charge(sku, at) - (sku.values[taker] ?? 0);
      const pair = giver * takers + taker;
      if (price < (costs[pair] ?? 0) && fits(task, sku, route, filling) > 0) [costs[pair], by[pair]] = [price, at];
    }
    const flow = cheapestFlow({ ...leftOf(sku, filling), perSpareUnit: task.perSpareUnit, costs });
    let sent = 0;
    let isWhole = true;
    for (const [pair, wanted] of flow.entries()) {
      const at = by[pair] ?? -1;
      if (wanted === 0 || at < 0) continue;
      const units = Math.min(wanted, fits(task, sku, sku.arcs[at]?.route ?? -1, filling));
      if (units < wanted) isWhole = false;
      if (units > 0) put(task, sku, at, units, filling);
      sent += units;
    }
    if (isWhole || sent === 0) return;
  }
}

/** What a SKU still has to give and lacks, after what is planned. */
function leftOf(sku: SkuTask, { units }: Filling): Pick<SkuTask, 'excess' | 'spare' | 'needs'> {
  const excess = sku.excess.slice();
  const spare = sku.spare.slice();
  const needs = sku.needs.slice();
  for (const [at, { giver, taker }] of sku.arcs.entries()) {
    const sent = units[sku.first + at] ?? 0;
    if (sent === 0) continue;
    const ofExcess = Math.min(sent, excess[giver] ?? 0);
    excess[giver] = (excess[giver] ?? 0) - ofExcess;
    spare[giver] = (spare[giver] ?? 0) - (sent - ofExcess);
    needs[taker] = (needs[taker] ?? 0) - sent;
  }
  return { excess, spare, needs };
}
