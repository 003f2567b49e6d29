import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import type pg from 'pg';
import { type SandboxHand, sandboxHand } from '../../local/sandbox/hand.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { openPool, openPrisma, type PrismaClient } from '../../prisma/client.ts';
import { type Client, createClient } from './client.ts';
import { type Histories, readHistories } from './histories.ts';
import { prepareShop } from './orders.ts';

/** Everything that a run works with. */
export type World = {
  readonly stack: Stack;
  readonly pool: pg.Pool;
  readonly db: PrismaClient;
  readonly client: Client;
  readonly sandbox: SandboxHand;
  readonly histories: Histories;
  readonly log: (line: string) => void;
};

/** Longer than any fault on a slow machine; what isn't done by then hangs. */
const PATIENCE_MS = 600_000;

/** Starts a stack with a shop that has sold nothing yet, lets `work` break it, and takes it away again. */
export async function withWorld<T>(dataDir: string, work: (world: World) => Promise<T>): Promise<T> {
  const begin = performance.now();
  const log = (line: string) => {
    console.error(`${((performance.now() - begin) / 1_000).toFixed(1).padStart(7)} s  ${line}`);
  };
  // One client stands for all the shop's staff and buyers.
  const env = { LOG_LEVEL: 'warn', API_REQUESTS_PER_MINUTE: '1000000' };
  const stack = await startStack({ dataDir, freePorts: true, env, log });
  const connection = await Connection.connect({ address: stack.config.temporal.address });
  const pool = openPool({ ...stack.config.database, statementTimeoutMs: 120_000 });
  const db = openPrisma(pool);
  const stop = new AbortController();
  try {
    await prepareShop(db);
    const key = (await readFile(join(stack.config.dataDir, 'api-key'), 'utf8')).trim();
    const { namespace } = stack.config.temporal;
    return await work({
      stack,
      pool,
      db,
      log,
      client: createClient(stack.config.api.publicUrl, key, PATIENCE_MS, stop.signal),
      sandbox: sandboxHand(stack.sandboxUrl),
      histories: readHistories(new TemporalClient({ connection, namespace })),
    });
  } finally {
    stop.abort();
    await db.$disconnect();
    await pool.end();
    await connection.close();
    await stack.stop();
  }
}
