import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../local/postgres.ts';
import { migrate } from '../../prisma/migrate.ts';
import { shared } from './shared.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL with the schema in place. Tests share it; `freshDatabase` gives one of its own. */
    databaseUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { value, release } = await shared('postgres', start, (running) => running.stop());
  project.provide('databaseUrl', value.url);
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
  await migrate(postgres.url).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url: postgres.url, stop };
}
