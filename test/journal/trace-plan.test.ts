import type pg from 'pg';
import { expect, test } from 'vitest';
import { TRACE, UNKNOWN_LOTS } from '../../activities/journal/trace.ts';
import { goodsOf, makeGoods, rawLot } from '../../bench/trace/goods.ts';
import { aJournal, value } from './world.ts';

const whole = { lots: [], lotRanges: [], serialRanges: [], dateCodes: [], expires: null, shipped: null };

/** The steps of a plan that read a table whole. */
async function wholeReads(pool: pg.Pool, sql: string, line: object): Promise<readonly string[]> {
  const scope = JSON.stringify({ lines: [{ ...whole, ...line }] });
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [scope]);
  return rows.map((row) => row['QUERY PLAN'].trim()).filter((step) => step.includes('Seq Scan on'));
}

test('a trace reads no table whole that holds what was shipped, made or received', async () => {
  const { pool } = await aJournal(1);
  await makeGoods(pool, goodsOf(30_000), () => undefined);
  expect(await value<number>(pool, 'SELECT count(*)::int FROM lot_shipments')).toBe(30_000);
  const { sku, lot } = rawLot(2);
  const scopes = [
    { sku, lots: [lot] },
    { sku, lotRanges: [{ from: 'R00000002', to: 'R00000004' }] },
    { sku, lotRanges: [{ from: 'R00000002', to: null }], lotPrefixes: ['R0000001'] },
    { sku: 'SKU-2', serialRanges: [{ from: 'S1', to: 'S9' }] },
    { sku: 'SKU-2', dateCodes: ['JUN26'], expires: { from: '2026-01-01', to: '2026-01-31' } },
    { sku: 'SKU-2' },
  ];
  // The plan is as the journal's pool makes it and as a pool of the API does.
  for (const settings of ['', 'SET enable_seqscan = on; SET enable_hashjoin = on; SET enable_mergejoin = on;']) {
    await pool.query(`RESET ALL; ${settings}`);
    for (const scope of scopes) {
      for (const sql of [TRACE, UNKNOWN_LOTS]) {
        const steps = await wholeReads(pool, sql, scope);
        const big = steps.filter((step) => /on (lot_shipments|lot_links|lot_receipts|lots|consignees)\b/.test(step));
        expect(big, JSON.stringify(scope)).toEqual([]);
      }
    }
  }
});

test('a trace finds what a plain sum over the same rows does', async () => {
  const { pool } = await aJournal(1);
  await makeGoods(pool, goodsOf(30_000), () => undefined);
  for (const family of [1, 2, 77]) {
    const { sku, lot } = rawLot(family);
    const scope = JSON.stringify({ lines: [{ ...whole, sku, lots: [lot] }] });
    const { rows } = await pool.query(
      `SELECT sum(quantity)::int AS units, count(DISTINCT consignee)::int AS consignees, sum(value)::int AS value
       FROM (${TRACE}) AS traced WHERE holder = 'consignee'`,
      [scope],
    );
    const plain = await pool.query(
      `SELECT sum(quantity)::int AS units, count(DISTINCT consignee)::int AS consignees, sum(value)::int AS value
       FROM lot_shipments WHERE right(lot, 8) = $1`,
      [lot.slice(1)],
    );
    expect(rows).toEqual(plain.rows);
    expect(rows[0]?.units).toBeGreaterThan(0);
  }
});
