import { type Filling, fits, nothingSent, put, shipmentOf } from './filling.ts';
import type { SkuTask, Task } from './task.ts';

/**
 * What a planner would do by hand: the unit that is worth most first, from where it is cheapest to bring, as long as it is worth its way.
 * It is what a plan is compared with, and where the search for a better one begins.
 */
export function greedyPlan(task: Task): Filling {
  const filling = nothingSent(task);
  const wants = task.skus.flatMap((sku) => Array.from(sku.values, (value, taker) => ({ sku, taker, value })));
  const left = new Map(task.skus.map((sku) => [sku, { excess: sku.excess.slice(), spare: sku.spare.slice() }]));
  for (const { sku, taker, value } of wants.sort((one, other) => other.value - one.value)) {
    const givers = left.get(sku);
    if (givers !== undefined) bring(task, sku, taker, value, givers, filling);
  }
  return filling;
}

type Left = { readonly excess: Int32Array; readonly spare: Int32Array };

function bring(
  task: Task,
  sku: SkuTask,
  taker: number,
  value: number,
  { excess, spare }: Left,
  filling: Filling,
): void {
  let need = sku.needs[taker] ?? 0;
  const ways = sku.arcs
    .map((arc, at) => ({ ...arc, at, perUnit: task.routes[arc.route]?.perUnit ?? 0 }))
    .filter((arc) => arc.taker === taker)
    .sort((one, other) => one.perUnit - other.perUnit);
  const tiers = [
    { tier: excess, extra: 0 },
    { tier: spare, extra: task.perSpareUnit },
  ];
  for (const { tier, extra } of tiers) {
    for (const { at, giver, route, perUnit } of ways) {
      const units = Math.min(need, tier[giver] ?? 0, fits(task, sku, route, filling));
      const opens = (filling.loads[route] ?? 0) === 0 ? shipmentOf(task, route) : 0;
      if (units <= 0 || units * (value - perUnit - extra) <= opens) continue;
      put(task, sku, at, units, filling);
      tier[giver] = (tier[giver] ?? 0) - units;
      need -= units;
    }
  }
}
