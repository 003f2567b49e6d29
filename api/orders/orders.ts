import { z } from 'zod';
import { type Answer, endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { Problem } from '../problem.ts';
import { importOrders, type RowResult, type UnreadableRow } from './import.ts';
import { columnNames, type SourceRow } from './row.ts';
import { csvRows, jsonRows, type Mapping, UnreadableFile } from './source.ts';

/** One request's bounds; a larger file comes in parts. */
const MAX_ROWS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

const OrderBody = z
  .object({
    order: z.string(),
    channel: z.string(),
    currency: z.string(),
    country: z.string(),
    placedAt: z.iso.datetime(),
    lines: z.array(
      z.object({
        orderLine: z.string(),
        number: z.int(),
        sku: z.string(),
        title: z.string(),
        category: z.string(),
        quantity: z.int(),
        fulfilled: z.int(),
        returnable: z.int().meta({ description: 'Units that no return holds or has consumed.' }),
        price: MoneyBody,
        discount: MoneyBody,
        tax: MoneyBody,
        deliveredAt: z.iso.datetime().nullable(),
      }),
    ),
    payments: z.array(
      z.object({ payment: z.string(), captured: MoneyBody, refunded: MoneyBody, disputed: z.boolean() }),
    ),
    returns: z.array(z.object({ rma: z.string(), goods: z.string(), money: z.string() })),
  })
  .meta({ id: 'Order' });

const getOrder = endpoint({
  method: 'get',
  path: '/v1/orders/{order}',
  id: 'getOrder',
  tag: 'Orders',
  summary: 'One order with what can still come back',
  description: 'No names or addresses.',
  permission: 'orders:read',
  params: z.object({ order: OutsideCode }),
  responses: { 200: { description: 'The order.', schema: OrderBody } },
  problems: [404],
  handle: async ({ params }, { db }) => {
    const order = await db.order.findUnique({
      where: { id: params.order },
      include: {
        lines: { orderBy: { number: 'asc' }, include: { fulfilments: { select: { deliveredAt: true } } } },
        payments: { orderBy: { id: 'asc' } },
        returns: { orderBy: { requestedAt: 'asc' }, select: { rma: true, goods: true, money: true } },
      },
    });
    if (order === null) throw new Problem(404, 'order_not_found', `there is no order ${params.order}; import it first`);
    const held = await heldUnits(db, order.id);
    const { currency } = order;
    const body: z.infer<typeof OrderBody> = {
      order: order.id,
      channel: order.channel,
      currency,
      country: order.country,
      placedAt: order.placedAt.toISOString(),
      lines: order.lines.map((line) => ({
        orderLine: line.id,
        number: line.number,
        sku: line.sku,
        title: line.title,
        category: line.category,
        quantity: line.quantity,
        fulfilled: line.fulfilled,
        returnable: line.fulfilled - (held.get(line.id) ?? 0),
        price: moneyOut(Number(line.price), currency),
        discount: moneyOut(Number(line.discount), currency),
        tax: moneyOut(Number(line.tax), currency),
        deliveredAt: latest(line.fulfilments.flatMap(({ deliveredAt }) => deliveredAt ?? [])),
      })),
      payments: order.payments.map(({ id, captured, refunded, disputed }) => ({
        payment: id,
        captured: moneyOut(Number(captured), currency),
        refunded: moneyOut(Number(refunded), currency),
        disputed,
      })),
      returns: order.returns,
    };
    return { status: 200, body };
  },
});

const RowResultBody = z
  .object({
    row: z.int(),
    status: z.enum(['created', 'unchanged', 'rejected']),
    order: z.string().optional(),
    orderLine: z.string().optional(),
    errors: z.array(z.object({ column: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'RowResult', description: 'A line of the answer; the last one holds the counts instead.' });

const pairs = (what: string) =>
  z
    .string()
    .max(4000)
    .transform((text, context) => {
      const read = text.split(',').map((pair) => {
        const colon = pair.indexOf(':');
        return [pair.slice(0, Math.max(colon, 0)).trim(), pair.slice(colon + 1).trim()] as const;
      });
      const wrong = read.find(([name, value]) => !columnNames.includes(name) || value === '');
      if (wrong === undefined) return Object.fromEntries(read);
      context.addIssue({
        code: 'custom',
        message: `use column:${what},column:${what}; the columns are ${columnNames.join(', ')}`,
        params: { code: 'mapping_invalid' },
      });
      return z.NEVER;
    })
    .optional()
    .meta({ override: { type: 'string' }, example: `order:${what}` });

const importEndpoint = endpoint({
  method: 'post',
  path: '/v1/orders/import',
  id: 'importOrders',
  tag: 'Orders',
  summary: 'Import orders, a row an order line',
  description:
    `CSV with a header line, or newline-delimited JSON; the columns are ${columnNames.join(', ')}. ` +
    'The answer is newline-delimited JSON: a result per row as it is stored, then one line with the counts. Good rows ' +
    'are taken, bad ones reported by number, column and reason. What is stored already stays as it is, so a file may be sent ' +
    `again. At most ${MAX_ROWS} rows and ${MAX_BYTES / 1024 / 1024} MiB a request.`,
  permission: 'orders:import',
  streams: ['text/csv', 'application/x-ndjson'],
  query: z.strictObject({
    columns: pairs('InvoiceNo').meta({ description: 'Which of the file’s columns is which of ours.' }),
    preset: pairs('GBP').meta({ description: 'Values for rows that have none: currency:GBP,channel:store.' }),
  }),
  responses: { 200: { description: 'A result per row.', schema: RowResultBody, contentType: 'application/x-ndjson' } },
  handle: async ({ query, request }, { db }): Promise<Answer> => {
    const mapping: Mapping = {
      ...(query.columns === undefined ? {} : { columns: query.columns }),
      ...(query.preset === undefined ? {} : { preset: query.preset }),
    };
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw new Problem(415, 'encoding_unsupported', 'send the rows as they are, not compressed');
    }
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
    const read = type === 'text/csv' ? csvRows : type === 'application/x-ndjson' ? jsonRows : null;
    if (read === null) {
      throw new Problem(415, 'content_type_unsupported', 'send Content-Type: text/csv or application/x-ndjson');
    }
    return { status: 200, lines: results(importOrders(db, bounded(read(withinBytes(request), mapping)))) };
  },
});

export const orderEndpoints = [getOrder, importEndpoint];

/** The results, then the counts; why it stopped where it could not go on. What was stored stays stored. */
async function* results(rows: AsyncIterable<RowResult>): AsyncIterable<unknown> {
  const counts = { created: 0, unchanged: 0, rejected: 0 };
  try {
    for await (const result of rows) {
      counts[result.status] += 1;
      yield result;
    }
    yield { done: true, ...counts };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield { done: false, ...counts, code: error.code, detail: error.message };
  }
}

async function* bounded(rows: AsyncIterable<SourceRow | UnreadableRow>): AsyncIterable<SourceRow | UnreadableRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > MAX_ROWS)
      throw new UnreadableFile('too_many_rows', `only ${MAX_ROWS} rows are taken at once; send the rest again`);
    yield row;
  }
}

async function* withinBytes(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES)
      throw new UnreadableFile('body_too_large', `only ${MAX_BYTES} bytes are taken at once; send the rest again`);
    yield chunk;
  }
}

type Held = { readonly line: string; readonly units: number };

async function heldUnits(
  db: { $queryRaw: <T>(query: TemplateStringsArray, ...values: unknown[]) => Promise<T> },
  order: string,
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<Held[]>`
    select h.order_line_id as line, sum(upper(part) - lower(part))::int as units
    from unit_holds h join order_lines l on l.id = h.order_line_id, unnest(h.units) as part
    where l.order_id = ${order} group by h.order_line_id`;
  return new Map(rows.map(({ line, units }) => [line, units]));
}

function latest(dates: readonly Date[]): string | null {
  const last = dates.reduce((max, date) => Math.max(max, date.getTime()), 0);
  return last === 0 ? null : new Date(last).toISOString();
}
