import type { PoolClient } from 'pg';
import type { z } from 'zod';
import { type OpenPickup, openPickups } from '../../../activities/trips/open-pickups.ts';
import type { Candidate } from '../../../domain/trip/insertion.ts';
import type { Api } from '../../api.ts';
import { placesOf } from '../request.ts';
import type { ConsolidationRequestBody } from './bodies.ts';

type Asked = z.infer<typeof ConsolidationRequestBody>;

/** What may ride, and the returns that nobody has said a place of. */
export type Offered = { readonly candidates: readonly Candidate[]; readonly placeless: readonly string[] };

/**
 * All that waits to be collected: the pickups of returns that carriers have yet to make, and what is named besides.
 * @throws {Problem} 422 where a facility isn't known, or nobody has said where it lies
 */
export async function offered(api: Api, client: Pick<PoolClient, 'query'>, asked: Asked): Promise<Offered> {
  const { from, until, currency } = asked;
  const pickups = await openPickups(client, { from: new Date(from), until: new Date(until), currency });
  const placeOf = await placesOf(
    api,
    asked.candidates.flatMap(({ facility }) => facility ?? []),
  );
  const named = asked.candidates.map((given, index): Candidate => {
    const { facility = null, latitude, longitude, kind, reference, ...rest } = given;
    const place =
      latitude === undefined || longitude === undefined
        ? placeOf(facility ?? '', `candidates[${index}].facility`)
        : { latitude, longitude };
    return { candidate: `${kind}:${reference}`, kind, reference, facility, place, ...rest };
  });
  const returns = pickups.map((pickup) => ({ pickup, place: asked.places.find(({ rma }) => rma === pickup.rma) }));
  return {
    candidates: [
      ...named,
      ...returns.flatMap(({ pickup, place }) => (place === undefined ? [] : [ofReturn(pickup, place, asked)])),
    ],
    placeless: returns.flatMap(({ pickup, place }) => (place === undefined ? [nameOf(pickup)] : [])),
  };
}

const nameOf = ({ rma, parcel }: OpenPickup): string => `return:${rma}/${parcel}`;

function ofReturn(
  pickup: OpenPickup,
  { latitude, longitude }: Asked['places'][number],
  { litresPerKilogram, carrierPrice }: Asked,
): Candidate {
  const { rma, parcel, facility, windowStart, windowEnd, units, weightGrams, goods, price } = pickup;
  return {
    ...{ candidate: nameOf(pickup), kind: 'return', reference: rma, parcel, facility: null },
    place: { latitude, longitude },
    readyFrom: windowStart.toISOString(),
    until: windowEnd.toISOString(),
    to: facility,
    volumeLitres: Math.ceil((weightGrams * litresPerKilogram) / 1000),
    ...{ weightGrams, units, goods, carrierPrice: price ?? carrierPrice },
  };
}
