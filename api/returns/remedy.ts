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
      return await carryOut(api, call, rma, { type: 'ship_anew', carrier, tracking });
    },
  }),
];

const isOf = async ({ db }: Api, rma: string, order: string): Promise<boolean> =>
  (await db.return.findFirst({ where: { rma, orderId: order } })) !== null;
