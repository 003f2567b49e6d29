import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeStock, stoppedReservations } from '../../activities/stock/told-levels.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal, value } from './world.ts';

/** A shop with bowls and plates at two facilities. */
async function aShop() {
  const { pool } = await aJournal(1);
  const at = async (facility: string, sku: string, onHand: number) => {
    await pool.query(
      `INSERT INTO facilities (id, name, zone, street1, city, zip, country) VALUES ($1, 'F', 'UTC', 'S', 'C', 'Z', 'DE')
       ON CONFLICT DO NOTHING`,
      [facility],
    );
    await pool.query('INSERT INTO stock_levels (facility, sku, on_hand) VALUES ($1, $2, $3)', [facility, sku, onHand]);
  };
  await at('F-1', 'BOWL', 5);
  await at('F-2', 'BOWL', 5);
  await at('F-2', 'PLATE', 5);
  const levels = async () =>
    await value<string>(
      pool,
      `SELECT string_agg(facility || ' ' || sku || ' ' || reserved || '/' || on_hand, ', ' ORDER BY facility, sku) FROM stock_levels`,
    );
  return { pool, levels, stock: makeStock(pool) };
}

const bowls = (quantity: number) => [{ sku: 'BOWL', quantity }];
const outOfStock = { type: 'stock.refused', details: [{ code: 'out_of_stock' }] };

test('goods are kept at one facility that has all of them, the nearest first, once however often it is asked', async () => {
  const { stock, levels } = await aShop();
  const near = { reference: 'A:stock:X1', facility: 'F-1', goods: bowls(3) };
  expect(await stock.reserveStock(near)).toEqual({ facility: 'F-1' });
  expect(await stock.reserveStock(near)).toEqual({ facility: 'F-1' });
  const goods = [...bowls(1), { sku: 'PLATE', quantity: 2 }];
  expect(await stock.reserveStock({ reference: 'B:stock:X1', facility: 'F-1', goods })).toEqual({ facility: 'F-2' });
  expect(await levels()).toBe('F-1 BOWL 3/5, F-2 BOWL 1/5, F-2 PLATE 2/5');
  await expect(stock.reserveStock({ ...near, reference: 'C:stock:X1', goods: bowls(5) })).rejects.toMatchObject(
    outOfStock,
  );
  // A refusal leaves nothing behind: with new stock the same reference can be asked again.
  expect(await stock.reserveStock({ ...near, reference: 'C:stock:X1', goods: bowls(4) })).toEqual({ facility: 'F-2' });
});

test('what is shipped leaves the stock and the rest is free, once; what was let go is never kept again', async () => {
  const { stock, levels } = await aShop();
  const kept = { reference: 'A:stock:X1', facility: 'F-1', goods: bowls(3) };
  await stock.reserveStock(kept);
  await stock.releaseStock({ reference: kept.reference, shipped: bowls(2) });
  await stock.releaseStock({ reference: kept.reference, shipped: bowls(2) });
  expect(await levels()).toBe('F-1 BOWL 0/3, F-2 BOWL 0/5, F-2 PLATE 0/5');
  await stock.releaseStock({ reference: 'B:stock:X1', shipped: [] });
  for (const reference of ['A:stock:X1', 'B:stock:X1']) {
    await expect(stock.reserveStock({ ...kept, reference })).rejects.toMatchObject({ details: [{ code: 'released' }] });
  }
  expect(await levels()).toBe('F-1 BOWL 0/3, F-2 BOWL 0/5, F-2 PLATE 0/5');
});

test('forty returns ask for ten units at once: ten get one each, and no more is promised than there is', async () => {
  const { stock, levels } = await aShop();
  const asked = Array.from({ length: 40 }, (_, n) =>
    stock.reserveStock({ reference: `${n}:stock:X1`, facility: n % 2 ? 'F-1' : 'F-2', goods: bowls(1) }),
  );
  const answers = await Promise.allSettled(asked);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  expect(await levels()).toBe('F-1 BOWL 5/5, F-2 BOWL 5/5, F-2 PLATE 0/5');
});

/** A recall of a lot of bowls, of which so many are at a facility. */
async function stop(pool: Pool, recall: string, facility: string, quantity: number) {
  await pool.query(aRecallOf(recall));
  await pool.query(
    `INSERT INTO recall_units (recall, scope_version, holder, facility, sku, lot, descended, possible, quantity)
      VALUES ($1, 1, 'stock', $2, 'BOWL', $1, false, false, $3)`,
    [recall, facility, quantity],
  );
  await pool.query(`INSERT INTO stop_sales (recall, sku, lot, mock) VALUES ($1, 'BOWL', $1, false)`, [recall]);
}

test('what a recall has stopped is kept for nobody, and who asked last looks for others', async () => {
  const { pool, stock, levels } = await aShop();
  const ask = (reference: string, quantity: number) =>
    stock.reserveStock({ reference, facility: 'F-1', goods: bowls(quantity) });
  for (const reference of ['A:stock:X1', 'B:stock:X1', 'C:stock:X1']) await ask(reference, 1);
  await stop(pool, 'RC-1', 'F-1', 2);
  expect(await stoppedReservations(pool, 'RC-1')).toEqual([]);
  await stop(pool, 'RC-2', 'F-1', 1);
  expect(await stoppedReservations(pool, 'RC-1')).toEqual(['C:stock:X1']);
  // Asked again, the others keep what they have.
  expect(await ask('A:stock:X1', 1)).toEqual({ facility: 'F-1' });
  expect(await ask('C:stock:X1', 1)).toEqual({ facility: 'F-2' });
  expect(await levels()).toBe('F-1 BOWL 2/5, F-2 BOWL 1/5, F-2 PLATE 0/5');
  expect(await stoppedReservations(pool, 'RC-1')).toEqual([]);
  expect(await ask('D:stock:X1', 1)).toEqual({ facility: 'F-2' });

  await stop(pool, 'RC-3', 'F-2', 5);
  expect(await stoppedReservations(pool, 'RC-3')).toEqual(['C:stock:X1', 'D:stock:X1']);
  await expect(ask('C:stock:X1', 1)).rejects.toMatchObject(outOfStock);
  expect(await levels()).toBe('F-1 BOWL 2/5, F-2 BOWL 1/5, F-2 PLATE 0/5');
  // Another lot is there now; and a level that is told once the recall was completed is of what may be sold.
  await pool.query(`UPDATE stock_levels SET on_hand = 6 WHERE facility = 'F-1'`);
  expect(await ask('C:stock:X1', 1)).toEqual({ facility: 'F-1' });
  await pool.query(
    `UPDATE recalls SET status = 'completed', completed_at = now() - interval '1 hour' WHERE number = 'RC-3'`,
  );
  expect(await ask('D:stock:X1', 1)).toEqual({ facility: 'F-2' });
});
