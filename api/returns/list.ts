import { z } from 'zod';
import { parseRma } from '../../domain/numbers/rma.ts';
import { attentionReasons } from '../../domain/return/attention.ts';
import { goodsStatuses, moneyStatuses } from '../../domain/return/status.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode, PlainText, Rma } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { ReturnSummaryBody, summaryOf } from './bodies.ts';

const Query = z.strictObject({
  status: z.enum(goodsStatuses).optional(),
  money: z.enum(moneyStatuses).optional(),
  order: OutsideCode.optional(),
  sku: OutsideCode.optional(),
  lot: OutsideCode.optional(),
  facility: OutsideCode.optional(),
  needsPerson: z
    .enum(['true', 'false', ...attentionReasons])
    .optional()
    .meta({ description: 'true, false, or one reason of the people’s queue.' }),
  rma: Rma.optional(),
  text: PlainText.min(2)
    .max(120)
    .optional()
    .meta({ description: 'An RMA, order, SKU, tracking number or the buyer’s e-mail address.' }),
  limit: limitParameter,
  cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
});

export const listReturns = endpoint({
  method: 'get',
  path: '/v1/returns',
  id: 'listReturns',
  tag: 'Returns',
  summary: 'List and search returns',
  description: 'Newest request first.',
  permission: 'returns:read',
  query: Query,
  responses: { 200: { description: 'A page of returns.', schema: listBody(ReturnSummaryBody) } },
  handle: async ({ query }, { db }) => {
    const found = await db.$queryRaw<{ rma: string }[]>`
      SELECT r.rma FROM returns r WHERE ${Prisma.join(conditions(query), ' AND ')}
      ORDER BY r.requested_at DESC, r.rma DESC LIMIT ${query.limit + 1}`;
    const rows = await db.return.findMany({
      where: { rma: { in: found.map(({ rma }) => rma) } },
      include: { attention: { where: { resolvedAt: null }, select: { reason: true } } },
      orderBy: [{ requestedAt: 'desc' }, { rma: 'desc' }],
    });
    const page = pageOf(rows, query.limit, (row) => [row.requestedAt.toISOString(), row.rma]);
    return { status: 200, body: { data: page.rows.map(summaryOf), nextCursor: page.nextCursor } };
  },
});

/**
 * Each condition names the returns that it finds, so that an index finds them however many returns there are: an OR over
 * several tables, or one that looks at each return in turn, would read all of them.
 */
function conditions(query: z.infer<typeof Query>): Prisma.Sql[] {
  const all = [Prisma.sql`true`];
  if (query.status !== undefined) all.push(Prisma.sql`r.goods = ${query.status}`);
  if (query.money !== undefined) all.push(Prisma.sql`r.money = ${query.money}`);
  if (query.order !== undefined) all.push(Prisma.sql`r.order_id = ${query.order}`);
  if (query.facility !== undefined) all.push(Prisma.sql`r.facility = ${query.facility}`);
  if (query.rma !== undefined) all.push(Prisma.sql`r.rma = ${query.rma}`);
  if (query.sku !== undefined) all.push(Prisma.sql`r.rma IN (${ofSku(query.sku)})`);
  if (query.lot !== undefined) all.push(Prisma.sql`r.rma IN (SELECT rma FROM return_items WHERE lot = ${query.lot})`);
  if (query.needsPerson !== undefined) all.push(needing(query.needsPerson));
  if (query.text !== undefined) all.push(Prisma.sql`r.rma IN (${ofText(query.text)})`);
  if (query.cursor !== undefined) {
    const [at, rma] = query.cursor;
    all.push(Prisma.sql`(r.requested_at, r.rma) < (${at}::timestamptz, ${rma})`);
  }
  return all;
}

function needing(needs: string): Prisma.Sql {
  const open = Prisma.sql`SELECT FROM attention a WHERE a.rma = r.rma AND a.resolved_at IS NULL`;
  if (needs === 'true') return Prisma.sql`EXISTS (${open})`;
  return needs === 'false' ? Prisma.sql`NOT EXISTS (${open})` : Prisma.sql`EXISTS (${open} AND a.reason = ${needs})`;
}

const ofSku = (sku: string) => Prisma.sql`
  SELECT rma FROM return_lines WHERE sku = ${sku} UNION SELECT rma FROM return_items WHERE sku = ${sku}`;

/** Wherever the text could be found by an index. */
function ofText(text: string): Prisma.Sql {
  const rma = parseRma(text);
  return Prisma.sql`
    SELECT rma FROM returns WHERE order_id = ${text} OR rma = ${rma ?? text}
    UNION ${ofSku(text)}
    UNION SELECT rma FROM parcels WHERE tracking = ${text}
    UNION SELECT mine.rma FROM contacts c JOIN orders o ON o.contact_id = c.id JOIN returns mine ON mine.order_id = o.id
      WHERE c.email = ${text}`;
}
