import { type RefusalOf, type RefusedOf, refusing } from '../process/refusal.ts';

/** Why a command to a trip was refused; each becomes a problem of the API with the same code. */
export const tripRefusals = [
  'unknown_trip',
  'already_requested',
  'plan_not_drivable',
  'plan_outdated',
  'already_departed',
  'not_under_way',
  'trip_closed',
  'unknown_stop',
  'stop_missed',
  'not_at_stop',
  'unknown_load',
  'load_not_planned',
  'load_not_aboard',
  'already_collected',
  'already_delivered',
  'units_exceed_load',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type TripRefusalCode = (typeof tripRefusals)[number];

export type TripRefusal = RefusalOf<TripRefusalCode>;
export type Refused = RefusedOf<TripRefusalCode>;
export const refuse = refusing<TripRefusalCode>();
