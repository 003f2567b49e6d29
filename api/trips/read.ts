import { z } from 'zod';
import type { TripKind } from '../../domain/trip/kind.ts';
import { tripStatuses } from '../../domain/trip/state.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId } from '../fields.ts';
import { getProcess } from '../get-process.ts';
import { numberField } from '../network/desk.ts';
import { cursorOf, networkConditions, networkQuery, networkWhole, newestFirst } from '../network/read.ts';
import { listBody, pageOf } from '../page.ts';
import { TripBody, TripSummaryBody, tripParts, tripSummary, withTrip } from './bodies.ts';
import { trips } from './desk.ts';
import { tripSentence } from './sentences.ts';

export const listTrips = endpoint({
  method: 'get',
  path: trips.path,
  id: 'listTrips',
  tag: trips.tag,
  summary: 'List trips',
  description: 'Newest first.',
  permission: 'network:read',
  query: z.strictObject({
    ...networkQuery,
    status: z.enum(tripStatuses).optional(),
    depot: LocalId.optional(),
    day: z.iso.date().optional().meta({ description: 'The day of their departure, in UTC.' }),
  }),
  responses: { 200: { description: 'A page of trips.', schema: listBody(TripSummaryBody) } },
  handle: async ({ query: { depot, day, ...query } }, { db }) => {
    const rows = await db.networkProcess.findMany({
      where: {
        ...networkConditions(trips, query),
        trip: {
          ...(depot === undefined ? {} : { depot }),
          ...(day === undefined ? {} : { departsAt: { gte: `${day}T00:00:00.000Z`, lte: `${day}T23:59:59.999Z` } }),
        },
      },
      include: { attention: withTrip.attention, trip: true },
      orderBy: [...newestFirst],
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, cursorOf);
    const data = page.rows.flatMap((row) => tripSummary(row) ?? []);
    return { status: 200, body: { data, nextCursor: page.nextCursor } };
  },
});

export const getTrip = getProcess(trips, {
  summary: 'One trip with its stops, its loads by leg, and its timeline',
  permission: 'network:read',
  number: numberField(trips),
  schema: TripBody,
  find: findTrip,
});

/** A trip as it leaves; null where the read model has none. */
export async function findTrip(api: Api, number: string): Promise<z.infer<typeof TripBody> | null> {
  const row = await api.db.networkProcess.findUnique({ where: { number }, include: withTrip });
  const summary = row === null ? null : tripSummary(row);
  if (row === null || summary === null || row.trip === null) return null;
  const whole = await networkWhole<TripKind>(api, trips, row, tripSentence, row.trip.currency);
  return { ...summary, ...tripParts(row.trip), ...whole };
}
