import type pg from 'pg';
import { expect, test } from 'vitest';
import { TRACE } from '../../activities/journal/trace.ts';
import { asNew } from '../domain/sale.ts';
import { arrive } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal } from './world.ts';

type LineOf = {
  readonly quantity: number;
  readonly lots?: string[];
  readonly serials?: string[];
  readonly price?: number;
};

/** An order of one line, of which parts leave one after the other. */
async function sold(
  pool: pg.Pool,
  order: string,
  buyer: string | null,
  { quantity, lots = [], serials = [], price = 1000 }: LineOf,
  sent: readonly number[],
): Promise<void> {
  if (buyer !== null) await pool.query('INSERT INTO buyers (id) VALUES ($1) ON CONFLICT DO NOTHING', [buyer]);
  await pool.query(
    `INSERT INTO orders (id, channel, currency, country, buyer_id, contact_id, placed_at) VALUES ($1, 'web', 'EUR', 'DE', $2, $3, '2026-01-01')`,
    [order, buyer, `order:${order}`],
  );
  await pool.query(
    `INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price, lots, serials)
     VALUES ($1, $2, 1, 'CREAM', 'Cream', 'care', $3, $4, $5, $6)`,
    [`${order}-1`, order, quantity, price, lots, serials],
  );
  for (const [index, units] of sent.entries()) {
    await pool.query(`INSERT INTO fulfilments (id, order_line_id, quantity, shipped_at) VALUES ($1, $2, $3, $4)`, [
      `${order}:${index}`,
      `${order}-1`,
      units,
      new Date(Date.UTC(2026, 0, 2 + index)),
    ]);
  }
}

async function shipments(pool: pg.Pool): Promise<readonly unknown[]> {
  const { rows } = await pool.query(
    `SELECT reference, consignee, lot, serial, quantity, value::int AS value, alternatives FROM lot_shipments ORDER BY reference, shipped_at, goods, alternative`,
  );
  return rows.map((row) => Object.values(row));
}

const whole = { lots: [], lotRanges: [], serialRanges: [], dateCodes: [], expires: null, shipped: null };

async function traced(pool: pg.Pool, line: object): Promise<readonly unknown[]> {
  const { rows } = await pool.query(`SELECT * FROM (${TRACE}) AS traced ORDER BY holder, consignee, lot`, [
    JSON.stringify({ lines: [{ ...whole, sku: 'CREAM', ...line }] }),
  ]);
  return rows.map((row) => [
    row.holder,
    row.consignee ?? row.facility,
    row.lot,
    row.quantity,
    Number(row.value),
    row.possible,
  ]);
}

test('what an order sold is traced by its lots and serials, as its parcels leave', async () => {
  const { pool } = await aJournal(1);
  await sold(pool, 'O1', 'B1', { quantity: 3, lots: ['L1'] }, [2, 1]);
  await sold(pool, 'O2', null, { quantity: 3, serials: ['S1', 'S2'] }, [1, 2]);
  await sold(pool, 'O3', 'B1', { quantity: 2, lots: ['L1', 'L2'] }, [2]);
  await sold(pool, 'O4', 'B2', { quantity: 5, lots: ['L1'] }, []);
  expect(await shipments(pool)).toEqual([
    ['O1-1', 'buyer:B1', 'L1', null, 2, 667, 1],
    ['O1-1', 'buyer:B1', 'L1', null, 1, 333, 1],
    ['O2-1', 'order:O2', null, 'S1', 1, 333, 1],
    ['O2-1', 'order:O2', null, 'S2', 1, 334, 1],
    ['O2-1', 'order:O2', null, null, 1, 333, 1],
    ['O3-1', 'buyer:B1', 'L1', null, 2, 1000, 2],
    ['O3-1', 'buyer:B1', 'L2', null, 2, 1000, 2],
  ]);
  const { rows } = await pool.query('SELECT id, kind, name, contact_id FROM consignees ORDER BY id');
  expect(rows).toEqual([
    { id: 'buyer:B1', kind: 'shopper', name: null, contact_id: 'order:O3' },
    { id: 'order:O2', kind: 'shopper', name: null, contact_id: 'order:O2' },
  ]);
  // Two units that may be of either lot are two units, whichever is asked for.
  expect(await traced(pool, { lots: ['L2'] })).toContainEqual(['consignee', 'buyer:B1', 'L2', 2, 1000, false]);
  expect(await traced(pool, { lots: ['L1', 'L2'] })).toContainEqual(['consignee', 'buyer:B1', 'L1', 5, 2000, false]);
  expect(await traced(pool, { lots: ['L1', 'L2'] })).toHaveLength(2);
});

test('a line whose lot is told later is traced anew, and what never left is taken back', async () => {
  const { pool } = await aJournal(1);
  await sold(pool, 'O1', 'B1', { quantity: 2 }, [2]);
  await pool.query(`UPDATE order_lines SET lots = '{L9}'`);
  expect(await shipments(pool)).toEqual([['O1-1', 'buyer:B1', 'L9', null, 2, 1000, 1]]);
  await pool.query(`UPDATE fulfilments SET quantity = 1`);
  expect(await shipments(pool)).toEqual([['O1-1', 'buyer:B1', 'L9', null, 1, 500, 1]]);
  await pool.query('DELETE FROM fulfilments');
  expect(await shipments(pool)).toEqual([]);
});

test('goods that came back are where they came, not with their buyer', async () => {
  const { pool, journal } = await aJournal(2);
  await aSale(pool);
  const sku = (await pool.query<{ sku: string }>('SELECT sku FROM order_lines')).rows[0]?.sku ?? '';
  await pool.query(`UPDATE order_lines SET lots = '{L1}'`);
  const units = async () => (await traced(pool, { sku, lots: ['L1'] })).map((row) => (row as unknown[]).slice(0, 4));
  const [before] = await units();
  const sent = Number((before as unknown[])[3]);
  const one = new DrivenReturn(journal, 'R-1');
  await one.request(aRequest('O-1', 1));
  await arrive(one, 1);
  const after = [
    ['consignee', (before as unknown[])[1], 'L1', sent - 1],
    ['in_return', 'RC-1', null, 1],
  ];
  expect((await units()).filter((row) => Number((row as unknown[])[3]) > 0)).toEqual(after);
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  expect(await units()).toEqual(after);
});
