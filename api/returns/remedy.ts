import { z } from 'zod';
import { remedies } from '../../domain/delivery/terms.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode, Rma, Tracking } from '../fields.ts';
import { Problem } from '../problem.ts';
import { carryOut, commandResponses } from './carry-out.ts';

const onReturn = {
  method: 'post',
  tag: 'Returns',
  problems: [404, 409, 422],
  responses: commandResponses,
  params: z.object({ rma: Rma }),
} as const;

/** What the buyer of goods that were never delivered gets for them. */
export const remedyEndpoints = [
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/remedy',
    id: 'changeRemedy',
    summary: 'Pay for undelivered goods, or send them again',
    description: 'A new shipment that has not left yet may still become a refund, not the other way.',
    permission: 'returns:change',
    body: z.strictObject({ remedy: z.enum(remedies) }).meta({ id: 'Remedy' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.rma, { type: 'choose_remedy', remedy: call.body.remedy }),
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/new-shipments',
    id: 'shipAnew',
    summary: 'Record that undelivered goods were sent again',
    description:
      'What is due leaves stock once more, and nothing is paid. The new parcel is followed like the first: its units are the buyer’s, who may return them.',
    permission: 'returns:handle',
    body: z.strictObject({ carrier: OutsideCode, tracking: Tracking }).meta({ id: 'NewShipment' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const { carrier, tracking } = call.body;
      const known = await api.db.shipment.findUnique({ where: { tracking } });
      if (known !== null && !(await isOf(api, rma, known.orderId))) {
        throw new Problem(409, 'shipment_known', `parcel ${tracking} is known, with goods of order ${known.orderId}`);
      }
      const done = await carryOut(api, call, rma, { type: 'ship_anew', carrier, tracking });
      if (done.status === 200) await followNewParcel(api, rma, carrier, tracking);
      return done;
    },
  }),
];

const isOf = async ({ db }: Api, rma: string, order: string): Promise<boolean> =>
  (await db.return.findFirst({ where: { rma, orderId: order } })) !== null;

/** What was sent in the parcel that came back is now in the new one; said again it changes nothing. */
async function followNewParcel({ db }: Api, rma: string, carrier: string, tracking: string): Promise<void> {
  const { orderId } = await db.return.findUniqueOrThrow({ where: { rma }, select: { orderId: true } });
  const parcels = await db.parcel.findMany({ where: { rma, tracking: { not: null } }, select: { tracking: true } });
  const before = parcels.flatMap(({ tracking: old }) => old ?? []);
  const lines = await db.returnLine.findMany({ where: { rma }, select: { orderLineId: true } });
  await db.$transaction([
    db.shipment.upsert({ where: { tracking }, create: { tracking, carrier, orderId }, update: {} }),
    db.fulfilment.updateMany({
      where: { tracking: { in: before }, orderLineId: { in: lines.map(({ orderLineId }) => orderLineId) } },
      data: { tracking, shippedAt: new Date(), deliveredAt: null },
    }),
  ]);
}
