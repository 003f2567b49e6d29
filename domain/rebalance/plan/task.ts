import { balanceOf, type Edit, type Move, type Network, type Position } from './network.ts';
import { type Route, type Routes, routesOf } from './routes.ts';

/** What is to be decided for one SKU: who gives, who takes, and the arcs between them. Places are those of `Task`. */
export type SkuTask = {
  readonly sku: string;
  /** What a unit takes of a resource, by what that counts. */
  readonly takes: { readonly units: 1; readonly millilitres: number; readonly grams: number };
  readonly givers: readonly number[];
  readonly excess: Int32Array;
  readonly spare: Int32Array;
  readonly takers: readonly number[];
  readonly needs: Int32Array;
  readonly values: Float64Array;
  /** The first of its arcs among those of all SKUs. */
  readonly first: number;
  readonly arcs: readonly Arc[];
};

/** A way on which a SKU may go: places in its own lists, the route, and the most units that it makes sense for. */
export type Arc = { readonly giver: number; readonly taker: number; readonly route: number; readonly most: number };

/** The problem in numbers: what people have fixed is taken out of it. */
export type Task = Routes & {
  readonly skus: readonly SkuTask[];
  readonly arcs: number;
  /** What is left of each resource. */
  readonly room: Float64Array;
  /** Routes that are used whatever is decided, so that their shipment is paid already. */
  readonly isPaid: Uint8Array;
  readonly fixed: readonly Move[];
  readonly perSpareUnit: number;
};

/** What a unit of a SKU takes of a resource. */
export const takenOf = (task: Routes, { takes }: SkuTask, resource: number): number =>
  takes[task.resources[resource]?.counts ?? 'units'];

/** Reads what a plan is made of into numbers. Ways that aren't worth it even for the neediest are left out. */
export function taskOf(network: Network): Task {
  const routes = routesOf(network);
  const { facilities } = routes;
  const places = new Map(facilities.map((facility, index) => [facility, index]));
  const sizes = new Map(network.sizes.map((size) => [size.sku, size]));
  const edits = Map.groupBy(network.edits, ({ sku }) => sku);
  const room = Float64Array.from(routes.resources, ({ capacity }) => capacity);
  const isPaid = new Uint8Array(routes.routes.length);
  const fixed: Move[] = [];
  const skus: SkuTask[] = [];
  let arcs = 0;
  for (const [sku, positions] of Map.groupBy(network.positions, ({ sku }) => sku)) {
    const size = sizes.get(sku);
    const takes = { units: 1, millilitres: size?.millilitres ?? 0, grams: size?.grams ?? 0 } as const;
    const isRouteFor = ({ trip }: Route) => trip === null || size !== undefined;
    const edited = edits.get(sku) ?? [];
    const standing = standings(positions, places, edited);
    for (const edit of edited.filter(({ quantity }) => quantity > 0)) fix(edit, takes);
    const task = { sku, takes, ...sides(standing), first: arcs };
    const barred = new Set(edited.flatMap((edit) => routesFor(edit)));
    const ways = arcsOf(task, routes, (route) => !barred.has(route) && isRouteFor(routeAt(route)));
    if (ways.length > 0 || task.takers.length > 0 || task.givers.length > 0) skus.push({ ...task, arcs: ways });
    arcs += ways.length;
  }
  return { ...routes, skus, arcs, room, isPaid, fixed, perSpareUnit: network.terms.perSpareUnit };

  function routeAt(index: number): Route {
    const route = routes.routes[index];
    if (route === undefined) throw new RangeError(`no route ${index}`);
    return route;
  }

  /** The routes that an edit is about: of several legs of one trip between the same places, all. */
  function routesFor({ origin, destination, trip }: Edit): readonly number[] {
    const between =
      routes.between[(places.get(origin) ?? -1) * facilities.length + (places.get(destination) ?? 0)] ?? [];
    return between.filter((route) => routeAt(route).trip === trip);
  }

  function fix(edit: Edit, takes: SkuTask['takes']): void {
    const [route] = routesFor(edit);
    if (route === undefined) return;
    fixed.push(edit);
    isPaid[route] = 1;
    for (const resource of routeAt(route).resources) {
      room[resource] = (room[resource] ?? 0) - edit.quantity * takes[routes.resources[resource]?.counts ?? 'units'];
    }
  }
}

type Standing = {
  readonly place: number;
  readonly value: number;
  short: number;
  spare: number;
  excess: number;
};

/** How the positions of a SKU stand, with what people have fixed. */
function standings(
  positions: readonly Position[],
  places: ReadonlyMap<string, number>,
  edits: readonly Edit[],
): Standing[] {
  const all = new Map(
    positions.map((position): [string, Standing] => {
      const { short, spare, excess } = balanceOf(position);
      const place = places.get(position.facility) ?? -1;
      return [position.facility, { place, value: position.value, short, spare, excess }];
    }),
  );
  for (const { origin, destination, quantity } of edits) {
    const [from, to] = [all.get(origin), all.get(destination)];
    if (from !== undefined) {
      from.spare -= quantity;
      from.excess = Math.max(0, from.excess - quantity);
    }
    if (to !== undefined) to.short = Math.max(0, to.short - quantity);
  }
  return [...all.values()];
}

function sides(
  standing: readonly Readonly<Standing>[],
): Pick<SkuTask, 'givers' | 'excess' | 'spare' | 'takers' | 'needs' | 'values'> {
  const givers = standing.filter(({ spare, short }) => spare > 0 && short === 0);
  const takers = standing.filter(({ short }) => short > 0);
  return {
    givers: givers.map(({ place }) => place),
    excess: Int32Array.from(givers, ({ excess }) => excess),
    spare: Int32Array.from(givers, ({ spare, excess }) => spare - excess),
    takers: takers.map(({ place }) => place),
    needs: Int32Array.from(takers, ({ short }) => short),
    values: Float64Array.from(takers, ({ value }) => value),
  };
}

function arcsOf(
  task: Omit<SkuTask, 'arcs'>,
  { between, facilities, routes }: Routes,
  isOpen: (route: number) => boolean,
): Arc[] {
  const arcs: Arc[] = [];
  for (const [giver, origin] of task.givers.entries()) {
    const most = (task.excess[giver] ?? 0) + (task.spare[giver] ?? 0);
    for (const [taker, destination] of task.takers.entries()) {
      for (const route of between[origin * facilities.length + destination] ?? []) {
        if ((routes[route]?.perUnit ?? 0) >= (task.values[taker] ?? 0) || !isOpen(route)) continue;
        arcs.push({ giver, taker, route, most: Math.min(most, task.needs[taker] ?? 0) });
      }
    }
  }
  return arcs;
}
