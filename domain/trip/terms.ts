import type { Duration } from '../time/duration.ts';

/** By what a trip is planned and watched. Costs are minor units of the trip's currency. */
export type TripTerms = {
  /** How far it is by road for each metre of the great circle, in basis points: 13000 is 1.3 metres. */
  readonly roadBasisPoints: number;
  /** How fast the vehicle is on its way, stops left out. */
  readonly metresPerMinute: number;
  /** How long the vehicle stands at a stop that is added for a pickup. */
  readonly stopMinutes: number;
  /** What a kilometre more costs, with the driver's time. */
  readonly costPerKm: number;
  /** What a stop more costs, with the driver's time. */
  readonly costPerStop: number;
  /** How late a departure, an arrival or the return may be before a person hears of it. */
  readonly lateAfter: Duration;
  /** How long after the planned return stops that nobody has reported count as missed. */
  readonly missedAfter: Duration;
  /** How long after its window what was not collected may still be collected by another trip. */
  readonly againWithin: Duration;
};

/** Starting points, to be replaced by a carrier's or a fleet's own figures. */
export const defaultTripTerms: TripTerms = {
  roadBasisPoints: 13_000,
  metresPerMinute: 700,
  stopMinutes: 10,
  costPerKm: 90,
  costPerStop: 250,
  lateAfter: 'PT1H',
  missedAfter: 'PT4H',
  againWithin: 'P3D',
};
