import { z } from 'zod';
import { attentionReasons } from '../../domain/return/attention.ts';
import { goodsStatuses, moneyStatuses } from '../../domain/return/status.ts';
import { parseRma } from '../../domain/rma.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
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
    const contacts = query.text?.includes('@') === true ? await contactsOf(db, query.text) : [];
    const rows = await db.return.findMany({
      where: { AND: [...filters(query), ...(query.text === undefined ? [] : [found(query.text, contacts)])] },
      include: { attention: { where: { resolvedAt: null }, select: { reason: true } } },
      orderBy: [{ requestedAt: 'desc' }, { rma: 'desc' }],
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => [row.requestedAt.toISOString(), row.rma]);
    return { status: 200, body: { data: page.rows.map(summaryOf), nextCursor: page.nextCursor } };
  },
});

function filters(query: z.infer<typeof Query>): Prisma.ReturnWhereInput[] {
  const where: Prisma.ReturnWhereInput[] = [];
  if (query.status !== undefined) where.push({ goods: query.status });
  if (query.money !== undefined) where.push({ money: query.money });
  if (query.order !== undefined) where.push({ orderId: query.order });
  if (query.facility !== undefined) where.push({ facility: query.facility });
  if (query.rma !== undefined) where.push({ rma: query.rma });
  if (query.sku !== undefined) where.push(hasSku(query.sku));
  if (query.lot !== undefined) where.push({ items: { some: { lot: query.lot } } });
  if (query.needsPerson !== undefined) where.push(needing(query.needsPerson));
  if (query.cursor !== undefined) {
    const [at, rma] = query.cursor;
    const requestedAt = new Date(at);
    where.push({ OR: [{ requestedAt: { lt: requestedAt } }, { requestedAt, rma: { lt: rma } }] });
  }
  return where;
}

function needing(needs: string): Prisma.ReturnWhereInput {
  if (needs === 'false') return { attention: { none: { resolvedAt: null } } };
  return { attention: { some: { resolvedAt: null, ...(needs === 'true' ? {} : { reason: needs }) } } };
}

const hasSku = (sku: string): Prisma.ReturnWhereInput => ({
  OR: [{ lines: { some: { sku } } }, { items: { some: { sku } } }],
});

/** Wherever the text could be found by an index. */
function found(text: string, contacts: readonly string[]): Prisma.ReturnWhereInput {
  const rma = parseRma(text);
  return {
    OR: [
      ...(rma === null ? [] : [{ rma }]),
      { orderId: text },
      hasSku(text),
      { parcels: { some: { tracking: text } } },
      ...(contacts.length === 0 ? [] : [{ order: { contactId: { in: [...contacts] } } }]),
    ],
  };
}

async function contactsOf(db: { readonly contact: Prisma.ContactDelegate }, email: string): Promise<string[]> {
  const rows = await db.contact.findMany({ where: { email }, select: { id: true }, take: 100 });
  return rows.map(({ id }) => id);
}
