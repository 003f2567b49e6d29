import type { Pool, PoolClient } from 'pg';
import { withClient } from '../../prisma/client.ts';

/**
 * Synthetic goods, made in the database. A family is a raw lot, of which a lot was made, of which a part was repacked: nine of
 * ten lines of the family are of the lot, the tenth of the repacked one, and the raw lot itself went nowhere. Large families have
 * ten thousand lines, small ones fifty, and half of all lines are of each kind. Lines of a family lie scattered over the whole
 * table, as over years.
 */
export type Goods = { readonly lines: number; readonly large: number; readonly small: number };

const LARGE = 10_000;
const SMALL = 50;
const CONSIGNEES = 100_000;
const FACILITIES = 20;
const BATCH = 500_000;
/** Coprime to every number of lines that is no multiple of it: steps through all of them, far from the one before. */
const STRIDE = 7_368_787;

export function goodsOf(lines: number): Goods {
  const large = Math.max(1, Math.floor(lines / 2 / LARGE));
  return { lines, large, small: Math.max(1, Math.floor(Math.max(0, lines - large * LARGE) / SMALL)) };
}

/** The SKU and code of a family's raw lot: large families come first. */
export const rawLot = (family: number) => ({ sku: 'RAW', lot: `R${String(family).padStart(8, '0')}` });

/** Fills an empty database; the indexes of shipments are made when all are there. */
export async function makeGoods(pool: Pool, goods: Goods, log: (line: string) => void): Promise<void> {
  const families = goods.large + goods.small;
  await withClient(pool, async (client) => {
    // Its references are right by construction; to check each would take longer than to write it.
    await client.query(
      `SET session_replication_role = replica; SET statement_timeout = 0; SET maintenance_work_mem = '512MB'`,
    );
    await client.query(
      `INSERT INTO facilities (id, name, zone, street1, city, zip, country)
       SELECT 'DC-' || n, 'Synthetic DC ' || n, 'UTC', '1 Dock Road', 'Rotterdam', '3011 AA', 'NL' FROM generate_series(1, $1::int) n`,
      [FACILITIES],
    );
    await client.query(
      `INSERT INTO consignees (id, kind, name, country) SELECT 'C-' || n, 'store', 'Synthetic store ' || n, 'NL' FROM generate_series(1, $1::int) n`,
      [CONSIGNEES],
    );
    log(`${families} families of lots: ${goods.large} of ${LARGE} lines, ${goods.small} of ${SMALL}`);
    const of = `lpad(n::text, 8, '0')`;
    await client.query(
      `INSERT INTO lots (sku, lot) SELECT s.sku, s.code || ${of}
       FROM generate_series(1, $1::int) n, LATERAL (VALUES ('RAW', 'R'), ('SKU-' || n % 2000, 'L'), ('SKU-' || n % 2000, 'P')) s(sku, code)`,
      [families],
    );
    await client.query(
      `INSERT INTO lot_links (reference, kind, from_sku, from_lot, to_sku, to_lot, used, made, facility, at)
       SELECT s.kind || n, s.kind, s.from_sku, s.from_code || ${of}, 'SKU-' || n % 2000, s.to_code || ${of}, s.units, s.units,
         'DC-' || 1 + n % ${FACILITIES}, '2020-01-01'
       FROM generate_series(1, $1::int) n,
         LATERAL (VALUES ('made_from', 'RAW', 'R', 'L', 500000), ('repack', 'SKU-' || n % 2000, 'L', 'P', 50000)) s(kind, from_sku, from_code, to_code, units)`,
      [families],
    );
    await client.query(
      `INSERT INTO lot_receipts (reference, line, facility, sku, lot, quantity, received_at)
       SELECT 'PO-' || n, '1', 'DC-' || 1 + n % ${FACILITIES}, 'RAW', 'R' || ${of}, 500000, '2019-12-01' FROM generate_series(1, $1::int) n`,
      [families],
    );
    const indexes = await dropIndexes(client);
    for (let from = 0; from < goods.lines; from += BATCH) {
      await client.query(SHIP, [from, Math.min(from + BATCH, goods.lines), goods.lines, goods.large, goods.small]);
      log(`${Math.min(from + BATCH, goods.lines).toLocaleString('en')} lines`);
    }
    for (const { name, definition } of indexes) {
      await client.query(definition);
      log(`index ${name}`);
    }
    await client.query('SET session_replication_role = DEFAULT');
    await client.query('VACUUM (ANALYZE)');
    log('vacuumed and analysed');
  });
}

/** Line n of the table is line k of all families, laid end to end: large ones first. */
const SHIP = `
INSERT INTO lot_shipments (reference, line, sku, lot, quantity, value, currency, facility, consignee, shipped_at)
SELECT 'DN-' || n / 100, (n % 100)::text, 'SKU-' || family % 2000,
  CASE WHEN place % 10 = 0 THEN 'P' ELSE 'L' END || lpad(family::text, 8, '0'),
  1 + (k * 7919) % 24, 100 * (1 + (k * 7919) % 24), 'EUR', 'DC-' || 1 + family % ${FACILITIES},
  'C-' || 1 + (k * 104729) % ${CONSIGNEES}, '2020-01-01'::timestamptz + n % 1800 * interval '1 day'
FROM generate_series($1::bigint, $2::bigint - 1) AS n
  CROSS JOIN LATERAL (SELECT n * ${STRIDE} % $3::bigint AS k) AS at
  CROSS JOIN LATERAL (
    SELECT CASE WHEN k < $4::bigint * ${LARGE} THEN k / ${LARGE} ELSE $4::bigint + (k - $4::bigint * ${LARGE}) / ${SMALL} % $5::bigint END + 1 AS family,
      CASE WHEN k < $4::bigint * ${LARGE} THEN k % ${LARGE} ELSE k % ${SMALL} END AS place
  ) AS f`;

/** Takes the indexes away that an insert would keep, and says how they are made. */
async function dropIndexes(
  client: PoolClient,
): Promise<readonly { readonly name: string; readonly definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
     WHERE i.tablename = 'lot_shipments' AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows;
}
