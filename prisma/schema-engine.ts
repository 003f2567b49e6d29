import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** A Prisma schema, as the engine wants it: path and text. */
export type SchemaFile = readonly [path: string, text: string];

/**
 * Gives `work` Prisma's own schema engine as WebAssembly, on a PostgreSQL database. It writes the same
 * `_prisma_migrations` table as `prisma migrate deploy`, without the native binary that Prisma's command line downloads.
 *
 * Its shadow databases are not used: this adapter would open them on the main database, whose connection string wins.
 *
 * @param schema without it the engine can only apply and inspect
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: SchemaFile | undefined,
  work: (engine: engine.SchemaEngine) => Promise<T>,
): Promise<T> {
  await instantiate();
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => undefined);
  const factory = new PrismaPg(pool);
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => mended(await factory.connect(), pool),
    connectToShadowDb: () => factory.connectToShadowDb(),
  });
  const datamodels: [string, string][] | undefined = schema === undefined ? undefined : [[schema[0], schema[1]]];
  const opened = await engine.SchemaEngine.new({ datamodels }, () => undefined, adapter).catch(
    async (error: unknown) => {
      await pool.end();
      throw error;
    },
  );
  try {
    return await work(opened);
  } finally {
    opened.free();
    await pool.end();
  }
}

const CHARS = ['confdeltype', 'confupdtype', 'constraint_type'];

/** Two gaps of the adapter, which is made for the client's queries and not for the engine's. */
function mended(adapter: SqlDriverAdapter, pool: pg.Pool): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  // PostgreSQL's internal type `"char"` is unknown to it, and the engine reads three columns of that type when it
  // describes foreign keys and checks: they are fetched as text and handed over as characters.
  adapter.queryRaw = async (query) => {
    const sql = query.sql.replace(/\b(con1?\.conf(?:del|upd)type|constr\.contype)(?=,| AS)/g, '$1::text');
    if (sql === query.sql) return queryRaw(query);
    const result = await queryRaw({ ...query, sql });
    const columnTypes = result.columnNames.map((name, i) =>
      CHARS.includes(name) ? ColumnTypeEnum.Character : result.columnTypes[i],
    );
    return { ...result, columnTypes: columnTypes.filter((type) => type !== undefined) };
  };
  // It splits scripts at each semicolon, also inside functions. Sent whole, a migration is one transaction too.
  adapter.executeScript = async (script) => {
    await pool.query(script).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      throw new DriverAdapterError({
        kind: 'postgres',
        code: code ?? 'XX000',
        severity: 'ERROR',
        message,
        detail: undefined,
        column: undefined,
        hint: undefined,
      });
    });
  };
  return adapter;
}

/** The part of the platform's WebAssembly that we use; Node's types leave it to the browser's. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let instantiated: Promise<void> | undefined;

/** By hand, as the package's own entry imports the `.wasm` file, at which Node prints an experimental warning. */
function instantiate(): Promise<void> {
  instantiated ??= (async () => {
    const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const wasm = await readFile(script.replace(/\.js$/, '.wasm'));
    const { instance } = await WebAssembly.instantiate(wasm, {
      './schema_engine_bg.js': engine,
    });
    engine.__wbg_set_wasm(instance.exports);
    const start = instance.exports['__wbindgen_start'];
    if (typeof start === 'function') start();
  })();
  return instantiated;
}
