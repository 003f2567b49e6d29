import { z } from 'zod';
import { type Answer, endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { columnNames } from './columns.ts';
import { importOrders, type RowResult, type UnreadableRow } from './import.ts';
import type { SourceRow } from './row.ts';
import { csvRows, jsonRows, type Mapping, UnreadableFile } from './source.ts';

/** One request's bounds; a larger file comes in parts. */
const MAX_ROWS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

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

export const importOrdersEndpoint = endpoint({
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
