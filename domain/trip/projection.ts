import type { Instant } from '../time/duration.ts';
import type { TripTerms } from './terms.ts';

/** The rows of a trip beside what is alike of all processes of the network. */
export type TripRows = {
  readonly trip: TripRow;
  readonly stops: readonly TripStopRow[];
  readonly loads: readonly TripLoadRow[];
};

export type TripRow = {
  readonly depot: string;
  readonly vehicle: string | null;
  readonly currency: string;
  readonly departsAt: Instant;
  readonly returnsAt: Instant;
  readonly volumeLitres: number;
  readonly weightGrams: number;
  readonly terms: TripTerms;
  readonly departedAt: Instant | null;
  readonly returnedAt: Instant | null;
};

export type TripStopRow = {
  readonly stop: string;
  readonly position: number;
  readonly facility: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly opens: Instant;
  readonly closes: Instant;
  readonly minutes: number;
  readonly added: boolean;
  /** When the vehicle is to begin there; null where it isn't driven to any more. */
  readonly plannedAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly state: string;
};

export type TripLoadRow = {
  readonly load: string;
  readonly kind: string;
  readonly reference: string;
  /** What it was offered to trips as; null of what goes out. */
  readonly candidate: string | null;
  readonly onStop: string;
  readonly offStop: string;
  readonly volumeLitres: number;
  readonly weightGrams: number;
  readonly units: number;
  readonly goods: string;
  readonly state: string;
  readonly collected: number | null;
  readonly delivered: number | null;
  readonly code: string | null;
  /** What a carrier would have taken, and its share of what the trip costs more; minor units. */
  readonly carrierPrice: number | null;
  readonly cost: number | null;
};
