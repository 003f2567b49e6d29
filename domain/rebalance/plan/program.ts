import { costOfFilling, type Filling, put, shipmentOf } from './filling.ts';
import { type SkuTask, type Task, takenOf } from './task.ts';

/** A program in whole numbers: its columns are 0 or more and at most `most`, each row at most `atMost`, and the costs as small as can be. */
export type Program = {
  readonly costs: readonly number[];
  readonly most: readonly number[];
  readonly rows: readonly (readonly Term[])[];
  readonly atMost: readonly number[];
  /** A solution that is known. */
  readonly start: readonly number[];
};
type Term = { readonly column: number; readonly times: number };

/** The best values that were found, and what no solution costs less than. */
export type Solved = { readonly values: readonly number[]; readonly bound: number };
/** How long a solver may take, and how far from the best it may stay, as a share of the objective. */
export type SolveLimits = { readonly seconds: number; readonly gap: number };
/** Null where nothing was found in time. */
export type Solve = (program: Program, limits: SolveLimits) => Solved | null;

type Building = { [Part in keyof Program]: Program[Part][number][] };

export type Open = {
  readonly isOpen: (sku: SkuTask, at: number) => boolean;
  readonly isMade: (route: number) => boolean;
};

/** A joint program with what its first columns mean: an arc each. */
export type Joint = {
  readonly program: Program;
  readonly arcs: readonly { readonly sku: SkuTask; readonly at: number }[];
  /** What a plan costs beyond the program: the worth of all that is missing before anything moves, and what other SKUs cost. */
  readonly constant: number;
};

/**
 * Several SKUs and what they share as one program.
 *
 * @param filling what is planned of other SKUs, which stays
 * @param start a plan of all
 * @param open which arcs units may go on, those of `start` anyway; and which shipments are made whatever is decided
 */
export function jointProgram(
  task: Task,
  skus: readonly SkuTask[],
  filling: Filling,
  start: Filling,
  open: Open,
): Joint {
  const program: Building = { costs: [], most: [], rows: [], atMost: [], start: [] };
  const arcs: { sku: SkuTask; at: number }[] = [];
  const shared = new Map<number, Term[]>();
  const made = new Map<number, { column: number; most: number; start: number }[]>();
  for (const sku of skus) {
    for (const [at, { route, taker, most }] of sku.arcs.entries()) {
      const known = start.units[sku.first + at] ?? 0;
      if (known === 0 && !open.isOpen(sku, at)) continue;
      const cost = (task.routes[route]?.perUnit ?? 0) - (sku.values[taker] ?? 0);
      const column = addColumn(program, cost, most, known);
      arcs.push({ sku, at });
      for (const resource of task.routes[route]?.resources ?? []) {
        listed(shared, resource).push({ column, times: takenOf(task, sku, resource) });
      }
      if (shipmentOf(task, route) > 0 && !open.isMade(route)) listed(made, route).push({ column, most, start: known });
    }
  }
  addBalances(task, program, arcs);
  for (const [resource, terms] of shared) addRow(program, terms, filling.room[resource] ?? 0);
  for (const [route, users] of made) {
    const isMade = users.some((user) => user.start > 0) ? 1 : 0;
    const shipment = addColumn(program, shipmentOf(task, route), 1, isMade);
    // A row for each SKU: one for all would let a part of a shipment carry them.
    for (const { column, most } of users) {
      addRow(
        program,
        [
          { column, times: 1 },
          { column: shipment, times: -most },
        ],
        0,
      );
    }
  }
  return { program, arcs, constant: costOfFilling(task, filling) };
}

/** Nobody gives more than it has, with a column for what isn't in excess; nobody gets more than it lacks. */
function addBalances(task: Task, program: Building, arcs: Joint['arcs']): void {
  for (const [sku, own] of Map.groupBy(
    arcs.map(({ sku, at }, column) => ({ sku, at, column })),
    ({ sku }) => sku,
  )) {
    const termsOf = (side: 'giver' | 'taker', place: number) =>
      own.filter(({ at }) => sku.arcs[at]?.[side] === place).map(({ column }) => ({ column, times: 1 }));
    for (const taker of sku.takers.keys()) addRow(program, termsOf('taker', taker), sku.needs[taker] ?? 0);
    for (const giver of sku.givers.keys()) {
      const terms = termsOf('giver', giver);
      const [excess, spare] = [sku.excess[giver] ?? 0, sku.spare[giver] ?? 0];
      const known = terms.reduce((sum, { column }) => sum + (program.start[column] ?? 0), 0);
      const dip = addColumn(program, task.perSpareUnit, spare, Math.max(0, known - excess));
      addRow(program, [...terms, { column: dip, times: -1 }], excess);
    }
  }
}

/** Puts what was found into the plan that it was found for. */
export function takeUp(task: Task, { arcs }: Joint, { values }: Solved, filling: Filling): void {
  for (const [column, { sku, at }] of arcs.entries()) {
    const units = Math.round(values[column] ?? 0);
    if (units > 0) put(task, sku, at, units, filling);
  }
}

const addColumn = (program: Building, cost: number, most: number, start: number): number => {
  program.most.push(most);
  program.start.push(start);
  return program.costs.push(cost) - 1;
};

function addRow(program: Building, terms: readonly Term[], atMost: number): void {
  if (terms.length === 0) return;
  program.rows.push(terms);
  program.atMost.push(atMost);
}

function listed<T>(all: Map<number, T[]>, key: number): T[] {
  const known = all.get(key) ?? [];
  all.set(key, known);
  return known;
}
