import type { PoolClient } from 'pg';
import type { z } from 'zod';
import { type OpenPickup, openPickups } from '../../../activities/trips/open-pickups.ts';
import type { Candidate } from '../../../domain/trip/insertion.ts';
import type { Api } from '../../api.ts';
import { Problem } from '../../problem.ts';
import { placesOf } from '../request.ts';
import type { ConsolidationRequestBody } from './bodies.ts';

type Asked = z.infer<typeof ConsolidationRequestBody>;

/** What may ride, and the returns that nobody has said a place of. */
export type Offered = { readonly candidates: readonly Candidate[]; readonly placeless: readonly string[] };

/**
 * All that waits to be collected: the pickups of returns that carriers have yet to make, and what is named besides.
 * @throws {Problem} 422 where a facility isn't known, or nobody has said where it lies, or a transfer isn't one that it could fetch
 */
export async function offered(api: Api, client: Pick<PoolClient, 'query'>, asked: Asked): Promise<Offered> {
  const { from, until, currency } = asked;
  const pickups = await openPickups(client, { from: new Date(from), until: new Date(until), currency });
  const placeOf = await placesOf(
    api,
    asked.candidates.flatMap(({ facility }) => facility ?? []),
  );
  await checkTransfers(api, asked.candidates);
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

/** A trip has a transfer shipped once it is collected: so it has to be one, to lie where it is said to, and not to have left. */
async function checkTransfers({ db }: Api, candidates: Asked['candidates']): Promise<void> {
  const numbers = candidates.filter(({ kind }) => kind === 'transfer').map(({ reference }) => reference);
  const known = await db.transfer.findMany({ where: { number: { in: numbers } }, include: { as: true } });
  for (const [index, { kind, reference, facility, to }] of candidates.entries()) {
    if (kind !== 'transfer') continue;
    const field = `candidates[${index}].reference`;
    const found = known.find(({ number }) => number === reference);
    if (found === undefined) {
      throw new Problem(422, 'unknown_transfer', `there is no transfer ${reference}`, { field });
    }
    if (found.shippedAt !== null || ['cancelled', 'closed'].includes(found.as.status)) {
      throw new Problem(422, 'transfer_has_left', `transfer ${reference} has left, or was called off`, { field });
    }
    if (found.destination !== to || found.origin !== (facility ?? found.origin)) {
      const way = `${found.origin} to ${found.destination}`;
      throw new Problem(422, 'transfer_goes_elsewhere', `transfer ${reference} goes from ${way}`, { field });
    }
  }
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
