/** What a SKU has and needs at one facility, in units. Nobody's stock: goods that are kept for buyers or stopped are not in it. */
export type Position = {
  readonly sku: string;
  readonly facility: string;
  /** Free to be sent away today. */
  readonly onHand: number;
  /** Expected there in time: goods of returns that are to be put away, and what is on its way. It fills a need, and can't be sent away yet. */
  readonly supply: number;
  /** What will be asked for there until the horizon. */
  readonly demand: number;
  /** What should be left there then, and what is too much. */
  readonly minimum: number;
  readonly maximum: number;
  /** What a unit that is missing there costs, in minor units. */
  readonly value: number;
};

/** A way on which goods may be sent at any time. */
export type Lane = {
  readonly origin: string;
  readonly destination: string;
  /** In minor units: for each unit, and once for all that is sent on it. */
  readonly perUnit: number;
  readonly perShipment: number;
  readonly days: number;
  /** Units of all SKUs together; null where nothing bounds it. */
  readonly capacity: number | null;
};

/** A trip that runs anyway, with the room that is left on each leg from one stop to the next. */
export type SpareTrip = {
  readonly trip: string;
  /** Facilities in their order; a facility may come twice. */
  readonly stops: readonly string[];
  /** One less than stops. */
  readonly legs: readonly { readonly millilitres: number; readonly grams: number }[];
  /** Handling, in minor units. */
  readonly perUnit: number;
  readonly days: number;
};

/** What a unit takes of a vehicle; a SKU whose size nobody knows rides on no trip. */
export type UnitSize = { readonly sku: string; readonly millilitres: number; readonly grams: number };

/** What a person wants of the plan: so many units from here to there, on a lane (`trip` null) or a trip; none forbids it. */
export type Edit = {
  readonly sku: string;
  readonly origin: string;
  readonly destination: string;
  readonly trip: string | null;
  readonly quantity: number;
};

/** All that a plan is made of. */
export type Network = {
  readonly positions: readonly Position[];
  readonly lanes: readonly Lane[];
  readonly trips: readonly SpareTrip[];
  readonly sizes: readonly UnitSize[];
  readonly edits: readonly Edit[];
  readonly terms: PlanTerms;
};

export type PlanTerms = {
  /** What comes later than this helps nobody. */
  readonly horizonDays: number;
  /** What it is worth to leave a unit where it is below the maximum, in minor units: it may be wanted there later. */
  readonly perSpareUnit: number;
};

/** Units of a SKU from one facility to another, on a lane (`trip` null) or on a trip. */
export type Move = {
  readonly sku: string;
  readonly origin: string;
  readonly destination: string;
  readonly trip: string | null;
  readonly quantity: number;
};

/** What a position has beyond its needs, or lacks. Of `spare`, `excess` are more than its maximum. */
export type Balance = {
  readonly projected: number;
  readonly short: number;
  readonly spare: number;
  readonly excess: number;
};

/**
 * How a position stands at the horizon if nothing moves. What may leave it is on hand today, and leaves it with its minimum.
 */
export function balanceOf({ onHand, supply, demand, minimum, maximum }: Position): Balance {
  const projected = onHand + supply - demand;
  const within = (units: number) => Math.max(0, Math.min(onHand, units));
  return {
    projected,
    short: Math.max(0, minimum - projected),
    spare: within(projected - minimum),
    excess: within(projected - maximum),
  };
}

/**
 * The legs of a trip from one facility to another, by their places; none where it doesn't go there. Where it comes by several times,
 * goods get off at the first stop that they can have been brought to, and ride from the last stop before it.
 */
export function legsBetween(
  { stops }: SpareTrip,
  { origin, destination }: { readonly origin: string; readonly destination: string },
): readonly number[] {
  const boarded = stops.indexOf(origin);
  const off = boarded < 0 ? -1 : stops.indexOf(destination, boarded + 1);
  if (off < 0 || origin === destination) return [];
  const on = stops.lastIndexOf(origin, off - 1);
  return Array.from({ length: off - on }, (_, leg) => on + leg);
}
