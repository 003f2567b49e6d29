import type { Pool, PoolClient } from 'pg';
import type { GoodsOut } from '../../domain/return/exchange.ts';
import { inTransaction } from '../../prisma/client.ts';
import { refused } from '../failures.ts';
import type { Stock, StockRelease, StockReservation } from './port.ts';

/** The shop's stock by the levels that the shop tells us (`PUT /v1/stock/…`), less what recalls have stopped and what we keep for returns. */
export const makeStock = (pool: Pool): Stock => ({
  reserveStock: async (request) => {
    const facility = await inTransaction(pool, (client) => reserve(client, request));
    if (facility === null) throw refused('stock.refused', 'out_of_stock');
    return { facility };
  },
  releaseStock: (request) => inTransaction(pool, (client) => release(client, request)),
});

type Known = { readonly state: 'held' | 'released'; readonly facility: string | null; readonly goods: GoodsOut[] };

/** Where goods are kept, and which. */
type Kept = { readonly facility: string; readonly goods: readonly GoodsOut[] };

/** What is free of a SKU at a facility. */
export type Free = (facility: string, sku: string) => number;

/** Where the goods are kept; null where no facility has all of them. */
async function reserve(client: PoolClient, { reference, facility, goods }: StockReservation): Promise<string | null> {
  const skus = goods.map(({ sku }) => sku);
  const kept = await keepUnder(client, reference, skus, (free, places) => {
    const has = (place: string) => goods.every(({ sku, quantity }) => free(place, sku) >= quantity);
    const place = [facility, ...places].find(has);
    return place === undefined ? null : { facility: place, goods };
  });
  return kept?.facility ?? null;
}

/**
 * Keeps what is chosen of the free goods of some SKUs under a reference, and answers with it; null where nothing is chosen. What is kept
 * already stays, unless a recall has stopped it since.
 * @param choose by what is free, and the facilities that have any of the SKUs
 */
export async function keepUnder(
  client: PoolClient,
  reference: string,
  skus: readonly string[],
  choose: (free: Free, facilities: readonly string[]) => Kept | null,
): Promise<Kept | null> {
  const known = await claim(client, reference, 'held');
  if (known?.state === 'released') throw refused('stock.refused', 'released');
  await lockLevels(client, skus);
  if (known !== null && known.facility !== null) {
    const { facility, goods } = known;
    if (!(await beyondStock(client, skus)).includes(reference)) return { facility, goods };
    await keep(client, facility, goods, -1);
  }
  const { rows } = await client.query<{ facility: string; sku: string; free: number }>({
    name: 'free stock',
    text: `SELECT facility, sku, (on_hand - reserved - stopped_units(level))::int AS free FROM stock_levels AS level
      WHERE sku = ANY ($1::text[]) ORDER BY facility COLLATE "C"`,
    values: [skus],
  });
  const free = new Map(rows.map((row) => [`${row.facility}\n${row.sku}`, row.free]));
  const chosen = choose(
    (facility, sku) => free.get(`${facility}\n${sku}`) ?? 0,
    [...new Set(rows.map((row) => row.facility))],
  );
  if (chosen === null) {
    // With new stock it can be asked again.
    await client.query({
      name: 'forget a reservation',
      text: 'DELETE FROM stock_reservations WHERE reference = $1',
      values: [reference],
    });
    return null;
  }
  const { facility, goods } = chosen;
  await keep(client, facility, goods, 1);
  await client.query({
    name: 'note kept stock',
    text: 'UPDATE stock_reservations SET facility = $2, goods = $3::jsonb WHERE reference = $1',
    values: [reference, facility, JSON.stringify(goods)],
  });
  return chosen;
}

/** In the order in which all lock them. */
export const lockLevels = (client: PoolClient, skus: readonly string[]) =>
  client.query({
    name: 'lock stock',
    text: `SELECT FROM stock_levels WHERE sku = ANY ($1::text[]) ORDER BY facility COLLATE "C", sku COLLATE "C" FOR UPDATE`,
    values: [skus],
  });

/** Reservations of SKUs that recalls have left no goods for: who asked first keeps what is left. */
async function beyondStock(client: PoolClient, skus: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ reference: string }>({
    name: 'beyond stock',
    text: `SELECT DISTINCT reference FROM (
        SELECT r.reference, r.facility, g.sku, sum(g.quantity) OVER (PARTITION BY r.facility, g.sku ORDER BY r.at, r.reference) AS upto
        FROM stock_reservations r CROSS JOIN jsonb_to_recordset(r.goods) AS g(sku text, quantity int)
        WHERE r.state = 'held' AND g.sku = ANY ($1::text[])
      ) AS kept JOIN stock_levels level USING (facility, sku)
      WHERE upto > on_hand - stopped_units(level) ORDER BY reference`,
    values: [skus],
  });
  return rows.map(({ reference }) => reference);
}

/**
 * Reservations that a recall has left no goods for. Whoever is just reserving is waited for: who comes after that sees the stop.
 * @returns their references
 */
export const stoppedReservations = (pool: Pool, recall: string): Promise<readonly string[]> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ sku: string }>({
      name: 'stopped SKUs',
      text: `SELECT DISTINCT sku FROM stop_sales WHERE recall = $1 AND NOT mock AND lifted_at IS NULL`,
      values: [recall],
    });
    const skus = rows.map(({ sku }) => sku);
    await lockLevels(client, skus);
    return beyondStock(client, skus);
  });

/** So many more are kept at a facility, or, with a direction of -1, fewer. */
const keep = (client: PoolClient, facility: string, goods: readonly GoodsOut[], direction: 1 | -1) =>
  client.query({
    name: 'keep stock',
    text: `UPDATE stock_levels SET reserved = reserved + $3 * n.quantity
      FROM jsonb_to_recordset($2::jsonb) AS n(sku text, quantity int) WHERE facility = $1 AND stock_levels.sku = n.sku`,
    values: [facility, JSON.stringify(goods), direction],
  });

async function release(client: PoolClient, { reference, shipped }: StockRelease): Promise<void> {
  const known = await claim(client, reference, 'released');
  if (known?.state !== 'held') return;
  await lockLevels(
    client,
    known.goods.map(({ sku }) => sku),
  );
  await client.query({
    name: 'let stock go',
    text: `UPDATE stock_levels SET reserved = reserved - n.quantity, on_hand = on_hand - coalesce(out.quantity, 0)
      FROM jsonb_to_recordset($2::jsonb) AS n(sku text, quantity int)
        LEFT JOIN jsonb_to_recordset($3::jsonb) AS out(sku text, quantity int) ON out.sku = n.sku
      WHERE facility = $1 AND stock_levels.sku = n.sku`,
    values: [known.facility, JSON.stringify(known.goods), JSON.stringify(shipped)],
  });
  await client.query({
    name: 'note released stock',
    text: `UPDATE stock_reservations SET state = 'released' WHERE reference = $1`,
    values: [reference],
  });
}

/** The reservation with its row locked; null where there was none and one now begins in this state. */
async function claim(client: PoolClient, reference: string, state: Known['state']): Promise<Known | null> {
  const { rowCount } = await client.query({
    name: 'claim a reservation',
    text: 'INSERT INTO stock_reservations (reference, state) VALUES ($1, $2) ON CONFLICT (reference) DO NOTHING',
    values: [reference, state],
  });
  if (rowCount === 1) return null;
  const { rows } = await client.query<Known>({
    name: 'known reservation',
    text: 'SELECT state, facility, goods FROM stock_reservations WHERE reference = $1 FOR UPDATE',
    values: [reference],
  });
  return rows[0] ?? null;
}
