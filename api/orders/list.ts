import { z } from 'zod';
import { orderKinds } from '../../domain/sale/order.ts';
import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';
import { linesBySerial } from './by-serial.ts';

const OrderSummary = z
  .object({
    order: z.string(),
    kind: z.string(),
    buyer: z.string().nullable(),
    channel: z.string(),
    country: z.string(),
    placedAt: z.iso.datetime(),
    lines: z.array(z.object({ orderLine: z.string(), sku: z.string(), quantity: z.int(), fulfilled: z.int() })),
  })
  .meta({ id: 'OrderSummary' });

/** Only what an index answers, so that nobody reads all orders by mistake. */
const sought = ['serial', 'sku', 'buyer'] as const;

export const listOrders = endpoint({
  method: 'get',
  path: '/v1/orders',
  id: 'listOrders',
  tag: 'Orders',
  summary: 'Find the order that goods are of',
  description: 'By a serial, an SKU or a buyer’s id, newest first; at least one of them. No names or addresses.',
  permission: 'orders:read',
  query: z.strictObject({
    serial: OutsideCode.optional(),
    sku: OutsideCode.optional(),
    buyer: OutsideCode.optional(),
    kind: z.enum(orderKinds).optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
  }),
  responses: { 200: { description: 'A page of orders.', schema: listBody(OrderSummary) } },
  problems: [400],
  handle: async ({ query }, { db }) => {
    if (sought.every((name) => query[name] === undefined)) {
      throw new Problem(400, 'filter_required', `name a ${sought.slice(0, -1).join(', a ')} or a ${sought.at(-1)}`);
    }
    const rows = await db.order.findMany({
      where: await conditions(db, query),
      include: { lines: { orderBy: { number: 'asc' }, take: 250 } },
      orderBy: [{ placedAt: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => [row.placedAt.toISOString(), row.id]);
    const data = page.rows.map(
      ({ id, kind, buyerId, channel, country, placedAt, lines }): z.infer<typeof OrderSummary> => ({
        ...{ order: id, kind, buyer: buyerId, channel, country, placedAt: placedAt.toISOString() },
        lines: lines.map(({ id: orderLine, sku, quantity, fulfilled }) => ({ orderLine, sku, quantity, fulfilled })),
      }),
    );
    return { status: 200, body: { data, nextCursor: page.nextCursor } };
  },
});

type Query = {
  readonly serial?: string | undefined;
  readonly sku?: string | undefined;
  readonly buyer?: string | undefined;
  readonly kind?: string | undefined;
  readonly cursor?: [string, string] | undefined;
};

async function conditions(
  db: PrismaClient,
  { serial, sku, buyer, kind, cursor }: Query,
): Promise<Prisma.OrderWhereInput> {
  const sold = serial === undefined ? null : await linesBySerial(db, [serial]);
  const orders = sold?.filter((line) => sku === undefined || line.sku === sku).map(({ order }) => order);
  return {
    ...(orders === undefined ? {} : { id: { in: orders } }),
    ...(sku === undefined ? {} : { lines: { some: { sku } } }),
    ...(buyer === undefined ? {} : { buyerId: buyer }),
    ...(kind === undefined ? {} : { kind }),
    ...(cursor === undefined
      ? {}
      : { OR: [{ placedAt: { lt: cursor[0] } }, { placedAt: cursor[0], id: { lt: cursor[1] } }] }),
  };
}
