import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/** A database of this test's own with the schema in place, dropped when the test has finished. */
export async function freshDatabase(): Promise<string> {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  return url;
}

/** A database of this test's own with nothing in it, dropped when the test has finished. */
export async function emptyDatabase(): Promise<string> {
  const { url, drop } = await create('template1');
  onTestFinished(drop);
  return url;
}

/** One with the schema for the tests of a whole file, which drop it themselves. */
export const createDatabase = (): Promise<Created> => create(inject('databaseTemplate'));

type Created = { readonly url: string; drop(): Promise<void> };

async function create(template: string): Promise<Created> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
