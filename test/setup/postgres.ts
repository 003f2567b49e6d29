import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../local/postgres.ts';
import { migrate } from '../../prisma/migrate.ts';
import { shared } from './shared.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL in which tests make databases of their own. */
    databaseUrl: string;
    /** The name of a database there that has the schema in place: a copy of it costs much less than all migrations. */
    databaseTemplate: string;
  }
}

const template = 'homeward_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { value, release } = await shared('postgres', start, (running) => running.stop());
  project.provide('databaseUrl', value.url);
  project.provide('databaseTemplate', template);
  return release;
}

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-postgres-'));
  // A test run need not survive a power cut.
  const settings = { fsync: 'off', synchronous_commit: 'off', max_connections: '400' };
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), settings });
  const stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: postgres.url, stop };
}

/** Nobody may be connected to a database that is copied: nobody can, from then on. */
async function makeTemplate(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${template}`);
    const url = new URL(server);
    url.pathname = `/${template}`;
    await migrate(url.href);
    await client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
  } finally {
    await client.end();
  }
}
