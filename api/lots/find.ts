import { TRACE, UNKNOWN_LOTS } from '../../activities/journal/trace.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';

/** Who holds traced goods, or that nobody does. */
export const holders = ['consignee', 'stock', 'in_return', 'shortfall'] as const;

export type TracedRow = {
  readonly holder: (typeof holders)[number];
  readonly consignee: string | null;
  readonly kind: string | null;
  readonly facility: string | null;
  readonly sku: string;
  readonly lot: string | null;
  readonly descended: boolean;
  readonly possible: boolean;
  readonly quantity: number;
  readonly value: number | null;
  readonly currency: string | null;
};

export type TraceSummary = {
  readonly units: number;
  readonly byHolder: Readonly<Record<(typeof holders)[number], number>>;
  readonly possibleUnits: number;
  readonly value: readonly { readonly amount: number; readonly currency: string }[];
  readonly lots: number;
  readonly descendedLots: number;
  readonly consignees: Readonly<Record<string, number>>;
  readonly possibleConsignees: number;
  readonly facilities: readonly {
    readonly facility: string;
    readonly stock: number;
    readonly inReturn: number;
    readonly shortfall: number;
    readonly possible: number;
  }[];
  readonly unknownLots: readonly { readonly sku: string; readonly lot: string }[];
};

export const traceKey = ['holder', 'consignee', 'facility', 'sku', 'lot', 'currency', 'descended', 'possible'] as const;
/** What a row is sorted by, as texts; what is null sorts first. */
export const keyOf = (row: TracedRow) => traceKey.map((column) => String(row[column] ?? ''));
const KEY_SQL = traceKey.map((column) => `coalesce(${column}::text, '') COLLATE "C"`);
const AFTER = traceKey.map((_, n) => `($2::text[])[${n + 1}]`);

/** Counts of all, and some rows after a key. One statement, so that both are of one moment. */
export async function findGoods(
  pool: Api['pool'],
  scope: RecallScope,
  limit: number,
  after: readonly string[] | undefined,
): Promise<{ readonly summary: TraceSummary; readonly rows: readonly TracedRow[] }> {
  return await withClient(pool, async (client) => {
    // What a statement makes on its way has no statistics; its joins with tables go by index, whatever is set here. No value
    // would change its plan, so that is made once for each connection.
    await client.query(`BEGIN READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '64MB';
      SET LOCAL plan_cache_mode = force_generic_plan`);
    try {
      const { rows } = await client.query<{ summary: TraceSummary; rows: TracedRow[] }>({
        name: 'trace',
        text: PAGE,
        values: [JSON.stringify(scope), after ?? null, limit],
      });
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
totals AS (
  SELECT ${holders.map((holder) => `coalesce(sum(quantity) FILTER (WHERE holder = '${holder}' AND NOT possible), 0) AS ${holder}`).join(', ')},
    coalesce(sum(quantity) FILTER (WHERE possible), 0) AS possible FROM traced
),
by_lot AS (
  SELECT descended FROM traced WHERE NOT possible AND holder <> 'shortfall' AND lot IS NOT NULL GROUP BY sku, lot, descended
),
got AS (
  SELECT consignee, bool_and(possible) AS possible FROM traced WHERE holder = 'consignee' GROUP BY consignee
),
kinds AS (
  SELECT g.possible, c.kind, count(*) AS n FROM got g
    CROSS JOIN LATERAL (SELECT kind FROM consignees WHERE id = g.consignee OFFSET 0) AS c GROUP BY 1, 2
),
page AS (
  SELECT p.*, c.kind FROM (
    SELECT *, row_number() OVER () AS place FROM (
      SELECT * FROM traced WHERE $2::text[] IS NULL OR (${KEY_SQL.join(', ')}) > (${AFTER.join(', ')})
      ORDER BY ${KEY_SQL.join(', ')} LIMIT $3) AS ordered
  ) AS p LEFT JOIN LATERAL (SELECT kind FROM consignees WHERE id = p.consignee OFFSET 0) AS c ON true
)
SELECT jsonb_build_object(
    'units', (SELECT consignee + stock + in_return FROM totals),
    'byHolder', (SELECT to_jsonb(totals) - 'possible' FROM totals),
    'possibleUnits', (SELECT possible FROM totals),
    'value', (SELECT coalesce(jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency) ORDER BY currency), '[]')
      FROM (SELECT currency, sum(value) AS amount FROM traced WHERE value IS NOT NULL AND NOT possible AND holder <> 'shortfall' GROUP BY currency) AS v),
    'lots', (SELECT count(*) FROM by_lot),
    'descendedLots', (SELECT count(*) FROM by_lot WHERE descended),
    'consignees', (SELECT coalesce(jsonb_object_agg(kind, n), '{}') FROM kinds WHERE NOT possible),
    'possibleConsignees', (SELECT coalesce(sum(n), 0) FROM kinds WHERE possible),
    'facilities', (SELECT coalesce(jsonb_agg(to_jsonb(f) ORDER BY facility), '[]') FROM (
      SELECT facility, coalesce(sum(quantity) FILTER (WHERE holder = 'stock' AND NOT possible), 0) AS stock,
        coalesce(sum(quantity) FILTER (WHERE holder = 'in_return' AND NOT possible), 0) AS "inReturn",
        coalesce(sum(quantity) FILTER (WHERE holder = 'shortfall'), 0) AS shortfall,
        coalesce(sum(quantity) FILTER (WHERE possible), 0) AS possible
      FROM traced WHERE facility IS NOT NULL GROUP BY facility) AS f),
    'unknownLots', (SELECT coalesce(jsonb_agg(to_jsonb(u)), '[]') FROM (${UNKNOWN_LOTS} LIMIT 1000) AS u)
  ) AS summary,
  (SELECT coalesce(jsonb_agg(to_jsonb(page) - 'place' ORDER BY place), '[]') FROM page) AS rows`;
