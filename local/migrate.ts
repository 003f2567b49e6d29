import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/config.ts';
import { createMigration, markRolledBack, migrate, missingMigration } from '../prisma/migrate.ts';
import { runCommand } from './command.ts';
import { startPostgres } from './postgres.ts';
import { environmentOfRunning } from './running.ts';

const HELP = `npm run migrate [-- COMMAND]

  apply (default)   apply the migrations that the database lacks: DATABASE_URL, else the one of a running "npm start"
  create NAME       write a migration for what changed in prisma/schema.prisma; read it before you keep it
  check             fail when the schema and the migrations disagree
  rolled-back NAME  after a migration failed and what it left was mended: let it be applied again
`;

const databaseUrl = async () => loadConfig(await environmentOfRunning()).database.url;

await runCommand(HELP, async ([command = 'apply', name]) => {
  switch (command) {
    case 'apply': {
      const applied = await migrate(await databaseUrl());
      console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
      return;
    }
    case 'create': {
      if (name === undefined) throw new Error('Say what the migration is called: npm run migrate -- create NAME');
      const file = await onThrowawayDatabase((url) => createMigration(name, url));
      console.log(file === undefined ? 'The migrations already say what the schema says.' : `Wrote ${file}.`);
      return;
    }
    case 'check': {
      const missing = await onThrowawayDatabase((url) => missingMigration(url));
      if (missing !== '') {
        throw new Error(
          `prisma/schema.prisma says what no migration does; run "npm run migrate -- create NAME":\n${missing}`,
        );
      }
      console.log('Schema and migrations agree.');
      return;
    }
    case 'rolled-back': {
      if (name === undefined) throw new Error('Name the migration: npm run migrate -- rolled-back NAME');
      await markRolledBack(await databaseUrl(), name);
      return;
    }
    default:
      throw new Error(`There is no command "${command}"; --help lists them.`);
  }
});

async function onThrowawayDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-migrate-'));
  try {
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), settings: { fsync: 'off' } });
    try {
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
