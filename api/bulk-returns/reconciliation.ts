import { Readable } from 'node:stream';
import { z } from 'zod';
import { csvLine } from '../csv.ts';
import { endpoint } from '../endpoint.ts';
import { sectionsOf, WholePath } from './one.ts';

const LotBody = z
  .object({
    sku: z.string(),
    lot: z.string().nullable().meta({ description: 'Null where no lot was asked for, or none was read.' }),
    requested: z.int(),
    authorized: z.int().meta({ description: 'Requested, less what was barred, declined or cancelled.' }),
    received: z.int(),
    accepted: z.int(),
    rejected: z.int(),
    credited: z.int().meta({ description: 'On a credit memo.' }),
    difference: z.int().meta({ description: 'Received less authorized: below 0 short, above 0 over.' }),
  })
  .meta({ id: 'LotReconciliation' });
type Lot = z.infer<typeof LotBody>;

const ReconciliationBody = z
  .object({
    rma: z.string(),
    lots: z.array(LotBody),
    totals: LotBody.omit({ sku: true, lot: true }),
    differing: z.int().meta({ description: 'How many SKUs and lots differ.' }),
  })
  .meta({ id: 'BulkReconciliation' });

/**
 * What was asked of each SKU and lot against what came of it. Rows of one line that lost some of its units lose them from
 * the last row on. What is credited are the items that a settlement names whose part is on a credit memo.
 */
const BY_LOT = `
  WITH asked AS (
    SELECT b.sku, b.lot, b.quantity,
      CASE WHEN l.verdict IN ('eligible', 'approved') THEN l.requested - l.cancelled ELSE 0 END AS allowed,
      sum(b.quantity) OVER (PARTITION BY b.section, b.line ORDER BY b.row) - b.quantity AS before
    FROM bulk_rows b LEFT JOIN return_lines l ON l.rma = b.section AND l.line = b.line WHERE b.whole = $1),
  credited AS (
    SELECT p.rma, item FROM credit_memo_parts p JOIN journal j ON j.process = 'return:' || p.rma,
      jsonb_array_elements(j.events) AS event, jsonb_array_elements_text(event->'items') AS item
    WHERE p.whole = $1 AND p.number IS NOT NULL AND event->>'type' = 'settlement_due' AND event->>'settlement' = p.settlement),
  both_sides AS (
    SELECT sku, lot, sum(quantity) AS requested, sum(greatest(0, least(quantity, coalesce(allowed, 0) - before))) AS authorized,
      0 AS received, 0 AS accepted, 0 AS rejected, 0 AS credited
    FROM asked GROUP BY sku, lot
    UNION ALL
    SELECT i.sku, CASE WHEN n.named THEN i.lot END, 0, 0, sum(i.quantity),
      sum(i.quantity) FILTER (WHERE i.acceptance = 'accepted'), sum(i.quantity) FILTER (WHERE i.acceptance = 'rejected'),
      sum(i.quantity) FILTER (WHERE c.item IS NOT NULL)
    FROM bulk_sections s JOIN return_items i ON i.rma = s.rma
      LEFT JOIN (SELECT DISTINCT rma, item FROM credited) c ON c.rma = i.rma AND c.item = i.item
      -- A SKU that was asked for without lots is told without them.
      CROSS JOIN LATERAL (SELECT NOT EXISTS (SELECT FROM bulk_rows b WHERE b.whole = $1 AND b.sku = i.sku AND b.lot IS NULL) AS named) n
    WHERE s.whole = $1 GROUP BY i.sku, CASE WHEN n.named THEN i.lot END)
  SELECT sku, lot, sum(requested)::int AS requested, sum(authorized)::int AS authorized, sum(received)::int AS received,
    coalesce(sum(accepted), 0)::int AS accepted, coalesce(sum(rejected), 0)::int AS rejected, coalesce(sum(credited), 0)::int AS credited,
    (sum(received) - sum(authorized))::int AS difference
  FROM both_sides GROUP BY sku, lot ORDER BY sku, lot NULLS FIRST`;

export const reconcileBulkReturn = endpoint({
  method: 'get',
  path: '/v1/bulk-returns/{rma}/reconciliation',
  id: 'reconcileBulkReturn',
  tag: 'Bulk returns',
  summary: 'What was asked and what came, by SKU and lot',
  permission: 'returns:read',
  params: WholePath,
  query: z.strictObject({ format: z.enum(['json', 'csv']).default('json') }),
  responses: { 200: { description: 'Expected against received.', schema: ReconciliationBody, csv: true } },
  problems: [404],
  handle: async ({ params: { rma }, query: { format } }, api) => {
    await sectionsOf(api, rma);
    const { rows } = await api.pool.query<Lot>(BY_LOT, [rma]);
    if (format === 'csv') {
      const lines = rows.map((row) => csvLine(columns.map((column) => row[column])));
      return { status: 200, stream: { type: 'text/csv', content: Readable.from([csvLine(columns), ...lines]) } };
    }
    const sum = (of: keyof Omit<Lot, 'sku' | 'lot'>) => rows.reduce((total, row) => total + row[of], 0);
    const totals = {
      requested: sum('requested'),
      authorized: sum('authorized'),
      received: sum('received'),
      accepted: sum('accepted'),
      rejected: sum('rejected'),
      credited: sum('credited'),
      difference: sum('difference'),
    };
    const differing = rows.filter(({ difference }) => difference !== 0).length;
    return { status: 200, body: { rma, lots: rows, totals, differing } };
  },
});

const columns = [
  ...(['sku', 'lot', 'requested', 'authorized', 'received', 'accepted', 'rejected', 'credited', 'difference'] as const),
];
