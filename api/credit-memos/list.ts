import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { cursorParameter, limitParameter, listBody, pageOf } from '../page.ts';
import { LegalEntity, SummaryBody, summaryOf } from './one.ts';

export const listCreditMemos = endpoint({
  method: 'get',
  path: '/v1/credit-memos/{legalEntity}',
  id: 'listCreditMemos',
  tag: 'Returns',
  summary: 'The credit memos of a legal entity',
  description: 'By number, the newest first.',
  permission: 'returns:read',
  params: z.object({ legalEntity: LegalEntity }),
  query: z.strictObject({ limit: limitParameter, cursor: cursorParameter(z.int().positive()) }),
  responses: { 200: { description: 'A page of credit memos.', schema: listBody(SummaryBody) } },
  handle: async ({ params: { legalEntity }, query: { limit, cursor } }, { db }) => {
    const rows = await db.creditMemo.findMany({
      where: { legalEntity, ...(cursor === undefined ? {} : { number: { lt: cursor } }) },
      include: { order: { select: { purchaseOrder: true } } },
      orderBy: { number: 'desc' },
      take: limit + 1,
    });
    const page = pageOf(rows, limit, ({ number }) => number);
    return { status: 200, body: { data: page.rows.map(summaryOf), nextCursor: page.nextCursor } };
  },
});
