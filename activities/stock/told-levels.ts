import type { Pool, PoolClient } from 'pg';
import type { GoodsOut } from '../../domain/return/exchange.ts';
import { inTransaction } from '../../prisma/client.ts';
import { refused } from '../failures.ts';
import type { Stock, StockRelease, StockReservation } from './port.ts';

/** The shop's stock by the levels that the shop tells us (`PUT /v1/stock/…`), less what we keep for returns. */
export const makeStock = (pool: Pool): Stock => ({
  reserveStock: (request) => inTransaction(pool, (client) => reserve(client, request)),
  releaseStock: (request) => inTransaction(pool, (client) => release(client, request)),
});

type Known = { readonly state: 'held' | 'released'; readonly facility: string | null; readonly goods: GoodsOut[] };

async function reserve(
  client: PoolClient,
  { reference, facility, goods }: StockReservation,
): Promise<{ readonly facility: string }> {
  const known = await claim(client, reference, 'held');
  if (known !== null) {
    if (known.state === 'held' && known.facility !== null) return { facility: known.facility };
    throw refused('stock.refused', 'released');
  }
  const { rows } = await client.query<{ facility: string; sku: string; free: number }>({
    name: 'free stock',
    text: `SELECT facility, sku, on_hand - reserved AS free FROM stock_levels WHERE sku = ANY($1::text[])
      ORDER BY facility COLLATE "C", sku COLLATE "C" FOR UPDATE`,
    values: [goods.map(({ sku }) => sku)],
  });
  const free = new Map(rows.map((row) => [`${row.facility}\n${row.sku}`, row.free]));
  const has = (place: string) => goods.every(({ sku, quantity }) => (free.get(`${place}\n${sku}`) ?? 0) >= quantity);
  const places = [facility, ...new Set(rows.map((row) => row.facility))];
  const place = places.find(has);
  if (place === undefined) throw refused('stock.refused', 'out_of_stock');
  await client.query({
    name: 'keep stock',
    text: `UPDATE stock_levels SET reserved = reserved + n.quantity
      FROM jsonb_to_recordset($2::jsonb) AS n(sku text, quantity int) WHERE facility = $1 AND stock_levels.sku = n.sku`,
    values: [place, JSON.stringify(goods)],
  });
  await client.query({
    name: 'note kept stock',
    text: 'UPDATE stock_reservations SET facility = $2, goods = $3::jsonb WHERE reference = $1',
    values: [reference, place, JSON.stringify(goods)],
  });
  return { facility: place };
}

async function release(client: PoolClient, { reference, shipped }: StockRelease): Promise<void> {
  const known = await claim(client, reference, 'released');
  if (known?.state !== 'held') return;
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
