import { z } from 'zod';
import { withUnitCosts } from '../../activities/journal/unit-costs.ts';
import {
  defaultTransferTerms,
  mostTransferLines,
  type TransferRequest,
  transferReasons,
} from '../../domain/transfer/request.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { Duration } from '../executions/start.ts';
import { Instant, LocalId, OutsideCode, Quantity } from '../fields.ts';
import { NetworkAcceptedBody } from '../network/bodies.ts';
import { startNetwork } from '../network/start.ts';
import { Problem } from '../problem.ts';
import { TransferBody } from './bodies.ts';
import { transfers } from './desk.ts';
import { findTransfer } from './read.ts';
import { transferProblem } from './refusals.ts';
import { barTrip } from './trip.ts';

/** How goods get from one facility to the other. */
export const CarriageBody = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('trip'),
      trip: OutsideCode.meta({ description: 'The number of the trip, which has yet to leave as this is asked for.' }),
    }),
    z.strictObject({ type: z.literal('parcel'), carrier: OutsideCode.nullable().default(null) }),
    z.strictObject({ type: z.literal('own') }),
  ])
  .meta({ id: 'Carriage' });

const Line = z.strictObject({
  sku: OutsideCode,
  quantity: Quantity,
  lot: OutsideCode.nullable().default(null).meta({ description: 'Left out: it is read as the goods are picked.' }),
  serials: z.array(OutsideCode).max(1000).default([]).meta({ description: 'All units’ serials, or none.' }),
});

const TransferRequestBody = z
  .strictObject({
    from: LocalId,
    to: LocalId,
    lines: z.array(Line).min(1).max(mostTransferLines),
    by: CarriageBody,
    shipBy: Instant.meta({ description: 'By when the goods are to leave; then a person is asked.' }),
    arriveBy: Instant,
    reason: z.enum(transferReasons).default('manual'),
    plan: OutsideCode.nullable().default(null),
    terms: z
      .strictObject({
        shortPick: z.enum(['ask', 'ship_less']).default(defaultTransferTerms.shortPick),
        claimWithin: Duration.default(defaultTransferTerms.claimWithin),
        askAgain: Duration.default(defaultTransferTerms.askAgain),
      })
      .prefault({}),
  })
  .meta({ id: 'TransferRequest' });

export const createTransfer = endpoint({
  method: 'post',
  path: transfers.path,
  id: 'createTransfer',
  tag: transfers.tag,
  summary: 'Have goods moved from one facility to another',
  description:
    'The origin keeps the goods for it, as far as they are on hand, not kept for others and not stopped by a recall; then they are picked, shipped and received. ' +
    'A loss is written off at what the last sale of the SKU said that a unit costs.',
  permission: 'network:handle',
  body: TransferRequestBody,
  responses: {
    201: { description: 'It was requested.', schema: TransferBody },
    202: { description: 'It was taken, and begins as soon as a worker is there.', schema: NetworkAcceptedBody },
  },
  problems: [422],
  handle: async (call, api) =>
    await startNetwork(
      api,
      transfers,
      call,
      async () => {
        const request = await requestOf(api, call.body);
        return { request, facility: request.from, skus: request.lines.map(({ sku }) => sku) };
      },
      (number) => findTransfer(api, number),
    ),
});

/** @throws {Problem} 422 where a facility isn't known, or the request contradicts itself */
async function requestOf(api: Api, body: z.infer<typeof TransferRequestBody>): Promise<TransferRequest> {
  const { from, to, lines, shipBy, arriveBy } = body;
  const places = await api.db.facility.findMany({ where: { id: { in: [from, to] } }, select: { id: true } });
  for (const [field, facility] of Object.entries({ from, to })) {
    if (!places.some(({ id }) => id === facility)) {
      throw new Problem(422, 'unknown_facility', `there is no facility ${facility}`, { field });
    }
  }
  await barTrip(api.db, body.by);
  if (from === to) throw transferProblem({ code: 'same_facility', field: 'to' });
  if (arriveBy < shipBy) throw transferProblem({ code: 'arrival_before_shipment', field: 'arriveBy' });
  const odd = lines.findIndex(({ quantity, serials }) => serials.length > 0 && new Set(serials).size !== quantity);
  if (odd >= 0) throw transferProblem({ code: 'quantity_not_valid', field: `lines.${odd}.serials` });
  const numbered = lines.map((line, index) => ({ line: `L${index + 1}`, ...line }));
  return await withClient(api.pool, (client) => withUnitCosts(client, { ...body, lines: numbered }));
}
