import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection, type Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { pino } from 'pino';
import { inject } from 'vitest';
import { z } from 'zod';
import { createKey } from '../../api/keys/keys.ts';
import { type Role, roles } from '../../api/roles.ts';
import { startApi } from '../../api/server.ts';
import { type Config, loadConfig } from '../../config/config.ts';
import { startSandbox } from '../../local/sandbox/server.ts';
import { openPool, openPrisma, type PrismaClient } from '../../prisma/client.ts';
import { makeActivities } from '../../worker/activities.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/create.ts';
import { createDatabase } from '../setup/fresh-database.ts';
import { mustKeepContract } from './contract.ts';
import { seedBasics } from './orders.ts';

/** A whole engine for the tests of one file: API, worker and sandbox on a database and a task queue of their own. */
export type World = {
  readonly url: string;
  readonly config: Config;
  readonly db: PrismaClient;
  readonly pool: ReturnType<typeof openPool>;
  readonly sandboxUrl: string;
  readonly keys: Readonly<Record<Role, string>>;
  /** Sends a request with the key of a role (lead unless told). */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
  readonly worker: { start(): Promise<void>; stop(): Promise<void> };
  close(): Promise<void>;
};

export type CallOptions = {
  readonly as?: Role | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is instead of the body. */
  readonly raw?: string | Buffer;
};

export type Reply = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: Json };

/** Any answer's body, read as a tree. */
export type Json = Readonly<Record<string, unknown>>;

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

export async function startWorld(
  options: { readonly env?: Record<string, string>; readonly worker?: boolean } = {},
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-api-'));
  const database = await createDatabase();
  const preset = loadConfig({});
  const sandbox = await startSandbox({
    dataFile: join(folder, 'sandbox.json'),
    secrets: { carrier: preset.easypost.webhookSecret, payment: preset.stripe.webhookSecret },
  });
  const config = loadConfig({
    HOMEWARD_DATA: folder,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_TASK_QUEUE: `api-${randomUUID()}`,
    EASYPOST_BASE_URL: `${sandbox.url}/v2`,
    STRIPE_BASE_URL: sandbox.url,
    NOTICES_SMTP_URL: sandbox.smtpUrl,
    API_PORT: '0',
    LOG_LEVEL: 'error',
    ...options.env,
  });
  const pool = openPool(config.database);
  const db = openPrisma(pool);
  await seedBasics(db);
  const api = await startApi(config, { log: pino({ level: 'error' }) });
  await putJson(`${sandbox.url}/_sandbox/webhooks`, {
    carrier: `${api.url}/v1/webhooks/easypost`,
    payment: `${api.url}/v1/webhooks/stripe`,
  });
  const made = await Promise.all(
    roles.map(async (role) => [role, (await createKey(db, { name: role, role })).secret] as const),
  );
  const keys = Object.fromEntries(made) as Record<Role, string>;
  const worker = workerOf(config, pool);
  if (options.worker !== false) await worker.start();
  return {
    url: api.url,
    config,
    db,
    pool,
    sandboxUrl: sandbox.url,
    keys,
    call: async (method, path, body, { as = 'lead', headers = {}, raw } = {}) => {
      const response = await fetch(`${api.url}${path}`, {
        method,
        headers: {
          ...(as === null ? {} : { authorization: `Bearer ${keys[as]}` }),
          ...(body === undefined && raw === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      mustKeepContract(method, path, response.status, response.headers.get('content-type') ?? '', text);
      return { status: response.status, headers: response.headers, text, body: readJson(text) };
    },
    worker,
    close: async () => {
      await worker.stop();
      await api.close();
      await sandbox.close();
      await db.$disconnect();
      await pool.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function workerOf(config: Config, pool: ReturnType<typeof openPool>): World['worker'] {
  let running: { worker: Worker; done: Promise<void>; connection: NativeConnection } | undefined;
  return {
    start: async () => {
      bundle ??= bundleWorkflows();
      const connection = await NativeConnection.connect({ address: config.temporal.address });
      const parts = { connection, config, bundle: await bundle, activities: makeActivities(pool, config) };
      const worker = await createWorker(parts);
      running = { worker, done: worker.run(), connection };
    },
    stop: async () => {
      if (running === undefined) return;
      const { worker, done, connection } = running;
      running = undefined;
      worker.shutdown();
      await done;
      await connection.close();
    },
  };
}

const Tree = z.record(z.string(), z.unknown());

function readJson(text: string): Json {
  try {
    return Tree.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

export async function putJson(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

/** Waits until a check no longer throws, for at most ten seconds. */
export async function eventually<T>(check: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 10_000; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
