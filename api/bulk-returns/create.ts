import { z } from 'zod';
import { decide } from '../../domain/return/decide.ts';
import { initialState } from '../../domain/return/state.ts';
import { csvLine } from '../csv.ts';
import { endpoint, type RawCall } from '../endpoint.ts';
import { commandIdOf, idempotencyKey } from '../idempotency.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { refusalProblem } from '../refusals.ts';
import { sentencesOf } from '../returns/decision.ts';
import { uploadTypes } from '../upload.ts';
import { deliverToSections } from './deliver.ts';
import { BulkReturnBody, readBulkReturn, sectionsOf } from './one.ts';
import { Asked, type Plan, planned, Row } from './plan.ts';
import { startOf, storeBulkReturn, wholeFor } from './store.ts';
import { mostRows, type RowFault, readTable } from './table.ts';

const columns = Object.keys(Row.shape).join(', ');
const file =
  `The file is CSV with a header line, or newline-delimited JSON; its columns are ${columns}. A row names its order line, or ` +
  `its SKU where one line of the order has it; rows of one order line may differ by lot. At most ${mostRows} rows.`;

const BadRow = z
  .object({ row: z.int(), column: z.string(), code: z.string(), detail: z.string() })
  .meta({ id: 'BadRow' });

export const createBulkReturn = endpoint({
  method: 'post',
  path: '/v1/bulk-returns',
  id: 'createBulkReturn',
  tag: 'Bulk returns',
  summary: 'Ask for a return of thousands of lines',
  description:
    `${file} All rows are checked before anything starts: a bad one is named by number and column, and nothing is ` +
    'started unless `badRows=leave_out` says so. The goods come by freight that their sender arranges, under one number; ' +
    'sections of it run as returns of their own. With an Idempotency-Key the same file may be sent again, also after a ' +
    'crash: each section starts once.',
  permission: 'returns:create',
  streams: uploadTypes,
  keepsKey: true,
  query: Asked,
  responses: {
    201: {
      description: 'The bulk return; sections that are not decided yet are `requested`.',
      schema: BulkReturnBody.extend({
        badRows: z
          .array(BadRow)
          .meta({ description: 'Those that were left out; empty where the same file is sent again.' }),
      }).meta({ id: 'BulkReturnCreated' }),
    },
  },
  problems: [415],
  handle: async (call, api) => {
    const { caller, query, request } = call;
    const table = await readTable(request, Row);
    const asking = { commandId: commandIdFor(call), by: caller.id, sha256: table.sha256 };
    const { whole, isNew } = await wholeFor(api, asking);
    let badRows: readonly RowFault[] = [];
    if (isNew) {
      const plan = await planned(api, whole, query, table);
      badRows = plan.faults;
      await storeBulkReturn(api, whole, query, asking, plan);
    }
    await deliverToSections(api, (await sectionsOf(api, whole)).map(startOf));
    const body = { ...(await readBulkReturn(api, whole)), badRows: [...badRows] };
    return { status: 201, body, headers: { location: `/v1/bulk-returns/${whole}` } };
  },
});

/** The framework keeps no key for what it hasn't read: the file counts by its sum, which is compared once it was read. */
function commandIdFor({ caller, query, request, commandId }: Omit<RawCall, 'params' | 'body'>): string {
  const header = request.headers['idempotency-key'];
  const key = idempotencyKey(Array.isArray(header) ? header[0] : header);
  if (key === undefined) return commandId;
  return commandIdOf({ apiKeyId: caller.id, key, method: 'POST', path: '/v1/bulk-returns', body: query });
}

const PreviewBody = z
  .object({
    lines: z.int(),
    units: z.int(),
    sections: z.int(),
    verdicts: z.record(z.string(), z.int()),
    quoted: MoneyBody,
    worth: MoneyBody.meta({ description: 'What a person looks at above the policy’s threshold.' }),
    badRows: z.array(BadRow),
    decisions: z.array(
      z.object({
        row: z.int(),
        orderLine: z.string(),
        sku: z.string(),
        lot: z.string().nullable(),
        quantity: z.int(),
        verdict: z.string(),
        codes: z.array(z.string()),
        sentences: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'BulkReturnPreview' });

export const previewBulkReturn = endpoint({
  method: 'post',
  path: '/v1/bulk-returns/preview',
  id: 'previewBulkReturn',
  tag: 'Bulk returns',
  summary: 'What would be decided of each row, without asking for it',
  description: `${file} Nothing is stored or reserved. With \`format=csv\` the answer is a decision a row.`,
  permission: 'returns:preview',
  streams: uploadTypes,
  query: Asked.extend({ format: z.enum(['json', 'csv']).default('json') }),
  responses: { 200: { description: 'Decisions and quote.', schema: PreviewBody, csv: true } },
  problems: [415],
  handle: async ({ query, request, caller }, api) => {
    const { format, ...asked } = query;
    const plan = await planned(api, 'PREVIEW', asked, await readTable(request, Row));
    const decided = decisionsOf(plan, caller.id);
    if (format === 'csv') {
      const header = csvLine(['row', 'orderLine', 'sku', 'lot', 'quantity', 'verdict', 'codes']);
      const lines = decided.rows.map(({ row, orderLine, sku, lot, quantity, verdict, codes }) =>
        csvLine([row, orderLine, sku, lot, quantity, verdict, codes.join('|')]),
      );
      return { status: 200, file: { type: 'text/csv', bytes: Buffer.from([header, ...lines].join('')) } };
    }
    const body: z.infer<typeof PreviewBody> = {
      lines: plan.rows,
      units: plan.units,
      sections: plan.sections.length,
      verdicts: Object.fromEntries(
        [...Map.groupBy(decided.rows, ({ verdict }) => verdict)].map(([verdict, rows]) => [verdict, rows.length]),
      ),
      quoted: moneyOut(decided.quoted, plan.currency),
      worth: moneyOut(plan.worth, plan.currency),
      badRows: [...plan.faults],
      decisions: decided.rows.map((row) => ({ ...row, sentences: sentencesOf(row.codes) })),
    };
    return { status: 200, body };
  },
});

function decisionsOf({ sections }: Plan, by: string) {
  const at = new Date().toISOString();
  let quoted = 0;
  const rows = sections.flatMap(({ section, request, facts }) => {
    const command = { type: 'request', rma: section.rma, request, facts } as const;
    const decision = decide(initialState, { commandId: 'preview', at, by, command });
    if (decision.type === 'refused') throw refusalProblem(decision.refusal, request);
    quoted += decision.events.reduce((sum, event) => (event.type === 'quoted' ? event.total.amount : sum), 0);
    const lines = new Map(
      decision.events.flatMap((event) => (event.type === 'line_decided' ? [[event.line, event] as const] : [])),
    );
    return section.rows.map(({ row, line, orderLine, sku, lot, quantity }) => {
      const { verdict = '', codes = [] } = lines.get(line) ?? {};
      return { row, orderLine, sku, lot, quantity, verdict: String(verdict), codes: [...codes] };
    });
  });
  return { quoted, rows: rows.toSorted((a, b) => a.row - b.row) };
}
