import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** The `database` part of the configuration, as far as a pool needs it. */
export type PoolSettings = {
  readonly url: string;
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** Server settings of its sessions, e.g. `-c work_mem=16MB`. */
  readonly options?: string;
};

/**
 * A pool that survives a database that goes away: an idle connection's error is told to `onError` instead of ending the
 * process, and no connect or statement waits for ever, also when the server is frozen and answers nothing.
 */
export function openPool(settings: PoolSettings, onError: (error: Error) => void = () => undefined): pg.Pool {
  const pool = new pg.Pool({
    connectionString: settings.url,
    max: settings.poolSize,
    connectionTimeoutMillis: settings.connectTimeoutMs,
    statement_timeout: settings.statementTimeoutMs,
    // Ours, for a server that cannot even say that it timed out.
    query_timeout: settings.statementTimeoutMs + 1_000,
    idle_in_transaction_session_timeout: settings.statementTimeoutMs + 1_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(settings.options === undefined ? {} : { options: settings.options }),
  });
  pool.on('error', onError);
  // The pool listens to idle connections only. One that the server ends while somebody holds it between two statements
  // would end the whole process; its holder learns of it by the next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * A pool for the journal, which says the same few prepared statements over and over. Each is planned once a connection
 * instead of five times and more, and always by index: a plan that was made while the tables were new and small would
 * read them whole for as long as the connection lives. Not for Prisma, whose filters vary.
 */
export const openJournalPool = (settings: PoolSettings, onError?: (error: Error) => void): pg.Pool =>
  openPool({ ...settings, options: JOURNAL_PLANS }, onError);

const JOURNAL_PLANS = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** Prisma on such a pool; ending the pool stays with who opened it. */
export function openPrisma(pool: pg.Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(pool) });
}

export type { PrismaClient } from './generated/client.ts';

/**
 * Runs `work` on one connection. A connection that failed other than by an answer of the server is thrown away, as
 * nobody knows what it still carries.
 */
export async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    if (!answeredByServer(error)) broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Does work in one transaction on one connection: all of it, or nothing where it throws. */
export const inTransaction = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  withClient(pool, async (client) => {
    await client.query('BEGIN');
    try {
      const done = await work(client);
      await client.query('COMMIT');
      return done;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });

/** Whether the database ended a transaction since it and another waited for each other: made again, it may get through. */
export const isDeadlock = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '40P01';

/** Makes a transaction, and once more where it and another waited for each other. */
export async function untangled<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    if (!isDeadlock(error)) throw error;
    return await transaction();
  }
}

/** An error that the server reported for a statement; class 57P and 08 mean that the session itself is ending. */
function answeredByServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !/^(57P|08|XX)/.test(error.code ?? 'XX');
}
