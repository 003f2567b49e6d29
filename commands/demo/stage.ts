import { z } from 'zod';
import { loadConfig } from '../../config/config.ts';
import { type SandboxHand, sandboxHand } from '../../local/sandbox/hand.ts';
import { openPool, openPrisma, type PrismaClient } from '../../prisma/client.ts';
import { type Client, createClient } from '../faults/client.ts';
import { prepareShop } from './shop.ts';

/** Where the stack is that the demo uses, and the key to it. */
export type Running = {
  readonly api: string;
  readonly key: string;
  readonly database: string;
  readonly sandbox: string;
};

/** What a story is told with. */
export type Stage = {
  readonly db: PrismaClient;
  readonly api: Client;
  readonly outside: SandboxHand;
  /** Somebody else at the bench, with a key of their own. */
  readonly colleague: () => Promise<Client>;
};

/** Opens what stories need on a stack, with the shop that they buy in, and closes it after them. */
export async function withStage(running: Running, work: (shop: Stage) => Promise<void>): Promise<void> {
  const { database } = loadConfig({ ...process.env, DATABASE_URL: running.database });
  const pool = openPool(database);
  const clientWith = (key: string) => createClient(running.api, key, 60_000, AbortSignal.timeout(3_600_000));
  const api = clientWith(running.key);
  try {
    const db = openPrisma(pool);
    await prepareShop(db);
    const colleague = async () => clientWith(await newKey(api));
    await work({ db, api, outside: sandboxHand(running.sandbox), colleague });
  } finally {
    await pool.end();
  }
}

/** A key for somebody else at the bench, for as long as the demo may take. */
async function newKey(api: Client): Promise<string> {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await api.post('/v1/keys', { name: 'demo: a second person at the bench', role: 'ops', expiresAt });
  return z.object({ secret: z.string() }).parse(made.body).secret;
}
