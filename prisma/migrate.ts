import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type SchemaFile, withSchemaEngine } from './schema-engine.ts';

const FOLDER = import.meta.dirname;

/** Where the schema and its migrations lie; tests use folders of their own. */
export type Sources = { readonly schema: string; readonly migrations: string };

const OURS: Sources = { schema: join(FOLDER, 'schema.prisma'), migrations: join(FOLDER, 'migrations') };

/** Any number that nobody else uses; Prisma's own lock is another. */
const LOCK = 720_405_178;
const LOCK_WITHIN_MS = 120_000;
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database lacks, each once however many processes start together.
 *
 * @returns the names of those applied
 * @throws one sentence when a migration failed before, was edited after it had been applied, or fails now
 */
export async function migrate(databaseUrl: string, sources: Sources = OURS): Promise<readonly string[]> {
  return underLock(databaseUrl, () =>
    withSchemaEngine(databaseUrl, undefined, async (engine) => {
      const migrationsList = await readMigrations(sources);
      const history = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: NO_FILTERS,
      });
      const [failed] = history.failedMigrationNames;
      if (failed !== undefined) {
        throw new Error(
          `Migration ${failed} failed on this database before: mend what it left, then run "npm run migrate -- rolled-back ${failed}".`,
        );
      }
      const [edited] = history.editedMigrationNames;
      if (edited !== undefined) {
        throw new Error(
          `Migration ${edited} was edited after it had been applied: put it back, and write a new migration.`,
        );
      }
      try {
        return (await engine.applyMigrations({ migrationsList, filters: NO_FILTERS })).appliedMigrationNames;
      } catch (error) {
        // The engine's message goes on with the names of its own source files.
        const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/\n\s+0: /);
        throw new Error(`A migration failed, and those before it stay applied. ${reason}`);
      }
    }),
  );
}

/** Lets a migration that failed be applied again, once what it left has been mended. */
export async function markRolledBack(databaseUrl: string, migrationName: string): Promise<void> {
  await underLock(databaseUrl, () =>
    withSchemaEngine(databaseUrl, undefined, (engine) => engine.markMigrationRolledBack({ migrationName })),
  );
}

/**
 * The SQL that leads from what the migrations make to what the schema says; empty when they agree.
 *
 * @param emptyDatabaseUrl a database of its own for this, as the migrations are run on it
 */
export async function missingMigration(emptyDatabaseUrl: string, sources: Sources = OURS): Promise<string> {
  await migrate(emptyDatabaseUrl, sources);
  const schema: SchemaFile = [sources.schema, await readFile(sources.schema, 'utf8')];
  const files = [{ path: schema[0], content: schema[1] }];
  return withSchemaEngine(emptyDatabaseUrl, schema, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: FOLDER },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return exitCode === 0 ? '' : (stdout ?? '');
  });
}

/**
 * Writes the migration that the schema's changes ask for. It is a draft: read it, and add the SQL that Prisma can't say.
 *
 * @returns the path of the file, or undefined when nothing has changed
 */
export async function createMigration(
  name: string,
  emptyDatabaseUrl: string,
  sources: Sources = OURS,
): Promise<string | undefined> {
  const sql = await missingMigration(emptyDatabaseUrl, sources);
  if (sql === '') return undefined;
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(sources.migrations, `${time}_${name.replace(/\W+/g, '_').toLowerCase()}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  const lockfile = join(sources.migrations, 'migration_lock.toml');
  if (!existsSync(lockfile)) await writeFile(lockfile, 'provider = "postgresql"\n');
  return join(folder, 'migration.sql');
}

async function readMigrations({ migrations }: Sources) {
  const entries = existsSync(migrations) ? await readdir(migrations, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = join(migrations, 'migration_lock.toml');
  return {
    baseDir: migrations,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? await readFile(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(migrations, path, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

/** One migration at a time on a database; the lock goes with its connection, also when we die. */
async function underLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The database does not let us in (${reason}): start it, for instance with "npm start", or mend DATABASE_URL.`,
    );
  }
  try {
    await client.query(`SET lock_timeout = ${LOCK_WITHIN_MS}`);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}
