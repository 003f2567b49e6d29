import { z } from 'zod';
import { creditMemoNumber } from '../../domain/money/credit-memo.ts';
import { wholeOf } from '../../domain/numbers/rma.ts';
import { goodsStatuses, moneyStatuses } from '../../domain/return/status.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { Rma } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';

const Time = z.iso.datetime();
const Goods = z.enum(goodsStatuses);
const Money = z.enum(moneyStatuses);

export const WholePath = z.object({ rma: Rma.refine((rma) => wholeOf(rma) === null, 'name the whole, not a section') });

const SummaryBody = z
  .object({
    rma: z.string().meta({ example: '73MN-Q9TX-0' }),
    order: z.string(),
    purchaseOrder: z.string().nullable(),
    program: z.string(),
    facility: z.string(),
    instrument: z.string(),
    lines: z.int().meta({ description: 'Rows of the file.' }),
    units: z.int(),
    status: z.object({ goods: Goods, money: Money }).meta({
      description: 'Of the least advanced section; those that bring nothing count only where none does.',
    }),
    quoted: MoneyBody,
    settled: MoneyBody,
    requestedAt: Time,
  })
  .meta({ id: 'BulkReturnSummary' });

export const BulkReturnBody = SummaryBody.extend({
  sections: z.array(
    z.object({
      rma: z.string().meta({ description: 'A return of its own, under /v1/returns.', example: '73MN-Q9TX-0.01' }),
      lines: z.int(),
      status: z.object({ goods: Goods, money: Money }),
      quoted: MoneyBody,
      settled: MoneyBody,
    }),
  ),
  verdicts: z.record(z.string(), z.int()).meta({ description: 'Lines of the sections by verdict.' }),
  needsPerson: z
    .record(z.string(), z.int())
    .meta({ description: 'What waits for a person in its sections, by reason.' }),
  creditDue: MoneyBody.meta({ description: 'Settled, and on no credit memo yet.' }),
  creditMemos: z.array(z.object({ creditMemo: z.string(), total: MoneyBody, issuedAt: Time })),
  deliveries: z.array(z.object({ delivery: z.string(), last: z.boolean(), units: z.int(), receivedAt: Time })),
}).meta({ id: 'BulkReturn' });

/** How far a section is, the least advanced first; what brings nothing comes last. */
const advance = [
  'reconciliation_required',
  ...(['requested', 'in_review', 'authorized', 'collecting', 'in_transit', 'lost', 'received', 'inspected'] as const),
  ...(['disposed', 'closed', 'expired', 'cancelled', 'declined'] as const),
] as const satisfies readonly z.infer<typeof Goods>[];

type Row = {
  readonly rma: string;
  readonly order: string;
  readonly purchaseOrder: string | null;
  readonly program: string;
  readonly facility: string;
  readonly instrument: string;
  readonly lines: number;
  readonly units: number;
  readonly currency: string;
  readonly requestedAt: Date;
  readonly goods: string;
  readonly money: string;
  readonly quoted: number;
  readonly settled: number;
};

/** One row for each bulk return, with what its sections come to. A section without a row has only been asked for. */
const summaries = (where: string, rest = '') => `
  SELECT b.rma, b.order_id AS "order", o.purchase_order AS "purchaseOrder", b.program, b.facility, b.instrument, b.lines, b.units,
    b.currency, b.requested_at AS "requestedAt",
    ($1::text[])[min(array_position($1::text[], coalesce(r.goods, 'requested')))] AS goods,
    CASE WHEN bool_and(coalesce(r.money, 'none') = 'full' OR r.goods IN ('declined', 'cancelled', 'expired')) AND bool_or(r.money = 'full')
      THEN 'full' WHEN bool_or(r.money IN ('full', 'partial')) THEN 'partial' ELSE 'none' END AS money,
    coalesce(sum(r.quoted), 0)::float8 AS quoted, coalesce(sum(r.settled), 0)::float8 AS settled
  FROM bulk_returns b JOIN orders o ON o.id = b.order_id JOIN bulk_sections s ON s.whole = b.rma LEFT JOIN returns r ON r.rma = s.rma
  WHERE ${where} GROUP BY b.rma, o.purchase_order ${rest}`;

const summaryOf = ({
  goods,
  money,
  currency,
  quoted,
  settled,
  requestedAt,
  ...row
}: Row): z.infer<typeof SummaryBody> => ({
  ...row,
  status: { goods: Goods.parse(goods), money: Money.parse(money) },
  quoted: moneyOut(quoted, currency),
  settled: moneyOut(settled, currency),
  requestedAt: requestedAt.toISOString(),
});

export const listBulkReturns = endpoint({
  method: 'get',
  path: '/v1/bulk-returns',
  id: 'listBulkReturns',
  tag: 'Bulk returns',
  summary: 'List bulk returns',
  description: 'Newest first.',
  permission: 'returns:read',
  query: z.strictObject({ limit: limitParameter, cursor: cursorParameter(z.tuple([cursorTime, cursorText])) }),
  responses: { 200: { description: 'A page of bulk returns.', schema: listBody(SummaryBody) } },
  handle: async ({ query: { limit, cursor } }, { pool }) => {
    const after = cursor ?? ['9999-12-31T00:00:00Z', ''];
    const { rows } = await pool.query<Row>(
      summaries('(b.requested_at, b.rma) < ($2::timestamptz, $3)', 'ORDER BY b.requested_at DESC, b.rma DESC LIMIT $4'),
      [advance, ...after, limit + 1],
    );
    const page = pageOf(rows, limit, (row) => [row.requestedAt.toISOString(), row.rma]);
    return { status: 200, body: { data: page.rows.map(summaryOf), nextCursor: page.nextCursor } };
  },
});

export const getBulkReturn = endpoint({
  method: 'get',
  path: '/v1/bulk-returns/{rma}',
  id: 'getBulkReturn',
  tag: 'Bulk returns',
  summary: 'One bulk return with its sections',
  permission: 'returns:read',
  params: WholePath,
  responses: { 200: { description: 'The bulk return.', schema: BulkReturnBody } },
  problems: [404],
  handle: async ({ params: { rma } }, api) => ({ status: 200, body: await readBulkReturn(api, rma) }),
});

type SectionRow = {
  readonly rma: string;
  readonly lines: number;
  readonly goods: string;
  readonly money: string;
  readonly quoted: number;
  readonly settled: number;
};

/** @throws {Problem} 404 `return_not_found` */
export async function readBulkReturn({ pool }: Api, rma: string): Promise<z.infer<typeof BulkReturnBody>> {
  const found = await pool.query<Row>(summaries('b.rma = $2'), [advance, rma]);
  const [row] = found.rows;
  if (row === undefined) throw wholeNotFound(rma);
  const sections = await pool.query<SectionRow>(
    `SELECT s.rma, coalesce(r.goods, 'requested') AS goods, coalesce(r.money, 'none') AS money,
       coalesce(r.quoted, 0)::float8 AS quoted, coalesce(r.settled, 0)::float8 AS settled,
       (SELECT count(DISTINCT line)::int FROM bulk_rows WHERE section = s.rma) AS lines
     FROM bulk_sections s LEFT JOIN returns r ON r.rma = s.rma WHERE s.whole = $1 ORDER BY length(s.rma), s.rma`,
    [rma],
  );
  const counts = await pool.query<{ readonly of: string; readonly what: string; readonly count: number }>(
    `SELECT 'verdict' AS of, l.verdict AS what, count(*)::int FROM bulk_sections s JOIN return_lines l ON l.rma = s.rma
       WHERE s.whole = $1 GROUP BY l.verdict
     UNION ALL SELECT 'reason', a.reason, count(*)::int FROM bulk_sections s JOIN attention a ON a.rma = s.rma
       WHERE s.whole = $1 AND a.resolved_at IS NULL GROUP BY a.reason`,
    [rma],
  );
  const memos = await pool.query<{ entity: string; number: number; amount: number; at: Date }>(
    `SELECT legal_entity AS entity, number, amount::float8, issued_at AS at FROM credit_memos WHERE rma = $1 ORDER BY legal_entity, number`,
    [rma],
  );
  const due = await pool.query<{ amount: number }>(
    'SELECT coalesce(sum(amount), 0)::float8 AS amount FROM credit_memo_parts WHERE whole = $1 AND number IS NULL',
    [rma],
  );
  const deliveries = await pool.query<{ delivery: string; last: boolean; units: number; receivedAt: Date }>(
    `SELECT delivery, last, units, received_at AS "receivedAt" FROM bulk_deliveries WHERE whole = $1 ORDER BY received_at, delivery`,
    [rma],
  );
  const countsOf = (of: string) =>
    Object.fromEntries(counts.rows.filter((each) => each.of === of).map(({ what, count }) => [what, count]));
  const { currency } = row;
  return {
    ...summaryOf(row),
    sections: sections.rows.map(({ goods, money, quoted, settled, ...section }) => ({
      ...section,
      status: { goods: Goods.parse(goods), money: Money.parse(money) },
      quoted: moneyOut(quoted, currency),
      settled: moneyOut(settled, currency),
    })),
    verdicts: countsOf('verdict'),
    needsPerson: countsOf('reason'),
    creditDue: moneyOut(due.rows[0]?.amount ?? 0, currency),
    creditMemos: memos.rows.map(({ entity, number, amount, at }) => ({
      creditMemo: creditMemoNumber(entity, number),
      total: moneyOut(amount, currency),
      issuedAt: at.toISOString(),
    })),
    deliveries: deliveries.rows.map(({ receivedAt, ...delivery }) => ({
      ...delivery,
      receivedAt: receivedAt.toISOString(),
    })),
  };
}

/** The sections of a bulk return, in their order. @throws {Problem} 404 `return_not_found` */
export async function sectionsOf({ pool }: Api, whole: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ rma: string }>(
    'SELECT rma FROM bulk_sections WHERE whole = $1 ORDER BY length(rma), rma',
    [whole],
  );
  if (rows.length === 0) throw wholeNotFound(whole);
  return rows.map(({ rma }) => rma);
}

const wholeNotFound = (rma: string): Problem =>
  new Problem(404, 'return_not_found', `there is no bulk return ${rma}; GET /v1/bulk-returns lists them`);
