import { z } from 'zod';
import type { TripRequest } from '../../domain/trip/events.ts';
import { goodsClasses, type Load } from '../../domain/trip/load.ts';
import type { Place } from '../../domain/trip/place.ts';
import type { Stop } from '../../domain/trip/plan.ts';
import { defaultTripTerms as usual } from '../../domain/trip/terms.ts';
import type { Api } from '../api.ts';
import { Duration } from '../executions/start.ts';
import { Instant, LocalId, OutsideCode, Quantity } from '../fields.ts';
import { isCurrency } from '../money.ts';
import { Problem } from '../problem.ts';

export const Latitude = z.number().min(-90).max(90).meta({ description: 'In degrees of WGS 84.' });
export const Longitude = z.number().min(-180).max(180);
export const Litres = z.int().min(0).max(1_000_000);
export const Grams = z.int().min(0).max(1_000_000_000);
const MinorUnits = z.int().min(0).max(1_000_000_000);
export const Currency = z.string().refine(isCurrency, 'is no currency of ISO 4217').meta({ example: 'EUR' });

const StopBody = z.strictObject({
  facility: LocalId.exactOptional().meta({
    description: 'One of ours, which says where it lies; else the degrees do.',
  }),
  latitude: Latitude.exactOptional(),
  longitude: Longitude.exactOptional(),
  opens: Instant,
  closes: Instant,
  minutes: z.int().min(0).max(1_440).default(usual.stopMinutes),
});

const at = z.int().min(0).max(200);
const LoadBody = z.strictObject({
  reference: OutsideCode,
  on: at.default(0).meta({ description: 'The stop where it comes on: 0 is the depot, 1 the first stop.' }),
  off: at.meta({ description: 'The stop where it goes off; one more than there are stops is the depot again.' }),
  volumeLitres: Litres,
  weightGrams: Grams,
  units: Quantity,
  goods: z.enum(goodsClasses).default('sellable').meta({ description: 'Of mixed goods, what bars most.' }),
});

export const TripRequestBody = z
  .strictObject({
    depot: LocalId,
    vehicle: OutsideCode.nullable().default(null),
    currency: Currency,
    departsAt: Instant,
    returnsAt: Instant.meta({ description: 'When the vehicle is to be back at the latest.' }),
    volumeLitres: Litres.min(1),
    weightGrams: Grams.min(1),
    stops: z.array(StopBody).max(100),
    loads: z.array(LoadBody).max(1_000).meta({ description: 'What goes out, between these stops.' }),
    terms: z
      .strictObject({
        roadBasisPoints: z.int().min(10_000).max(100_000).default(usual.roadBasisPoints),
        metresPerMinute: z.int().min(1).max(5_000).default(usual.metresPerMinute),
        stopMinutes: z.int().min(0).max(1_440).default(usual.stopMinutes),
        costPerKm: MinorUnits.default(usual.costPerKm).meta({ description: 'In minor units.' }),
        costPerStop: MinorUnits.default(usual.costPerStop).meta({ description: 'In minor units.' }),
        lateAfter: Duration.default(usual.lateAfter),
        missedAfter: Duration.default(usual.missedAfter),
        againWithin: Duration.default(usual.againWithin),
      })
      .prefault({})
      .meta({ description: 'By what the trip is planned and watched.' }),
  })
  .meta({ id: 'TripRequest' });

/**
 * A trip as its process is asked for it: stops and loads numbered, the depot's stops first and last.
 * @throws {Problem} 422 where a place isn't known, or a load's stop isn't there
 */
export async function tripRequest(api: Api, body: z.infer<typeof TripRequestBody>): Promise<TripRequest> {
  const { depot, departsAt, returnsAt, volumeLitres, weightGrams, loads, stops, ...rest } = body;
  const placeOf = await placesOf(api, [depot, ...stops.flatMap(({ facility }) => facility ?? [])]);
  const place = placeOf(depot, 'depot');
  const window = { opens: departsAt, closes: returnsAt, minutes: 0 };
  const between = stops.map((given, index): Stop => {
    const { facility = null, latitude, longitude, opens, closes, minutes } = given;
    const field = `stops[${index}]`;
    if (opens > closes) throw invalid('window_not_valid', 'a window opens before it closes', `${field}.closes`);
    const named = latitude === undefined || longitude === undefined ? null : { latitude, longitude };
    if (named === null && facility === null) {
      throw invalid('place_missing', 'name a facility, or latitude and longitude', field);
    }
    const where = named ?? placeOf(facility ?? '', `${field}.facility`);
    return { stop: `T${index + 1}`, facility, place: where, opens, closes, minutes };
  });
  if (departsAt >= returnsAt) throw invalid('window_not_valid', 'a trip returns after it departs', 'returnsAt');
  const all: readonly Stop[] = [
    { stop: 'T0', facility: depot, place, ...window },
    ...between,
    { stop: `T${between.length + 1}`, facility: depot, place, ...window },
  ];
  return {
    ...{ ...rest, depot },
    capacity: { volumeLitres, weightGrams },
    stops: all,
    loads: loads.map(({ on, off, ...load }, index): Load => {
      const [from, to] = [all[on], all[off]];
      if (from === undefined || to === undefined || on >= off) {
        throw invalid('stop_not_valid', 'a load goes off at a later stop than it comes on', `loads[${index}].off`);
      }
      return { load: `L${index + 1}`, kind: 'forward', on: from.stop, off: to.stop, ...load };
    }),
  };
}

/**
 * Where facilities lie.
 * @returns what throws a 422 where one isn't known, or nobody has said where it lies
 */
export async function placesOf({ db }: Pick<Api, 'db'>, facilities: readonly string[]) {
  const rows = await db.facility.findMany({ where: { id: { in: [...new Set(facilities)] } } });
  return (facility: string, field: string): Place => {
    const row = rows.find(({ id }) => id === facility);
    if (row === undefined) throw invalid('unknown_facility', `there is no facility ${facility}`, field);
    const { latitude, longitude } = row;
    if (latitude !== null && longitude !== null) return { latitude, longitude };
    throw invalid(
      'facility_without_place',
      `nobody has said where ${facility} lies; give it a latitude and longitude`,
      field,
    );
  };
}

const invalid = (code: string, sentence: string, field: string) => new Problem(422, code, sentence, { field });
