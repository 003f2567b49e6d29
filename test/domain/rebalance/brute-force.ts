import { flawsOf } from '../../../domain/rebalance/plan/check.ts';
import { costOf } from '../../../domain/rebalance/plan/cost.ts';
import { balanceOf, legsBetween, type Move, type Network } from '../../../domain/rebalance/plan/network.ts';

/** So many plans are looked at, and no network that has more. */
const MOST = 3_000;

/** What the cheapest plan costs, by trying all of them; null where they are too many. */
export function cheapest(network: Network): number | null {
  const ways = waysOf(network);
  if (ways.reduce((plans, { most }) => plans * (most + 1), 1) > MOST) return null;
  let best = costOf(network, []).total;
  const units = ways.map(() => 0);
  for (;;) {
    const at = units.findIndex((count, way) => count < (ways[way]?.most ?? 0));
    if (at < 0) return best;
    units.fill(0, 0, at);
    units[at] = (units[at] ?? 0) + 1;
    const moves = ways.flatMap(({ most: _, ...way }, index) =>
      (units[index] ?? 0) > 0 ? [{ ...way, quantity: units[index] ?? 0 }] : [],
    );
    if (flawsOf(network, moves).length === 0) best = Math.min(best, costOf(network, moves).total);
  }
}

/** Every way of every SKU from who could spare some to who lacks some. */
function waysOf({ positions, lanes, trips }: Network): readonly (Omit<Move, 'quantity'> & { readonly most: number })[] {
  return positions.flatMap((from) =>
    positions.flatMap((to) => {
      const most = Math.min(balanceOf(from).spare, balanceOf(to).short);
      if (from.sku !== to.sku || most === 0) return [];
      const way = { sku: from.sku, origin: from.facility, destination: to.facility, most };
      const hasLane = lanes.some((lane) => lane.origin === way.origin && lane.destination === way.destination);
      const riding = trips.filter((trip) => legsBetween(trip, way).length > 0);
      return [...(hasLane ? [{ ...way, trip: null }] : []), ...riding.map(({ trip }) => ({ ...way, trip }))];
    }),
  );
}
