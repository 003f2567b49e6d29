import { Readable } from 'node:stream';
import { z } from 'zod';
import { creditMemoNumber } from '../../domain/money/credit-memo.ts';
import type { SettledLine } from '../../domain/money/settlement.ts';
import type { CreditMemo } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { csvLine } from '../csv.ts';
import { endpoint } from '../endpoint.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { isLegalEntity } from '../orders/legal-entity.ts';
import { Problem } from '../problem.ts';
import { DisputeBody, disputesOf } from './dispute-rows.ts';

export const LegalEntity = z.string().refine(isLegalEntity, 'is not the name of a legal entity, as in main');
const MemoNumber = z.coerce.number('use the number of a credit memo').int().positive().max(2_147_483_647);
export const MemoPath = z.object({ legalEntity: LegalEntity, number: MemoNumber });

export const SummaryBody = z
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

export const MemoBody = SummaryBody.extend({
  shippingFee: MoneyBody,
  byHand: MoneyBody.meta({ description: 'What a person credited beside the lines, as after a dispute.' }),
  lines: z.array(
    z.object({
      rma: z.string().meta({ description: 'The return, or the section, whose line it is.' }),
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
  disputes: z.array(DisputeBody),
}).meta({ id: 'CreditMemo' });

export const getCreditMemo = endpoint({
  method: 'get',
  path: '/v1/credit-memos/{legalEntity}/{number}',
  id: 'getCreditMemo',
  tag: 'Returns',
  summary: 'One credit memo with its lines',
  permission: 'returns:read',
  params: MemoPath,
  query: z.strictObject({ format: z.enum(['json', 'csv']).default('json') }),
  responses: { 200: { description: 'The credit memo.', schema: MemoBody, csv: true } },
  problems: [404],
  handle: async ({ params: { legalEntity, number }, query: { format } }, api) => {
    const memo = await readMemo(api, legalEntity, number);
    if (format === 'json') return { status: 200, body: memo };
    return { status: 200, stream: { type: 'text/csv', content: Readable.from(csvOf(memo)) } };
  },
});

function* csvOf(memo: z.infer<typeof MemoBody>): Iterable<string> {
  const { creditMemo, invoice, purchaseOrder, total } = memo;
  const figures = ['price', 'discount', 'tax', 'restockingFee', 'diminishedValue', 'amount'] as const;
  yield csvLine(['creditMemo', 'invoice', 'purchaseOrder', 'rma', 'line', 'sku', 'quantity', ...figures, 'currency']);
  for (const line of memo.lines) {
    const { rma, line: name, sku, quantity } = line;
    const amounts = figures.map((figure) => line[figure].amount);
    yield csvLine([creditMemo, invoice, purchaseOrder, rma, name, sku, quantity, ...amounts, total.currency]);
  }
}

type Line = SettledLine & { readonly rma: string; readonly sku: string };

// The settlements that a memo is about: its own return's, or those of its parts.
const SETTLED = `
  WITH about AS (
    SELECT rma, settlement FROM credit_memos WHERE legal_entity = $1 AND number = $2 AND settlement <> 'parts'
    UNION SELECT rma, settlement FROM credit_memo_parts WHERE legal_entity = $1 AND number = $2),
  settled AS (
    SELECT a.rma, event FROM about a JOIN journal j ON j.process = 'return:' || a.rma, jsonb_array_elements(j.events) AS event
    WHERE event->>'type' = 'settlement_due' AND event->>'settlement' = a.settlement)`;

const LINES = `${SETTLED}
  SELECT s.rma, credit->>'line' AS line, coalesce(l.sku, '') AS sku, (credit->>'quantity')::int AS quantity,
    (credit->>'price')::float8 AS price, (credit->>'discount')::float8 AS discount, (credit->>'tax')::float8 AS tax,
    (credit->>'restockingFee')::float8 AS "restockingFee", (credit->>'diminishedValue')::float8 AS "diminishedValue",
    (credit->>'amount')::float8 AS amount
  FROM settled s CROSS JOIN LATERAL jsonb_array_elements(s.event->'lines') AS credit
    LEFT JOIN return_lines l ON l.rma = s.rma AND l.line = credit->>'line'
  ORDER BY length(s.rma), s.rma, length(credit->>'line'), credit->>'line'`;

/** @throws {Problem} 404 `credit_memo_not_found` */
export async function readMemo(
  { db, pool }: Api,
  legalEntity: string,
  number: number,
): Promise<z.infer<typeof MemoBody>> {
  const row = await db.creditMemo.findUnique({
    where: { legalEntity_number: { legalEntity, number } },
    include: { order: { select: { purchaseOrder: true } }, disputes: { orderBy: { dispute: 'asc' } } },
  });
  if (row === null) throw memoNotFound(legalEntity, number);
  const { rows: lines } = await pool.query<Line>(LINES, [legalEntity, number]);
  const { rows: fees } = await pool.query<{ fee: number; byHand: number }>(
    `${SETTLED} SELECT coalesce(sum((event->>'shippingFee')::bigint), 0)::float8 AS fee,
       coalesce(sum((event #>> '{total,amount}')::bigint) FILTER (WHERE event ? 'adjustment'), 0)::float8 AS "byHand" FROM settled`,
    [legalEntity, number],
  );
  const money = (amount: number) => moneyOut(amount, row.currency);
  const { fee = 0, byHand = 0 } = fees[0] ?? {};
  return {
    ...summaryOf(row),
    shippingFee: money(fee),
    byHand: money(byHand),
    lines: lines.map(({ rma, line, sku, quantity, price, discount, tax, restockingFee, diminishedValue, amount }) => ({
      ...{ rma, line, sku, quantity },
      price: money(price),
      discount: money(discount),
      tax: money(tax),
      restockingFee: money(restockingFee),
      diminishedValue: money(diminishedValue),
      amount: money(amount),
    })),
    disputes: disputesOf(row.disputes, row.currency),
  };
}

const memoNotFound = (legalEntity: string, number: number): Problem =>
  new Problem(404, 'credit_memo_not_found', `there is no credit memo ${creditMemoNumber(legalEntity, number)}`);

export function summaryOf(
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
