import { z } from 'zod';
import { TRACE, UNKNOWN_LOTS } from '../../activities/journal/trace.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { cursorParameter, cursorText, pageOf } from '../page.ts';
import { RecallScopeBody, soundScope } from './scope.ts';

const holders = ['consignee', 'stock', 'in_return', 'shortfall'] as const;

const TracedBody = z
  .object({
    holder: z.enum(holders).meta({
      description:
        'consignee: has got them and not sent them back; stock: on hand at a facility; in_return: came back to it and has no ' +
        'end yet; shortfall: nobody has them, but more of the lot left than ever came in, so the records have a gap.',
    }),
    consignee: z.string().nullable(),
    kind: z.string().nullable().meta({ description: 'Of a consignee: store, business, distributor or shopper.' }),
    facility: z.string().nullable(),
    sku: z.string(),
    lot: z.string().nullable().meta({ description: 'Null where nobody told it.' }),
    descended: z.boolean().meta({ description: 'Not of the scope itself, but made of it.' }),
    possible: z
      .boolean()
      .meta({ description: 'May be of the scope; nobody can tell, as the lot isn’t known. Counted apart.' }),
    quantity: z.int(),
    value: MoneyBody.nullable().meta({
      description: 'What they were sold or bought for, without tax; null where nobody told.',
    }),
  })
  .meta({ id: 'TracedGoods' });

const TraceBody = z
  .object({
    summary: z.object({
      units: z.int().meta({ description: 'All that is affected, wherever it is; without what only may be.' }),
      byHolder: z.record(z.enum(holders), z.int()),
      possibleUnits: z.int(),
      value: z.array(MoneyBody).meta({ description: 'Of the units whose value is known, by currency.' }),
      lots: z.int().meta({ description: 'Of which there are goods; with those that were made of others.' }),
      descendedLots: z.int(),
      consignees: z.record(z.string(), z.int()).meta({ description: 'How many have some, by their kind.' }),
      possibleConsignees: z.int().meta({ description: 'Who has none for certain, but may have some.' }),
      facilities: z.array(
        z.object({ facility: z.string(), stock: z.int(), inReturn: z.int(), shortfall: z.int(), possible: z.int() }),
      ),
      unknownLots: z
        .array(z.object({ sku: z.string(), lot: z.string() }))
        .meta({ description: 'Named by the scope, and known to nobody here.' }),
      tookMs: z.int().meta({ description: 'How long the trace took.' }),
    }),
    data: z.array(TracedBody),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Trace' });

type Row = Omit<z.infer<typeof TracedBody>, 'value'> & {
  readonly value: number | null;
  readonly currency: string | null;
};
type Summary = Omit<z.infer<typeof TraceBody>['summary'], 'value' | 'tookMs'> & {
  readonly value: readonly { readonly amount: number; readonly currency: string }[];
};

const KEY = ['holder', 'consignee', 'facility', 'sku', 'lot', 'currency', 'descended', 'possible'] as const;
/** What a row is sorted by, as texts; what is null sorts first. */
const keyOf = (row: Row) => KEY.map((column) => String(row[column] ?? ''));
const KEY_SQL = `ARRAY[${KEY.map((column) => `coalesce(${column}::text, '') COLLATE "C"`).join(', ')}]`;

export const traceLots = endpoint({
  method: 'post',
  path: '/v1/traces',
  id: 'traceLots',
  tag: 'Lots',
  summary: 'Where goods of a scope are now',
  description:
    'Forward from lots, serials and date codes, through all that was made of them, to who holds the goods. Nothing is stored. ' +
    'The summary is of all rows, whatever page is asked for.',
  permission: 'lots:read',
  body: z
    .strictObject({
      scope: RecallScopeBody,
      limit: z.int().min(1).max(1_000).default(100),
      cursor: cursorParameter(z.array(cursorText).length(KEY.length)),
    })
    .meta({ id: 'TraceRequest' }),
  responses: { 200: { description: 'Counts, and a page of holders.', schema: TraceBody } },
  problems: [422],
  handle: async ({ body: { scope, limit, cursor } }, { pool }) => {
    const start = performance.now();
    const { summary, rows } = await trace(pool, soundScope(scope), limit + 1, cursor);
    const page = pageOf(rows, limit, keyOf);
    const value = summary.value.map(({ amount, currency }) => moneyOut(amount, currency));
    return {
      status: 200,
      body: {
        summary: { ...summary, value, tookMs: Math.round(performance.now() - start) },
        data: page.rows.map(({ currency, value, ...row }) => ({
          ...row,
          value: value === null || currency === null ? null : moneyOut(value, currency),
        })),
        nextCursor: page.nextCursor,
      },
    };
  },
});

/** Counts of all, and some rows after a key. One statement, so that both are of one moment. */
async function trace(
  pool: Api['pool'],
  scope: RecallScope,
  limit: number,
  after: readonly string[] | undefined,
): Promise<{ readonly summary: Summary; readonly rows: readonly Row[] }> {
  return await withClient(pool, async (client) => {
    // What a statement makes on its way has no statistics; its joins with tables go by index, whatever is set here.
    await client.query(`BEGIN READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`);
    try {
      const { rows } = await client.query<{ summary: Summary; rows: Row[] }>(PAGE, [
        JSON.stringify(scope),
        after ?? null,
        limit,
      ]);
      const [found] = rows;
      if (found === undefined) throw new Error('the trace gave no row');
      return found;
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

const PAGE = `
WITH traced AS MATERIALIZED (${TRACE}),
sure AS (SELECT * FROM traced WHERE NOT possible AND holder <> 'shortfall'),
got AS (
  SELECT consignee, bool_and(possible) AS possible FROM traced WHERE holder = 'consignee' GROUP BY consignee
),
page AS (
  SELECT t.*, c.kind, ${KEY_SQL} AS key FROM traced t LEFT JOIN consignees c ON c.id = t.consignee
  WHERE $2::text[] IS NULL OR ${KEY_SQL} > ($2::text[] COLLATE "C") ORDER BY key LIMIT $3
)
SELECT jsonb_build_object(
    'units', (SELECT coalesce(sum(quantity), 0) FROM sure),
    'byHolder', (SELECT jsonb_object_agg(h.holder, (
        SELECT coalesce(sum(quantity), 0) FROM traced t WHERE t.holder = h.holder AND NOT possible))
      FROM unnest('{${holders.join(',')}}'::text[]) AS h(holder)),
    'possibleUnits', (SELECT coalesce(sum(quantity), 0) FROM traced WHERE possible),
    'value', (SELECT coalesce(jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency) ORDER BY currency), '[]')
      FROM (SELECT currency, sum(value) AS amount FROM sure WHERE value IS NOT NULL GROUP BY currency) AS v),
    'lots', (SELECT count(DISTINCT (sku, lot)) FROM sure WHERE lot IS NOT NULL),
    'descendedLots', (SELECT count(DISTINCT (sku, lot)) FROM sure WHERE descended),
    'consignees', (SELECT coalesce(jsonb_object_agg(kind, n), '{}') FROM (
      SELECT c.kind, count(*) AS n FROM got g JOIN consignees c ON c.id = g.consignee WHERE NOT g.possible GROUP BY 1) AS k),
    'possibleConsignees', (SELECT count(*) FROM got WHERE possible),
    'facilities', (SELECT coalesce(jsonb_agg(to_jsonb(f) ORDER BY facility), '[]') FROM (
      SELECT facility, coalesce(sum(quantity) FILTER (WHERE holder = 'stock' AND NOT possible), 0) AS stock,
        coalesce(sum(quantity) FILTER (WHERE holder = 'in_return' AND NOT possible), 0) AS "inReturn",
        coalesce(sum(quantity) FILTER (WHERE holder = 'shortfall'), 0) AS shortfall,
        coalesce(sum(quantity) FILTER (WHERE possible), 0) AS possible
      FROM traced WHERE facility IS NOT NULL GROUP BY facility) AS f),
    'unknownLots', (SELECT coalesce(jsonb_agg(to_jsonb(u)), '[]') FROM (${UNKNOWN_LOTS} LIMIT 1000) AS u)
  ) AS summary,
  (SELECT coalesce(jsonb_agg(to_jsonb(page) - 'key' ORDER BY key), '[]') FROM page) AS rows`;
