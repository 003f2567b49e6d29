import type { Lane, Network, Position, SpareTrip, UnitSize } from '../../domain/rebalance/plan/network.ts';

/** Numbers from a seed, the same on every machine (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A made-up chain: a tenth of its facilities are distribution centres, the others stores in a square of 400 by 400 kilometres. Parcels go
 * between all of them, by distance and with a fee for each consignment; some lanes are bounded. Twelve trips a day run from the centres past stores and
 * have some room left. A SKU is at most facilities, and a good third of its positions lack or have too much of it.
 */
export function makeChain(skus: number, facilities: number, seed: number): Network {
  const random = numbersFrom(seed);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const names = Array.from({ length: facilities }, (_, at) => `F${String(at + 1).padStart(3, '0')}`);
  const places = names.map(() => ({ x: random() * 400, y: random() * 400 }));
  const far = (one: number, other: number) =>
    Math.hypot((places[one]?.x ?? 0) - (places[other]?.x ?? 0), (places[one]?.y ?? 0) - (places[other]?.y ?? 0));
  const centres = Math.max(1, Math.round(facilities / 10));
  const lanes: Lane[] = [];
  for (const [from, origin] of names.entries()) {
    for (const [to, destination] of names.entries()) {
      if (from === to) continue;
      const kilometres = far(from, to);
      lanes.push({
        ...{ origin, destination },
        perUnit: 60 + Math.round(kilometres * 0.5),
        perShipment: 500 + Math.round(kilometres * 2),
        days: 1 + Math.floor(kilometres / 200),
        capacity: random() < 0.2 ? between(10, Math.max(20, skus / 10)) : null,
      });
    }
  }
  const trips: SpareTrip[] = Array.from({ length: Math.min(12, facilities) }, (_, at): SpareTrip => {
    const depot = names[at % centres] ?? '';
    const near = names
      .map((_, to) => to)
      .filter((to) => to >= centres)
      .sort((one, other) => far(at % centres, one) - far(at % centres, other));
    const reach = near.slice(0, Math.max(6, Math.ceil(near.length / 2)));
    const stops = Array.from(
      { length: Math.min(6, reach.length) },
      () => reach.splice(Math.floor(random() * reach.length), 1)[0] ?? 0,
    );
    return {
      trip: `T${at + 1}`,
      stops: [depot, ...stops.map((to) => names[to] ?? ''), depot],
      legs: Array.from({ length: stops.length + 1 }, () => ({
        millilitres: between(500, 4_000) * 1_000,
        grams: between(200, 1_500) * 1_000,
      })),
      perUnit: 15,
      days: 1,
    };
  });
  const sizes: UnitSize[] = [];
  const positions: Position[] = [];
  for (let at = 0; at < skus; at += 1) {
    const sku = `SKU-${at + 1}`;
    const price = Math.round(500 * 20 ** random());
    sizes.push({ sku, millilitres: between(200, 8_000), grams: between(50, 4_000) });
    for (const [place, facility] of names.entries()) {
      if (random() < 0.15) continue;
      const demand = between(1, 12) * (place < centres ? 3 : 1);
      const minimum = Math.ceil(demand / 4);
      const kind = random();
      const ahead = kind < 0.2 ? -between(1, 6) : kind < 0.36 ? demand + between(1, 10) : between(0, minimum);
      const supply = random() < 0.2 ? between(0, 3) : 0;
      const onHand = Math.max(0, demand + minimum + ahead - supply);
      positions.push({
        sku,
        facility,
        onHand,
        supply,
        demand,
        minimum,
        maximum: minimum + demand,
        value: Math.round(price * (0.3 + 0.4 * random())),
      });
    }
  }
  return { positions, lanes, trips, sizes, edits: [], terms: { horizonDays: 3, perSpareUnit: 5 } };
}
