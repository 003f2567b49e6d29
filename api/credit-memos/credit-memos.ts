import { z } from 'zod';
import { processOf } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { creditMemoNumber } from '../../domain/credit-memo.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { withClient } from '../../prisma/client.ts';
import type { CreditMemo } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { isLegalEntity } from '../orders/legal-entity.ts';
import { cursorParameter, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';

const LegalEntity = z.string().refine(isLegalEntity, 'is not the name of a legal entity, as in main');
const MemoNumber = z.coerce.number('use the number of a credit memo').int().positive().max(2_147_483_647);

const SummaryBody = z
  .object({
    creditMemo: z.string().meta({ example: 'main-000017' }),
    legalEntity: z.string(),
    number: z.int().meta({ description: 'Without a gap within its legal entity.' }),
    rma: z.string(),
    invoice: z.string().meta({ description: 'The order or agreement that it cites.' }),
    purchaseOrder: z.string().nullable(),
    total: MoneyBody,
    issuedAt: z.iso.datetime(),
  })
  .meta({ id: 'CreditMemoSummary' });

const MemoBody = SummaryBody.extend({
  shippingFee: MoneyBody,
  lines: z.array(
    z.object({
      line: z.string(),
      sku: z.string(),
      quantity: z.int(),
      price: MoneyBody,
      discount: MoneyBody,
      tax: MoneyBody,
      restockingFee: MoneyBody,
      diminishedValue: MoneyBody,
      amount: MoneyBody,
    }),
  ),
}).meta({ id: 'CreditMemo' });

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

export const getCreditMemo = endpoint({
  method: 'get',
  path: '/v1/credit-memos/{legalEntity}/{number}',
  id: 'getCreditMemo',
  tag: 'Returns',
  summary: 'One credit memo with its lines',
  permission: 'returns:read',
  params: z.object({ legalEntity: LegalEntity, number: MemoNumber }),
  responses: { 200: { description: 'The credit memo.', schema: MemoBody } },
  problems: [404],
  handle: async ({ params: { legalEntity, number } }, { db, pool }) => {
    const row = await db.creditMemo.findUnique({
      where: { legalEntity_number: { legalEntity, number } },
      include: { order: { select: { purchaseOrder: true } } },
    });
    if (row === null) {
      const detail = `there is no credit memo ${creditMemoNumber(legalEntity, number)}`;
      throw new Problem(404, 'credit_memo_not_found', detail);
    }
    const { rows } = await withClient(pool, (client) => readTail(client, processOf(row.rma), 0));
    const settled = rows.flatMap(({ events }) => events).find((event) => isSettlement(event, row.settlement));
    const lines = await db.returnLine.findMany({ where: { rma: row.rma }, select: { line: true, sku: true } });
    const skus = new Map(lines.map(({ line, sku }) => [line, sku]));
    const money = (amount: number) => moneyOut(amount, row.currency);
    const isOne = settled?.type === 'settlement_due';
    return {
      status: 200,
      body: {
        ...summaryOf(row),
        shippingFee: money(isOne ? settled.shippingFee : 0),
        lines: (isOne ? settled.lines : []).map((line) => ({
          line: line.line,
          sku: skus.get(line.line) ?? '',
          quantity: line.quantity,
          price: money(line.price),
          discount: money(line.discount),
          tax: money(line.tax),
          restockingFee: money(line.restockingFee),
          diminishedValue: money(line.diminishedValue),
          amount: money(line.amount),
        })),
      },
    };
  },
});

const isSettlement = (event: ReturnEvent, settlement: string): boolean =>
  event.type === 'settlement_due' && event.settlement === settlement;

function summaryOf(
  row: CreditMemo & { readonly order: { readonly purchaseOrder: string | null } },
): z.infer<typeof SummaryBody> {
  return {
    creditMemo: creditMemoNumber(row.legalEntity, row.number),
    legalEntity: row.legalEntity,
    number: row.number,
    rma: row.rma,
    invoice: row.orderId,
    purchaseOrder: row.order.purchaseOrder,
    total: moneyOut(Number(row.amount), row.currency),
    issuedAt: row.issuedAt.toISOString(),
  };
}
