import type pg from 'pg';
import { onTestFinished } from 'vitest';
import { makeJournal } from '../../activities/journal/journal.ts';
import type { Journal } from '../../activities/journal/port.ts';
import { openJournalPool } from '../../prisma/client.ts';
import { freshDatabase } from '../setup/fresh-database.ts';

export type World = { readonly pool: pg.Pool; readonly journal: Journal; readonly url: string };

/** A database of the test's own with the journal on it. */
export async function aJournal(poolSize = 8): Promise<World> {
  const url = await freshDatabase();
  const pool = openJournalPool({ url, poolSize, connectTimeoutMs: 5_000, statementTimeoutMs: 20_000 });
  onTestFinished(() => pool.end());
  return { pool, journal: makeJournal(pool), url };
}

/** The one value of a query's one row. */
export async function value<T>(pool: pg.Pool, sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await pool.query<Record<string, T>>(sql, values);
  const [first] = Object.values(rows[0] ?? {});
  if (first === undefined) throw new Error('the query gave no row');
  return first;
}
