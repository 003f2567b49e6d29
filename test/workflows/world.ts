import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, type Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { receiptSchedule } from '../../activities/journal/schedule.ts';
import { type Config, loadConfig } from '../../config/config.ts';
import { policyForSale } from '../../domain/policy/rules-for.ts';
import { startSandbox } from '../../local/sandbox/server.ts';
import { openPool, openPrisma, type PrismaClient } from '../../prisma/client.ts';
import { type Activities, makeActivities } from '../../worker/activities.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/create.ts';
import { createDatabase } from '../setup/fresh-database.ts';
import { replayed } from './history.ts';
import { anOrder, type Sale } from './orders.ts';
import { type Asked, type OpenReturn, type Processes, returnOf } from './returns.ts';
import { type Control, controlOf } from './sandbox.ts';
import type { Server } from './servers.ts';

export type WorldOptions = {
  /** The Temporal server: real, or one that skips time. */
  readonly server: () => Promise<Server>;
  /** @default 500 */
  readonly maxCachedWorkflows?: number;
  /** What the worker runs in place of the real activities. */
  readonly activities?: (real: Activities) => Activities;
  /** What is configured otherwise than by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the worker's pool finds the database; itself by default. */
  readonly databaseFor?: (url: string) => Promise<string>;
};

export type World = Processes & {
  readonly env: TestWorkflowEnvironment;
  readonly pool: Pool;
  readonly db: PrismaClient;
  readonly bundle: WorkflowBundleWithSourceMap;
  readonly control: Control;
  readonly config: Config;
  readonly anOrder: (sale?: Sale) => Promise<string>;
  /** Asks for a return of an order and waits for the decision. */
  readonly returnOf: (order: string, asked?: Asked) => Promise<OpenReturn>;
  /** Asks for the return of all units of the first line of a new order. */
  readonly aReturn: (saleAndAsked?: Sale & Asked) => Promise<OpenReturn>;
  /** Another worker, for a task queue of its own; the caller stops it. */
  readonly anotherWorker: (taskQueue: string) => Promise<() => Promise<void>>;
};

/**
 * One worker with a database and a sandbox of its own, for all tests of a file. After them every run is replayed, both
 * ledgers are checked, and the read model is compared with what the journal makes.
 */
export function aWorld(options: WorldOptions): () => World {
  let world: World | undefined;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    hush();
    const folder = await mkdtemp(join(tmpdir(), 'homeward-world-'));
    ends.unshift(() => rm(folder, { recursive: true, force: true }));
    const sandbox = await startSandbox({
      dataFile: join(folder, 'sandbox.db'),
      secrets: { carrier: 'carrier', payment: 'payment' },
    });
    ends.unshift(sandbox.close);
    const database = await createDatabase();
    ends.unshift(database.drop);
    const { env, close } = await options.server();
    ends.unshift(close);
    const base = loadConfig({
      DATABASE_URL: database.url,
      EASYPOST_BASE_URL: `${sandbox.url}/v2`,
      STRIPE_BASE_URL: sandbox.url,
      NOTICES_SMTP_URL: sandbox.smtpUrl,
      WORKER_MAX_CACHED_WORKFLOWS: String(options.maxCachedWorkflows ?? 500),
      TEMPORAL_TASK_QUEUE: `test-${randomUUID()}`,
      ...options.env,
    });
    const pool = openPool(base.database);
    ends.unshift(() => pool.end());
    const url = (await options.databaseFor?.(database.url)) ?? database.url;
    const workersPool = openPool({ ...base.database, url });
    ends.unshift(() => workersPool.end());
    const bundle = await bundleWorkflows();
    const real = onTheServersClock(env, makeActivities(workersPool, base));
    const activities = options.activities?.(real) ?? real;
    const start = async (taskQueue: string) => {
      const config = { ...base, temporal: { ...base.temporal, taskQueue } };
      const worker = await createWorker({ connection: env.nativeConnection, config, bundle, activities });
      return stopOf(worker, worker.run());
    };
    ends.unshift(await start(base.temporal.taskQueue));
    world = makeWorld(env, pool, bundle, controlOf(sandbox.url), base, start);
  });

  afterAll(async () => {
    try {
      if (world !== undefined) await everythingAgrees(world);
    } finally {
      for (const end of ends) await end();
    }
  });

  return () => {
    if (world === undefined) throw new Error('the world begins with the first test');
    return world;
  };
}

async function everythingAgrees({ pool, env, bundle, runs }: World): Promise<void> {
  expect((await checkLedgers(pool)).disagreements).toEqual([]);
  expect((await rebuildAll(pool)).differences).toEqual([]);
  expect(await replayed(env, bundle, runs)).toEqual([]);
}

/** The SDK tells of every step of a worker and of every fault that a test switched on; a failed task should be seen. */
function hush(): void {
  try {
    const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (meta?.['activityType'] === undefined) console.error(level, message, meta?.['error'] ?? '');
    });
    Runtime.install({ logger });
  } catch {
    // Another world of this file was first.
  }
}

const stopOf = (worker: Worker, running: Promise<void>) => async () => {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running;
};

/** The receipt timer starts now; where time is skipped, now is the server's. */
function onTheServersClock(env: TestWorkflowEnvironment, real: Activities): Activities {
  return {
    ...real,
    openReturn: async (input) => {
      const opened = await real.openReturn(input);
      if (opened.type !== 'new') return opened;
      const { facts } = opened;
      const now = new Date(await env.currentTimeMs()).toISOString();
      return {
        ...opened,
        facts: { ...facts, schedule: receiptSchedule(policyForSale(facts.policy, facts.order), now) },
      };
    },
  };
}

function makeWorld(
  env: TestWorkflowEnvironment,
  pool: Pool,
  bundle: WorkflowBundleWithSourceMap,
  control: Control,
  config: Config,
  anotherWorker: World['anotherWorker'],
): World {
  const db = openPrisma(pool);
  const processes: Processes = {
    client: env.client,
    taskQueue: config.temporal.taskQueue,
    runs: new Map(),
    pool,
    control,
    skip: (duration) => env.sleep(duration),
    now: () => env.currentTimeMs(),
  };
  const sell = async (sale: Sale = {}) => await anOrder(db, control, sale, new Date(await env.currentTimeMs()));
  return {
    ...processes,
    env,
    db,
    bundle,
    config,
    anotherWorker,
    anOrder: sell,
    returnOf: (order, asked) => returnOf(processes, order, asked),
    aReturn: async (saleAndAsked = {}) => returnOf(processes, await sell(saleAndAsked), saleAndAsked),
  };
}
