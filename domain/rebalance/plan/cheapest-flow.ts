/** One SKU between those who have too much and those who lack. */
export type Flow = {
  /** Units that givers have above their maximum, and others that they can spare. */
  readonly excess: Int32Array;
  readonly spare: Int32Array;
  /** What each unit of the latter costs. */
  readonly perSpareUnit: number;
  readonly needs: Int32Array;
  /**
   * What a unit from a giver to a taker costs, less what it is worth there: `costs[giver * takers + taker]`. Infinite where there is
   * no way.
   */
  readonly costs: Float64Array;
};

/** No cycle of rounding. */
const NOTHING = 1e-9;

/**
 * The cheapest flow, by successive shortest paths (Dijkstra's with potentials): units go as long as one more is worth it. Whole
 * numbers in, whole numbers out.
 *
 * @param costs are taken as they are when it is called
 * @returns units from a giver to a taker, in the order of `costs`
 */
export function cheapestFlow({ excess, spare, perSpareUnit, needs, costs }: Flow): Int32Array {
  const [givers, takers] = [excess.length, needs.length];
  const flow = new Int32Array(givers * takers);
  const leftExcess = Int32Array.from(excess);
  const leftSpare = Int32Array.from(spare);
  const left = Int32Array.from(needs);
  const nodes = givers + takers;
  const potential = new Float64Array(nodes);
  for (let taker = 0; taker < takers; taker += 1) {
    let least = Number.POSITIVE_INFINITY;
    for (let giver = 0; giver < givers; giver += 1) least = Math.min(least, costs[giver * takers + taker] ?? 0);
    potential[givers + taker] = least === Number.POSITIVE_INFINITY ? 0 : Math.min(0, least);
  }
  /** Of where all goods end: the least of those who still lack anything. */
  let ending = Math.min(0, ...potential.subarray(givers));
  const distance = new Float64Array(nodes);
  const before = new Int32Array(nodes);
  const isDone = new Uint8Array(nodes);
  for (;;) {
    const end = shortest();
    if (end < 0 || ending > -NOTHING) return flow;
    send(end);
  }

  /** The taker that a unit is brought to at the least cost; below zero where there is no way to any. */
  function shortest(): number {
    distance.fill(Number.POSITIVE_INFINITY);
    before.fill(-1);
    isDone.fill(0);
    for (let giver = 0; giver < givers; giver += 1) {
      const first =
        (leftExcess[giver] ?? 0) > 0 ? 0 : (leftSpare[giver] ?? 0) > 0 ? perSpareUnit : Number.POSITIVE_INFINITY;
      distance[giver] = first - (potential[giver] ?? 0);
    }
    let [end, toEnd] = [-1, Number.POSITIVE_INFINITY];
    for (;;) {
      let node = -1;
      let near = toEnd;
      for (let each = 0; each < nodes; each += 1) {
        const far = distance[each] ?? 0;
        if (isDone[each] === 0 && far < near) [node, near] = [each, far];
      }
      if (node < 0) break;
      isDone[node] = 1;
      if (node < givers) {
        fromGiver(node, near);
        continue;
      }
      fromTaker(node - givers, near);
      const whole = near + (potential[node] ?? 0) - ending;
      if ((left[node - givers] ?? 0) > 0 && whole < toEnd) [end, toEnd] = [node, whole];
    }
    if (end < 0) return end;
    for (let node = 0; node < nodes; node += 1) {
      potential[node] = (potential[node] ?? 0) + Math.min(toEnd, distance[node] ?? 0);
    }
    ending += toEnd;
    return end;
  }

  function fromGiver(giver: number, far: number): void {
    for (let taker = 0; taker < takers; taker += 1) {
      const node = givers + taker;
      const next = far + (costs[giver * takers + taker] ?? 0) + (potential[giver] ?? 0) - (potential[node] ?? 0);
      if (isDone[node] === 0 && next < (distance[node] ?? 0)) {
        distance[node] = next;
        before[node] = giver;
      }
    }
  }

  function fromTaker(taker: number, far: number): void {
    const node = givers + taker;
    for (let giver = 0; giver < givers; giver += 1) {
      const at = giver * takers + taker;
      if (isDone[giver] === 1 || (flow[at] ?? 0) === 0) continue;
      const next = far - (costs[at] ?? 0) + (potential[node] ?? 0) - (potential[giver] ?? 0);
      if (next < (distance[giver] ?? 0)) {
        distance[giver] = next;
        before[giver] = node;
      }
    }
  }

  function send(end: number): void {
    let units = left[end - givers] ?? 0;
    let node = end;
    for (let from = before[node] ?? -1; from >= 0; from = before[node] ?? -1) {
      if (from >= givers) units = Math.min(units, flow[node * takers + from - givers] ?? 0);
      node = from;
    }
    const tier = (leftExcess[node] ?? 0) > 0 ? leftExcess : leftSpare;
    units = Math.min(units, tier[node] ?? 0);
    tier[node] = (tier[node] ?? 0) - units;
    left[end - givers] = (left[end - givers] ?? 0) - units;
    node = end;
    for (let from = before[node] ?? -1; from >= 0; from = before[node] ?? -1) {
      const at = from < givers ? from * takers + node - givers : node * takers + from - givers;
      flow[at] = (flow[at] ?? 0) + (from < givers ? units : -units);
      node = from;
    }
  }
}
