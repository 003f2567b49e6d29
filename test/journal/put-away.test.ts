import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { arrive, liveToTheEnd } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

test('restocked goods join sellable stock once, at the place where they were put away', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool);
  const one = new DrivenReturn(journal, 'R-1');
  await one.request(aRequest('O-1', 2));
  await liveToTheEnd(one, 2);
  await one.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-2' });
  const { rows } = await pool.query(
    `SELECT sku, quantity, facility, grade, location FROM stock_entries WHERE to_account = 'sellable'`,
  );
  expect(rows).toEqual([{ sku: 'MUG-1', quantity: 2, facility: 'RC-1', grade: 'A', location: 'BIN-1' }]);
  expect(await value(pool, 'SELECT location FROM return_items')).toBe('BIN-1');
});

test('goods that were put away before the ledger knew places get theirs from the journal', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool, { quantity: 4 });
  const put = new DrivenReturn(journal, 'R-1');
  await put.request(aRequest('O-1', 2));
  await liveToTheEnd(put, 2);
  const open = new DrivenReturn(journal, 'R-2');
  await open.request(aRequest('O-1', 1));
  await arrive(open);
  await pool.query(`DROP INDEX stock_entries_put_away_once`);
  await pool.query(`ALTER TABLE stock_entries DROP COLUMN location CASCADE`);
  await pool.query(`ALTER TABLE return_items DROP COLUMN location CASCADE`);
  const migration = join(import.meta.dirname, '../../prisma/migrations/20261122211000_put_away/migration.sql');
  await pool.query(await readFile(migration, 'utf8'));
  expect((await rebuildAll(pool)).differences).toEqual([]);
  expect(await value(pool, `SELECT location FROM return_items WHERE rma = 'R-1'`)).toBe('BIN-1');
});
