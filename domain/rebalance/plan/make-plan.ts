import { fill } from './fill.ts';
import { clear, copyOf, costOfFilling, type Filling, nothingSent, shipmentOf } from './filling.ts';
import { greedyPlan } from './greedy.ts';
import type { Move, Network } from './network.ts';
import { type Priced, pricesOf } from './prices.ts';
import { jointProgram, type Program, type Solve, type Solved, type SolveLimits, takeUp } from './program.ts';
import { saveShipments } from './shipments.ts';
import { type SkuTask, type Task, takenOf, taskOf } from './task.ts';

/** What was planned, and how good it is: in minor units, but for what people have fixed. */
export type Made = {
  readonly moves: readonly Move[];
  /** What it costs, with what is missing all the same; what no plan can cost less than; and what the greedy one costs. */
  readonly cost: number;
  readonly bound: number;
  readonly greedy: number;
};

/** How much work goes into a plan. */
export type Effort = {
  /** Up to so many arcs one program is all of it. */
  readonly exactArcs: number;
  readonly exact: SolveLimits;
  /** Else SKUs are sent apart, for so many rounds of prices; then so many arcs at a time are a program. */
  readonly rounds: number;
  readonly jointArcs: number;
  readonly joint: SolveLimits;
};

export const usualEffort: Effort = {
  exactArcs: 2_500,
  exact: { seconds: 20, gap: 0.0001 },
  rounds: 40,
  jointArcs: 6_000,
  joint: { seconds: 2, gap: 0.0005 },
};

/** The cheapest plan that is found, and what is known of how good it is. */
export function makePlan(network: Network, solve: Solve, effort: Effort = usualEffort): Made {
  const task = taskOf(network);
  const greedy = greedyPlan(task);
  const worst = costOfFilling(task, greedy);
  const { plan, bound } =
    task.arcs <= effort.exactArcs ? exactly(task, greedy, solve, effort) : byPrices(task, greedy, solve, effort);
  return { moves: movesOf(task, plan), cost: costOfFilling(task, plan), bound, greedy: worst };
}

type Found = { readonly plan: Filling; readonly bound: number };

function exactly(task: Task, greedy: Filling, solve: Solve, { exact }: Effort): Found {
  const plan = nothingSent(task);
  const joint = jointProgram(task, task.skus, plan, greedy, { isOpen: () => true, isMade: () => false });
  const solved = solve(joint.program, exact);
  if (solved === null) return { plan: greedy, bound: 0 };
  takeUp(task, joint, solved, plan);
  const bound = Math.min(costOfFilling(task, plan), joint.constant + solved.bound);
  return { plan: better(task, plan, greedy), bound };
}

const better = (task: Task, one: Filling, other: Filling): Filling =>
  costOfFilling(task, other) < costOfFilling(task, one) ? other : one;

/** Prices first, then plans by them, then SKUs that contend for what is scarce together. */
function byPrices(task: Task, greedy: Filling, solve: Solve, effort: Effort): Found {
  const priced = pricesOf(task, costOfFilling(task, greedy), effort.rounds);
  let best = greedy;
  const tried = new Uint8Array(task.arcs);
  for (const plan of plansBy(task, priced)) {
    best = better(task, plan, best);
    for (const [arc, units] of plan.units.entries()) if (units > 0) tried[arc] = 1;
  }
  saveShipments(task, best, 3);
  const isOpen = (sku: SkuTask, at: number) =>
    tried[sku.first + at] === 1 || (priced.usual[sku.first + at] ?? 0) > 0.001;
  for (const skus of batchesOf(task, isOpen, effort.jointArcs))
    best = together(task, skus, best, isOpen, (program) => solve(program, effort.joint));
  return { plan: best, bound: priced.bound };
}

const hasShipment = (task: Task, route: number, isMade: (route: number) => boolean): boolean =>
  shipmentOf(task, route) === 0 || isMade(route);

type IsOpen = (sku: SkuTask, at: number) => boolean;

/** SKUs whose open arcs are so many together. */
function batchesOf(task: Task, isOpen: IsOpen, most: number): readonly (readonly SkuTask[])[] {
  const batches: SkuTask[][] = [];
  let room = 0;
  for (const sku of task.skus) {
    const open = sku.arcs.filter((_, at) => isOpen(sku, at)).length;
    if (open === 0) continue;
    if (open > room || batches.length === 0) {
      batches.push([]);
      room = most;
    }
    batches.at(-1)?.push(sku);
    room -= open;
  }
  return batches;
}

/** Plans some SKUs anew, together, with what others leave them; the plan as it was where that isn't better. */
function together(
  task: Task,
  skus: readonly SkuTask[],
  plan: Filling,
  isOpen: IsOpen,
  solve: (program: Program) => Solved | null,
): Filling {
  const next = copyOf(plan);
  for (const sku of skus) clear(task, sku, next);
  const isMade = (route: number) => (plan.loads[route] ?? 0) > 0;
  const joint = jointProgram(task, skus, next, plan, {
    isOpen: (sku, at) => isOpen(sku, at) && hasShipment(task, sku.arcs[at]?.route ?? -1, isMade),
    isMade,
  });
  const solved = solve(joint.program);
  if (solved === null) return plan;
  takeUp(task, joint, solved, next);
  return better(task, next, plan);
}

/** What goes on a route shares its shipment: those that had many units last time are cheap, others dear (dynamic slope scaling). */
function* plansBy(task: Task, { prices, usual }: Priced): Iterable<Filling> {
  let loads = new Float64Array(task.routes.length);
  for (const { arcs, first } of task.skus) {
    for (const [at, { route }] of arcs.entries()) loads[route] = (loads[route] ?? 0) + (usual[first + at] ?? 0);
  }
  for (let round = 0; round < 5; round += 1) {
    const plan = nothingSent(task);
    const bare = (sku: SkuTask, at: number, withRoom: boolean) => {
      const route = sku.arcs[at]?.route ?? -1;
      let price = (task.routes[route]?.perUnit ?? 0) + shipmentOf(task, route) / Math.max(1, loads[route] ?? 0);
      if (withRoom)
        for (const resource of task.routes[route]?.resources ?? [])
          price += (prices.room[resource] ?? 0) * takenOf(task, sku, resource);
      return price;
    };
    for (const sku of task.skus) fill(task, sku, plan, (of, at) => bare(of, at, true));
    for (const sku of task.skus) fill(task, sku, plan, (of, at) => bare(of, at, false));
    loads = plan.loads.slice();
    yield plan;
  }
}

function movesOf(task: Task, { units }: Filling): readonly Move[] {
  const at = (place: number | undefined) => task.facilities[place ?? -1] ?? '';
  const planned = task.skus.flatMap((sku) =>
    sku.arcs.flatMap(({ route }, arc): Move[] => {
      const quantity = units[sku.first + arc] ?? 0;
      const { origin, destination, trip } = task.routes[route] ?? { origin: -1, destination: -1, trip: null };
      return quantity === 0 ? [] : [{ sku: sku.sku, origin: at(origin), destination: at(destination), trip, quantity }];
    }),
  );
  return [
    ...task.fixed.map(({ sku, origin, destination, trip, quantity }) => ({ sku, origin, destination, trip, quantity })),
    ...planned,
  ];
}
