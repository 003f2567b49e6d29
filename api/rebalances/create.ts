import { z } from 'zod';
import type { RebalanceRequest } from '../../domain/rebalance/events.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { Currency, LocalId, OutsideCode } from '../fields.ts';
import { NetworkAcceptedBody } from '../network/bodies.ts';
import { numberFor } from '../network/desk.ts';
import { startNetwork } from '../network/start.ts';
import { minorUnits } from '../orders/stand-in.ts';
import { Problem } from '../problem.ts';
import { RebalanceBody } from './bodies.ts';
import { rebalances } from './desk.ts';
import { findRebalance } from './read.ts';

const Amount = z.string().max(40).meta({ example: '0.15' });

const Trip = z
  .strictObject({
    trip: OutsideCode,
    stops: z.array(LocalId).min(2).max(60).meta({ description: 'Facilities in the order that it calls at them.' }),
    legs: z
      .array(
        z.strictObject({
          litres: z.number().min(0).max(200_000),
          kilograms: z.number().min(0).max(100_000),
        }),
      )
      .min(1)
      .max(59)
      .meta({ description: 'The room that is left from each stop to the next: one less than stops.' }),
    perUnit: Amount.default('0').meta({ description: 'What handling a unit costs.' }),
    days: z.int().min(0).max(60).default(1),
  })
  .meta({ id: 'SpareTrip' });

const RebalanceRequestBody = z
  .strictObject({
    currency: Currency,
    horizonDays: z.int().min(1).max(180).default(14).meta({
      description: 'How far demand is looked at; ways that take longer are not used.',
    }),
    perSpareUnit: Amount.default('0').meta({
      description: 'What it is worth to leave a unit where it is between minimum and maximum.',
    }),
    trips: z
      .array(Trip)
      .max(200)
      .default([])
      .meta({ description: 'Trips that run anyway, with the room left on them.' }),
  })
  .meta({ id: 'RebalanceRequest' });

type Body = z.infer<typeof RebalanceRequestBody>;

export const createRebalance = endpoint({
  method: 'post',
  path: rebalances.path,
  id: 'createRebalance',
  tag: rebalances.tag,
  summary: 'Have planned what goes from where there is too much to where it is missing',
  description:
    'All SKUs that have stock limits in the currency are planned, with stock on hand (not kept for others, not stopped by a recall), goods of ' +
    'returns that are to be put away, demand, lanes, and the trips named here. The plan waits for a person.',
  permission: 'network:handle',
  body: RebalanceRequestBody,
  responses: {
    201: { description: 'It was requested.', schema: RebalanceBody },
    202: { description: 'It was taken, and begins as soon as a worker is there.', schema: NetworkAcceptedBody },
  },
  problems: [422],
  handle: async (call, api) =>
    await startNetwork<RebalanceRequest>(
      api,
      rebalances,
      call,
      async () => {
        const { currency, horizonDays, perSpareUnit } = call.body;
        const request = {
          currency,
          terms: { horizonDays, perSpareUnit: minorUnits(perSpareUnit, currency, 'perSpareUnit') },
        };
        await keepTrips(api, numberFor('rebalance', call.commandId), call.body);
        return { request, facility: null, skus: [] };
      },
      (number) => findRebalance(api, number),
    ),
});

/** Beside the process, once: a start that was cut off finds them. */
async function keepTrips({ db }: Api, number: string, { trips, currency }: Body): Promise<void> {
  for (const [index, { stops, legs, trip }] of trips.entries()) {
    const field = `trips[${index}]`;
    if (legs.length !== stops.length - 1)
      throw new Problem(422, 'legs_not_whole', 'name the room of each leg, one less than stops', { field });
    if (trips.findIndex((each) => each.trip === trip) !== index)
      throw new Problem(422, 'trip_twice', 'a trip is named once', { field });
  }
  await db.rebalanceTrip.createMany({
    data: trips.map(({ trip, stops, legs, perUnit, days }, index) => ({
      ...{ number, trip, stops, days, perUnit: minorUnits(perUnit, currency, `trips[${index}].perUnit`) },
      legs: legs.map(({ litres, kilograms }) => ({
        millilitres: Math.floor(litres * 1_000),
        grams: Math.floor(kilograms * 1_000),
      })),
    })),
    skipDuplicates: true,
  });
}
