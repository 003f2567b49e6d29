import { z } from 'zod';
import { type Answer, endpoint } from '../endpoint.ts';
import { ofUploads, resultLines, rowResultBody, uploadedRows, uploadTypes } from '../upload.ts';
import { columnNames } from './columns.ts';
import { importOrders } from './import.ts';
import type { Mapping } from './source.ts';

const statuses = ['created', 'unchanged', 'rejected'] as const;
const RowResultBody = rowResultBody('RowResult', statuses, {
  order: z.string().optional(),
  orderLine: z.string().optional(),
});

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
  description: `CSV with a header line, or newline-delimited JSON; the columns are ${columnNames.join(', ')}. ${ofUploads}`,
  permission: 'orders:import',
  streams: uploadTypes,
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
    const rows = importOrders(db, uploadedRows(request, mapping));
    return { status: 200, lines: resultLines(rows, statuses) };
  },
});
