import type { Pool, PoolClient } from 'pg';
import type { GoodsOut } from '../../domain/return/exchange.ts';
import { inTransaction } from '../../prisma/client.ts';
import { refused } from '../failures.ts';
import type { StockMovement, StockReservationAt, TransferredStock } from './port.ts';
import { keepUnder, lockLevels } from './told-levels.ts';

/** Stock that goes from one facility to another: kept at the one, counted at the other. */
export const makeTransferredStock = (pool: Pool): TransferredStock => ({
  reserveStockAt: async (request) => {
    const goods = await inTransaction(pool, (client) => reserveAt(client, request));
    if (goods === null) throw refused('stock.refused', 'out_of_stock');
    return { goods };
  },
  addStock: (request) => inTransaction(pool, (client) => add(client, request)),
  takeStock: (request) => inTransaction(pool, (client) => take(client, request)),
});

async function reserveAt(
  client: PoolClient,
  { reference, facility, goods, partial, lots }: StockReservationAt,
): Promise<readonly GoodsOut[] | null> {
  const skus = goods.map(({ sku }) => sku);
  if (await isStopped(client, skus, lots)) throw refused('stock.refused', 'goods_stopped');
  const kept = await keepUnder(client, reference, skus, (free) => {
    const there = goods
      .map(({ sku, quantity }) => ({ sku, quantity: Math.min(quantity, Math.max(0, free(facility, sku))) }))
      .filter(({ quantity }) => quantity > 0);
    const isAll = goods.every(({ sku, quantity }) => free(facility, sku) >= quantity);
    return isAll || (partial && there.length > 0) ? { facility, goods: there } : null;
  });
  return kept?.goods ?? null;
}

/** Whether a recall has stopped one of the lots, or all of a SKU. What else it has stopped is no free stock. */
async function isStopped(
  client: PoolClient,
  skus: readonly string[],
  lots: StockReservationAt['lots'],
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'stopped for a transfer',
    text: `SELECT FROM stop_sales s JOIN recalls r ON r.number = s.recall WHERE NOT s.mock AND s.lifted_at IS NULL
      AND ((s.lot IS NULL AND r.status <> 'closed' AND s.sku = ANY ($1::text[]))
        OR EXISTS (SELECT FROM jsonb_to_recordset($2::jsonb) AS n(sku text, lot text) WHERE n.sku = s.sku AND n.lot = s.lot)) LIMIT 1`,
    values: [skus, JSON.stringify(lots)],
  });
  return rowCount === 1;
}

async function add(client: PoolClient, movement: StockMovement): Promise<void> {
  if ((await claim(client, movement)) !== null) return;
  const { facility, goods } = movement;
  // In the order in which all lock them.
  await client.query({
    name: 'count what came',
    text: `INSERT INTO stock_levels AS level (facility, sku, on_hand)
      SELECT $1, n.sku, n.quantity FROM jsonb_to_recordset($2::jsonb) AS n(sku text, quantity int) ORDER BY n.sku COLLATE "C"
      ON CONFLICT (sku, facility) DO UPDATE SET on_hand = level.on_hand + EXCLUDED.on_hand`,
    values: [facility, JSON.stringify(goods)],
  });
}

async function take(client: PoolClient, movement: StockMovement): Promise<{ readonly short: readonly GoodsOut[] }> {
  const known = await claim(client, movement);
  if (known !== null) return known;
  const { reference, facility, goods } = movement;
  await lockLevels(
    client,
    goods.map(({ sku }) => sku),
  );
  const { rows: there } = await client.query<GoodsOut>({
    name: 'free to take',
    text: `SELECT sku, on_hand - reserved AS quantity FROM stock_levels
      WHERE facility = $1 AND sku = ANY (SELECT sku FROM jsonb_to_recordset($2::jsonb) AS n(sku text))`,
    values: [facility, JSON.stringify(goods)],
  });
  const free = new Map(there.map(({ sku, quantity }) => [sku, quantity]));
  const taken = goods.map(({ sku, quantity }) => ({ sku, quantity: Math.min(quantity, free.get(sku) ?? 0) }));
  await client.query({
    name: 'count what left',
    text: `UPDATE stock_levels SET on_hand = on_hand - n.quantity
      FROM jsonb_to_recordset($2::jsonb) AS n(sku text, quantity int) WHERE facility = $1 AND stock_levels.sku = n.sku`,
    values: [facility, JSON.stringify(taken)],
  });
  const short = goods.flatMap(({ sku, quantity }) => {
    const missing = quantity - (free.get(sku) ?? 0);
    return missing > 0 ? [{ sku, quantity: missing }] : [];
  });
  await client.query({
    name: 'note what was short',
    text: 'UPDATE stock_movements SET short = $2::jsonb WHERE reference = $1',
    values: [reference, JSON.stringify(short)],
  });
  return { short };
}

/** What was known of the movement, with its row locked; null where it is new, and now begun. */
async function claim(
  client: PoolClient,
  { reference, facility, goods }: StockMovement,
): Promise<{ readonly short: readonly GoodsOut[] } | null> {
  const { rowCount } = await client.query({
    name: 'claim a movement',
    text: 'INSERT INTO stock_movements (reference, facility, goods) VALUES ($1, $2, $3::jsonb) ON CONFLICT (reference) DO NOTHING',
    values: [reference, facility, JSON.stringify(goods)],
  });
  if (rowCount === 1) return null;
  const { rows } = await client.query<{ short: readonly GoodsOut[] }>({
    name: 'known movement',
    text: 'SELECT short FROM stock_movements WHERE reference = $1 FOR UPDATE',
    values: [reference],
  });
  return { short: rows[0]?.short ?? [] };
}
