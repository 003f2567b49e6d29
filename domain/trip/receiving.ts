import { type TripPlan, type Visit, visits } from './plan.ts';

/** What facilities can take in, and what they are to get already, in units by UTC day. */
export type Receiving = {
  /** The most units a day; a facility that isn't named takes any number. */
  readonly most: Readonly<Record<string, number>>;
  /** Units that come otherwise, by `facility 2026-03-01`. */
  readonly expected: Readonly<Record<string, number>>;
};

/** Units that a trip brings to each facility, by the day on which it is there. */
export function brings(plan: TripPlan, times: readonly Visit[] = visits(plan)): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { off, units: more } of plan.loads) {
    const facility = plan.stops.find(({ stop }) => stop === off)?.facility ?? null;
    const begins = times.find(({ stop }) => stop === off)?.begins;
    if (facility === null || begins === undefined) continue;
    const key = dayKey(facility, begins);
    units.set(key, (units.get(key) ?? 0) + more);
  }
  return units;
}

const dayKey = (facility: string, at: string): string => `${facility} ${at.slice(0, 10)}`;

/**
 * Whether what a trip brings more than before still fits beside what all bring.
 * @param total what all trips bring, this one as it was before
 */
export function fitsReceiving(
  { most, expected }: Receiving,
  total: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): boolean {
  return [...after].every(([key, units]) => {
    const more = units - (before.get(key) ?? 0);
    const [facility = ''] = key.split(' ');
    const limit = Object.hasOwn(most, facility) ? most[facility] : undefined;
    if (more <= 0 || limit === undefined) return true;
    return (expected[key] ?? 0) + (total.get(key) ?? 0) + more <= limit;
  });
}
