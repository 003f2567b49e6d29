import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { csvLine } from '../csv.ts';
import { endpoint } from '../endpoint.ts';
import { cursorParameter, limitParameter, listBody, pageOf } from '../page.ts';
import { sectionsOf, WholePath } from './one.ts';

const LineBody = z
  .object({
    row: z.int(),
    section: z.string(),
    line: z
      .string()
      .meta({ description: 'The line of the section that the row is on; rows of one order line share it.' }),
    orderLine: z.string(),
    sku: z.string(),
    lot: z.string().nullable(),
    quantity: z.int(),
    reason: z.string(),
    verdict: z.string().nullable().meta({ description: 'Null until it is decided.' }),
    codes: z.array(z.string()),
    cancelled: z.int().meta({ description: 'Of the whole line, like the figures that follow.' }),
    outstanding: z.int(),
    missing: z.int(),
    received: z.int(),
  })
  .meta({ id: 'BulkReturnLine' });
type Line = z.infer<typeof LineBody>;

/** Rows that are read at once where all are streamed. */
const CHUNK = 1_000;

const READ = `
  SELECT b.row, b.section, b.line, b.order_line_id AS "orderLine", b.sku, b.lot, b.quantity, b.reason, l.verdict,
    coalesce(l.codes, '{}') AS codes, coalesce(l.cancelled, 0) AS cancelled, coalesce(l.outstanding, 0) AS outstanding,
    coalesce(l.missing, 0) AS missing, coalesce(l.received, 0) AS received
  FROM bulk_rows b LEFT JOIN return_lines l ON l.rma = b.section AND l.line = b.line
  WHERE b.whole = $1 AND b.row > $2 ORDER BY b.row LIMIT $3`;

export const listBulkReturnLines = endpoint({
  method: 'get',
  path: '/v1/bulk-returns/{rma}/lines',
  id: 'listBulkReturnLines',
  tag: 'Bulk returns',
  summary: 'The rows of a bulk return with what was decided, and where each is',
  description: 'With `format=csv` all rows at once, as they were asked for: the packing list of the whole.',
  permission: 'returns:read',
  params: WholePath,
  query: z.strictObject({
    format: z.enum(['json', 'csv']).default('json'),
    limit: limitParameter,
    cursor: cursorParameter(z.int().positive()),
  }),
  responses: { 200: { description: 'A page of rows.', schema: listBody(LineBody), csv: true } },
  problems: [404],
  handle: async ({ params: { rma }, query: { format, limit, cursor = 0 } }, api) => {
    await sectionsOf(api, rma);
    if (format === 'csv') return { status: 200, stream: { type: 'text/csv', content: Readable.from(csvOf(api, rma)) } };
    const page = pageOf(await read(api, rma, cursor, limit + 1), limit, ({ row }) => row);
    return { status: 200, body: { data: page.rows, nextCursor: page.nextCursor } };
  },
});

const read = async ({ pool }: Api, whole: string, after: number, limit: number): Promise<Line[]> =>
  (await pool.query<Line>(READ, [whole, after, limit])).rows;

async function* csvOf(api: Api, whole: string): AsyncIterable<string> {
  yield csvLine(Object.keys(LineBody.shape));
  for (let after = 0; ; ) {
    const rows = await read(api, whole, after, CHUNK);
    if (rows.length > 0) yield rows.map(lineOf).join('');
    if (rows.length < CHUNK) return;
    after = rows.at(-1)?.row ?? after;
  }
}

const lineOf = ({
  row,
  section,
  line,
  orderLine,
  sku,
  lot,
  quantity,
  reason,
  verdict,
  codes,
  ...units
}: Line): string =>
  csvLine([
    ...[row, section, line, orderLine, sku, lot, quantity, reason, verdict, codes.join('|')],
    ...[units.cancelled, units.outstanding, units.missing, units.received],
  ]);
