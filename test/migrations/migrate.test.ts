import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMigration, markRolledBack, migrate, missingMigration, type Sources } from '../../prisma/migrate.ts';
import { emptyDatabase } from '../setup/fresh-database.ts';

const SCHEMA = `
datasource db {
  provider = "postgresql"
}
model Shelf {
  id    Int    @id
  boxes Box[]
}
model Box {
  id      Int   @id
  shelf   Shelf @relation(fields: [shelfId], references: [id])
  shelfId Int
}
`;

/** A schema and migrations of the test's own; the function splits at semicolons only in the wrong hands. */
async function sources(): Promise<Sources & { write: (name: string, sql: string) => Promise<string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const schema = join(folder, 'schema.prisma');
  const migrations = join(folder, 'migrations');
  await writeFile(schema, SCHEMA);
  const write = async (name: string, sql: string) => {
    await mkdir(join(migrations, name), { recursive: true });
    const file = join(migrations, name, 'migration.sql');
    await writeFile(file, sql);
    return file;
  };
  return { schema, migrations, write };
}

test('a migration is written from the schema, applied, and then nothing is missing', async () => {
  const from = await sources();
  const file = await createMigration('First boxes', await emptyDatabase(), from);
  expect(file).toMatch(/\d{14}_first_boxes\/migration\.sql$/);
  expect(await migrate(await emptyDatabase(), from)).toHaveLength(1);
  expect(await missingMigration(await emptyDatabase(), from)).toBe('');
  expect(await createMigration('nothing', await emptyDatabase(), from)).toBeUndefined();
});

test('a schema that says more than the migrations is found out', async () => {
  const from = await sources();
  await createMigration('first', await emptyDatabase(), from);
  await appendFile(from.schema, 'model Lid {\n  id Int @id\n}\n');
  expect(await missingMigration(await emptyDatabase(), from)).toContain('CREATE TABLE "Lid"');
});

test('of several that migrate at once, one applies each migration', async () => {
  const from = await sources();
  await createMigration('first', await emptyDatabase(), from);
  const database = await emptyDatabase();
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database, from)));
  expect(applied.flat()).toHaveLength(1);
});

test('functions are applied whole', async () => {
  const from = await sources();
  await from.write('1_functions', 'CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;');
  expect(await migrate(await emptyDatabase(), from)).toEqual(['1_functions']);
});

test('a migration that fails leaves nothing, says why, and is tried again only when told', async () => {
  const from = await sources();
  const database = await emptyDatabase();
  await from.write('1_wrong', 'CREATE TABLE half (id int); SELECT 1/0;');
  await expect(migrate(database, from)).rejects.toThrow('division by zero');
  await expect(migrate(database, from)).rejects.toThrow(/Migration 1_wrong failed on this database before/);
  await from.write('1_wrong', 'CREATE TABLE half (id int);');
  await markRolledBack(database, '1_wrong');
  expect(await migrate(database, from)).toEqual(['1_wrong']);
});

test('a migration edited after it was applied is refused', async () => {
  const from = await sources();
  const database = await emptyDatabase();
  await from.write('1_first', 'SELECT 1;');
  await migrate(database, from);
  await from.write('1_first', 'SELECT 2;');
  await expect(migrate(database, from)).rejects.toThrow(/Migration 1_first was edited/);
});

test('a database that does not answer is said so in one sentence', async () => {
  await expect(migrate('postgresql://nobody@127.0.0.1:1/nothing')).rejects.toThrow(
    /^The database does not let us in .*DATABASE_URL\.$/,
  );
});
