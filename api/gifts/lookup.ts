import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { returnableUnits } from '../orders/one.ts';
import { GiftBody, orderOfGift } from './find.ts';

export const findGift: Endpoint = endpoint({
  method: 'post',
  path: '/v1/gifts/lookups',
  id: 'findGift',
  tag: 'Orders',
  summary: 'What somebody was given, by its token or by order and postcode',
  description:
    'For those who were given goods: what may be asked back, and nothing of who bought it, what it cost or how it was paid. Ask for ' +
    'the return with the same `gift`; its preview says what it is worth.',
  permission: 'returns:preview',
  body: z
    .strictObject({ order: OutsideCode.exactOptional(), gift: GiftBody })
    .refine(({ order, gift }) => 'token' in gift || order !== undefined, {
      error: 'name the order that the postcode is of',
      path: ['order'],
    })
    .meta({ id: 'GiftLookup' }),
  responses: {
    200: {
      description: 'The goods.',
      schema: z.object({
        order: z.string(),
        lines: z.array(
          z.object({
            orderLine: z.string(),
            sku: z.string(),
            title: z.string(),
            quantity: z.int(),
            returnable: z.int().meta({ description: 'Units that no return holds or has consumed.' }),
          }),
        ),
      }),
    },
  },
  problems: [422],
  handle: async ({ body }, { db }) => {
    const order = await orderOfGift(db, body.gift, body.order);
    const rows = await db.orderLine.findMany({ where: { orderId: order }, orderBy: { number: 'asc' } });
    const returnable = await returnableUnits(db, order, rows);
    const lines = rows.map(({ id, sku, title, quantity }) => ({
      ...{ orderLine: id, sku, title, quantity, returnable: returnable.get(id) ?? 0 },
    }));
    return { status: 200, body: { order, lines } };
  },
});
