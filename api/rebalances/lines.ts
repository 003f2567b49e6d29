import { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { z } from 'zod';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { csvLine } from '../csv.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { moneyOut } from '../money.ts';
import { numberField } from '../network/desk.ts';
import { cursorParameter, cursorText, limitParameter, listBody, pageOf } from '../page.ts';
import { processNotFound } from '../process-desk.ts';
import { LeftoverBody, LineBody, leftoverOut } from './bodies.ts';
import { rebalances } from './desk.ts';

const params = z.object({ number: numberField(rebalances) });

export const listRebalanceLines = endpoint({
  method: 'get',
  path: `${rebalances.path}/{number}/lines`,
  id: 'listRebalanceLines',
  tag: rebalances.tag,
  summary: 'What goes where, why, and what that saves',
  description: 'The lines of the latest plan. As CSV, all of them.',
  permission: 'network:read',
  params,
  query: z.strictObject({
    format: z.enum(['json', 'csv']).default('json'),
    sku: OutsideCode.optional(),
    origin: OutsideCode.optional(),
    destination: OutsideCode.optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.int().min(0)),
  }),
  responses: { 200: { description: 'A page of lines.', schema: listBody(LineBody), csv: true } },
  problems: [404],
  handle: async ({ params: { number }, query: { format, limit, cursor = 0, ...only } }, api) => {
    const currency = await currencyOf(api, number);
    if (format === 'csv')
      return { status: 200, stream: { type: 'text/csv', content: Readable.from(csvOf(api.pool, number, currency)) } };
    const page = pageOf(await linesAfter(api.pool, number, cursor, limit + 1, only), limit, ({ line }) => line);
    return {
      status: 200,
      body: { data: page.rows.map((row) => lineOut(row, currency)), nextCursor: page.nextCursor },
    };
  },
});

type Only = {
  readonly sku?: string | undefined;
  readonly origin?: string | undefined;
  readonly destination?: string | undefined;
};
type Row = Omit<z.infer<typeof LineBody>, 'cost' | 'saving'> & { readonly cost: number; readonly saving: number };

async function linesAfter(pool: Pool, number: string, after: number, limit: number, only: Only): Promise<Row[]> {
  const { sku = null, origin = null, destination = null } = only;
  const { rows } = await withClient(pool, (client) =>
    client.query<Row>(
      `SELECT line, sku, origin, destination, trip, quantity, why, from_excess AS "fromExcess", days, cost::float8 AS cost,
          saving::float8 AS saving, t.started AS transfer, t.refusal
        FROM rebalance_lines l LEFT JOIN rebalance_transfers t ON t.number = l.number AND t.transfer = l.transfer
        WHERE l.number = $1 AND line > $2 AND ($4::text IS NULL OR sku = $4) AND ($5::text IS NULL OR origin = $5)
          AND ($6::text IS NULL OR destination = $6) ORDER BY line LIMIT $3`,
      [number, after, limit, sku, origin, destination],
    ),
  );
  return rows;
}

const lineOut = ({ cost, saving, ...row }: Row, currency: string): z.infer<typeof LineBody> => ({
  ...row,
  cost: moneyOut(cost, currency),
  saving: moneyOut(saving, currency),
});

const columns = ['line', 'sku', 'origin', 'destination', 'trip', 'quantity', 'why', 'fromExcess', 'days'] as const;
const PAGE = 1_000;

async function* csvOf(pool: Pool, number: string, currency: string): AsyncIterable<string> {
  yield csvLine([...columns, 'cost', 'saving', 'currency', 'transfer', 'refusal']);
  for (let after = 0; ; ) {
    const rows = await linesAfter(pool, number, after, PAGE, {});
    for (const row of rows) {
      const { cost, saving, transfer, refusal } = lineOut(row, currency);
      yield csvLine([...columns.map((column) => row[column]), cost.amount, saving.amount, currency, transfer, refusal]);
      after = row.line;
    }
    if (rows.length < PAGE) return;
  }
}

export const listRebalanceExcess = endpoint({
  method: 'get',
  path: `${rebalances.path}/{number}/excess`,
  id: 'listRebalanceExcess',
  tag: rebalances.tag,
  summary: 'What nobody needs after the plan, and where it had better go',
  description:
    'Beyond the maximum of its facility, and wanted nowhere that it is worth its way to. The exit is the one that brings most; a ' +
    'vendor return or a lot is opened by hand.',
  permission: 'network:read',
  params,
  query: z.strictObject({ limit: limitParameter, cursor: cursorParameter(z.tuple([cursorText, cursorText])) }),
  responses: { 200: { description: 'A page of goods.', schema: listBody(LeftoverBody) } },
  problems: [404],
  handle: async ({ params: { number }, query: { limit, cursor } }, api) => {
    const currency = await currencyOf(api, number);
    const after =
      cursor === undefined ? {} : { OR: [{ sku: { gt: cursor[0] } }, { sku: cursor[0], facility: { gt: cursor[1] } }] };
    const rows = await api.db.rebalanceLeftover.findMany({
      where: { number, ...after },
      orderBy: [{ sku: 'asc' }, { facility: 'asc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, ({ sku, facility }) => [sku, facility]);
    return {
      status: 200,
      body: { data: page.rows.map((row) => leftoverOut(row, currency)), nextCursor: page.nextCursor },
    };
  },
});

/** @throws {Problem} 404 where there is no such rebalancing */
async function currencyOf({ db }: Pick<Api, 'db'>, number: string): Promise<string> {
  const row = await db.rebalance.findUnique({ where: { number }, select: { currency: true } });
  if (row === null) throw processNotFound(rebalances, number);
  return row.currency;
}
