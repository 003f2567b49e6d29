import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { planWaves } from '../../activities/recalls/plan-waves.ts';
import { makeConsignees } from '../../local/synthetic-consignees.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal, value } from './world.ts';

/** What the trace of a scope found: a unit for each of the first so many consignees. */
async function traced(pool: Pool, recall: string, scopeVersion: number, consignees: number): Promise<void> {
  await pool.query(
    `INSERT INTO recall_units (recall, scope_version, holder, consignee, sku, lot, descended, possible, quantity)
      SELECT $1, $2, 'consignee', 'SYN-' || n, 'S', nullif('L' || n % 50, 'L7'), false, false, 1 FROM generate_series(1, $3::int) AS n`,
    [recall, scopeVersion, consignees],
  );
}

async function aRecall(pool: Pool, recall: string): Promise<void> {
  await pool.query(aRecallOf(recall));
  await pool.query('UPDATE recalls SET wave_size = 1000, launched_at = now() WHERE number = $1', [recall]);
}

test('who has more than before is told again, also of a lot that was in scope; who has less, or the same, isn’t', async () => {
  const { pool } = await aJournal();
  await makeConsignees(pool, 4);
  await aRecall(pool, 'RC');
  const got = (version: number, units: readonly (readonly [consignee: number, lot: string, quantity: number])[]) =>
    pool.query(
      `INSERT INTO recall_units (recall, scope_version, holder, consignee, sku, lot, descended, possible, quantity)
        SELECT 'RC', $1, 'consignee', 'SYN-' || n, 'S', lot, false, false, units
        FROM unnest($2::int[], $3::text[], $4::int[]) AS u(n, lot, units)`,
      [version, units.map(([n]) => n), units.map(([, lot]) => lot), units.map(([, , units]) => units)],
    );
  await got(1, [
    [1, 'L1', 2],
    [2, 'L1', 2],
    [3, 'L1', 2],
  ]);
  await planWaves(pool, { recall: 'RC', scopeVersion: 1, firstWave: 1 });
  await pool.query(
    `UPDATE recall_consignees SET state = 'responded', due_kind = NULL, due_number = NULL, next_due = NULL, last_sent_at = now()`,
  );
  // More of the first's left within the wider window, some of the second's has come back since; the third's came in two boxes.
  await got(2, [
    [1, 'L1', 5],
    [2, 'L1', 1],
    [3, 'L1', 1],
    [3, 'L1', 1],
    [4, 'L1', 1],
  ]);
  const plan = await planWaves(pool, { recall: 'RC', scopeVersion: 2, firstWave: 2 });
  expect(plan).toEqual({ type: 'waves_planned', consignees: 1, amended: 1, waves: 1 });
  const { rows } = await pool.query(
    'SELECT consignee, state, due_kind, wave FROM recall_consignees ORDER BY consignee',
  );
  expect(rows.map(Object.values)).toEqual([
    ['SYN-1', 'planned', 'amended', 2],
    ['SYN-2', 'responded', null, 1],
    ['SYN-3', 'responded', null, 1],
    ['SYN-4', 'planned', 'initial', 2],
  ]);
});

test('a plan takes as much longer as it has more consignees, at the launch and for a wider scope', async () => {
  const { pool } = await aJournal();
  await makeConsignees(pool, 16_500);
  const plan = async (recall: string, scopeVersion: number, consignees: number, firstWave: number): Promise<number> => {
    await traced(pool, recall, scopeVersion, consignees);
    const start = performance.now();
    await planWaves(pool, { recall, scopeVersion, firstWave });
    return performance.now() - start;
  };
  await aRecall(pool, 'RC-SMALL');
  await aRecall(pool, 'RC-LARGE');
  const small = await plan('RC-SMALL', 1, 2_000, 1);
  // As the database does by itself, between two recalls: what it knows then is all about the first.
  await pool.query('ANALYZE');
  const large = await plan('RC-LARGE', 1, 16_000, 1);
  const wider = await plan('RC-LARGE', 2, 16_500, 17);
  // Eight times as many. What looks at each consignee for each takes sixty-four times as long.
  expect(large / small).toBeLessThan(24);
  expect(wider / large).toBeLessThan(3);
  const waves = 'SELECT array_agg(DISTINCT wave ORDER BY wave) FROM recall_consignees WHERE recall = $1 AND wave >= $2';
  expect(await value(pool, waves, ['RC-SMALL', 0])).toEqual([1, 2]);
  expect(await value(pool, waves, ['RC-LARGE', 17])).toEqual([17]);
  expect(
    await value(pool, `SELECT count(*)::int FROM recall_consignees WHERE wave = 17 AND due_kind = 'initial'`),
  ).toBe(500);
});
