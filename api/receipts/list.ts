import { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, OutsideCode } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { ReceiptSummaryBody } from './bodies.ts';
import { receiptSummary } from './one.ts';

export const listReceipts = endpoint({
  method: 'get',
  path: '/v1/receipts',
  id: 'listReceipts',
  tag: 'Receipts',
  summary: 'List unexpected parcels',
  description: 'Newest first.',
  permission: 'receipts:read',
  query: z.strictObject({
    state: z.enum(['unmatched', 'settled']).optional(),
    facility: LocalId.optional(),
    tracking: OutsideCode.optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
  }),
  responses: { 200: { description: 'A page of receipts.', schema: listBody(ReceiptSummaryBody) } },
  handle: async ({ query }, { db }) => {
    const { state, facility, tracking, cursor, limit } = query;
    const conditions = [
      Prisma.sql`true`,
      ...(state === undefined ? [] : [state === 'settled' ? Prisma.sql`units_left = 0` : Prisma.sql`units_left > 0`]),
      ...(facility === undefined ? [] : [Prisma.sql`facility = ${facility}`]),
      ...(tracking === undefined ? [] : [Prisma.sql`tracking = ${tracking}`]),
      ...(cursor === undefined ? [] : [Prisma.sql`(received_at, receipt) < (${cursor[0]}::timestamptz, ${cursor[1]})`]),
    ];
    const found = await db.$queryRaw<{ receipt: string }[]>`
      SELECT receipt FROM receipts WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY received_at DESC, receipt DESC LIMIT ${limit + 1}`;
    const rows = await db.receipt.findMany({
      where: { receipt: { in: found.map(({ receipt }) => receipt) } },
      orderBy: [{ receivedAt: 'desc' }, { receipt: 'desc' }],
    });
    const page = pageOf(rows, limit, (row) => [row.receivedAt.toISOString(), row.receipt]);
    return { status: 200, body: { data: page.rows.map(receiptSummary), nextCursor: page.nextCursor } };
  },
});
