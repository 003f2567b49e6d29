import type { Pool, PoolClient } from 'pg';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { choosesAll } from '../../domain/recall/widen.ts';
import { TRACE } from '../journal/trace.ts';
import { inLongTransaction, longQuery } from './long-transaction.ts';
import type { Recalls } from './port.ts';

/**
 * Traces a scope into rows and holds what it found. Recalls take turns here, so that two that have a lot in common can't both
 * find it free.
 */
export const placeStopSale = (pool: Pool, input: Parameters<Recalls['placeStopSale']>[0]) =>
  inLongTransaction(pool, (client) => place(client, input));

async function place(
  client: PoolClient,
  { recall, scopeVersion }: Parameters<Recalls['placeStopSale']>[0],
): ReturnType<Recalls['placeStopSale']> {
  // An attempt that is taken for dead may still be tracing: two at once would write each unit twice.
  await longQuery(client, `SELECT pg_advisory_xact_lock(hashtextextended('trace:' || $1, 0))`, [recall]);
  const { mock, scope } = await readScope(client, recall, scopeVersion);
  const began = performance.now();
  await longQuery(client, 'DELETE FROM recall_units WHERE recall = $1 AND scope_version = $2', [recall, scopeVersion]);
  await longQuery(
    client,
    `INSERT INTO recall_units (recall, scope_version, holder, consignee, facility, sku, lot, descended, possible, quantity, value, currency)
      SELECT $2, $3, holder, consignee, facility, sku, lot, descended, possible, quantity, value, currency FROM (${TRACE}) AS traced`,
    [JSON.stringify(scope), recall, scopeVersion],
  );
  const milliseconds = Math.round(performance.now() - began);
  // Also lots that nobody holds any more, and all of a SKU: some may turn up.
  await longQuery(
    client,
    `CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
      SELECT DISTINCT sku, lot FROM recall_units WHERE recall = $1 AND scope_version = $2 AND NOT possible AND lot IS NOT NULL
      UNION SELECT sku, lot FROM jsonb_to_recordset($3::jsonb) AS named(sku text, lot text)`,
    [recall, scopeVersion, JSON.stringify(namedGoods(scope))],
  );
  await client.query('ANALYZE affected');
  const found = await figures(client, recall, scopeVersion);
  // From here on nothing is put away until all is stopped: what is left to do is small.
  if (!mock) {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('stop_sales'))`);
    const others = await longQuery<{ recall: string }>(
      client,
      `WITH others AS (SELECT recall, sku, lot FROM stop_sales WHERE NOT mock AND lifted_at IS NULL AND recall <> $1)
        SELECT s.recall FROM others s JOIN affected a ON a.sku = s.sku AND a.lot = s.lot
        UNION ALL SELECT s.recall FROM others s JOIN affected a ON a.sku = s.sku AND a.lot IS NULL
        UNION ALL SELECT s.recall FROM others s JOIN affected a ON a.sku = s.sku AND s.lot IS NULL
        ORDER BY 1 LIMIT 1`,
      [recall],
    );
    if (others[0] !== undefined) {
      await longQuery(client, 'DELETE FROM recall_units WHERE recall = $1 AND scope_version = $2', [
        recall,
        scopeVersion,
      ]);
      return { type: 'overlaps', recall: others[0].recall };
    }
  }
  // Not of a recall that was withdrawn while its goods were traced.
  await longQuery(
    client,
    `INSERT INTO stop_sales (recall, sku, lot, mock) SELECT $1, a.sku, a.lot, $2 FROM affected a JOIN recalls r ON r.number = $1
      WHERE r.status <> 'closed' AND NOT EXISTS (
        SELECT FROM stop_sales s WHERE s.recall = $1 AND s.sku = a.sku AND coalesce(s.lot, '') = coalesce(a.lot, ''))`,
    [recall, mock],
  );
  return { type: 'stop_sale_placed', ...found, milliseconds };
}

async function readScope(
  client: PoolClient,
  recall: string,
  version: number,
): Promise<{ readonly mock: boolean; readonly scope: RecallScope }> {
  const { rows } = await client.query<{ mock: boolean; scope: RecallScope }>(
    `SELECT r.mock, s.scope FROM recalls r JOIN recall_scopes s ON s.recall = r.number WHERE r.number = $1 AND s.version = $2`,
    [recall, version],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`recall ${recall} has no scope ${version}`);
  return row;
}

type Goods = { readonly sku: string; readonly lot: string | null };

/** The lots that a scope names itself, and the SKUs that it is about as a whole, whenever they left. */
const namedGoods = ({ lines }: RecallScope): readonly Goods[] =>
  lines.flatMap((line): readonly Goods[] =>
    choosesAll(line) && line.shipped === null
      ? [{ sku: line.sku, lot: null }]
      : line.lots.map((lot) => ({ sku: line.sku, lot })),
  );

async function figures(client: PoolClient, recall: string, version: number) {
  const rows = await longQuery<{ lots: number; facilities: number; shipped: number; held: number }>(
    client,
    `SELECT (SELECT count(*) FROM affected)::int AS lots, count(DISTINCT facility)::int AS facilities,
        coalesce(sum(quantity) FILTER (WHERE holder = 'consignee'), 0)::float8 AS shipped,
        coalesce(sum(quantity) FILTER (WHERE holder IN ('stock', 'in_return')), 0)::float8 AS held
      FROM recall_units WHERE recall = $1 AND scope_version = $2 AND NOT possible`,
    [recall, version],
  );
  const { lots = 0, facilities = 0, shipped = 0, held = 0 } = rows[0] ?? {};
  return { lots, facilities, shippedUnits: shipped, heldUnits: held };
}
