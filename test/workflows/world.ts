import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { Pool } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { loadConfig } from '../../config/config.ts';
import { defaultCustomerPolicy } from '../../domain/default-policy.ts';
import type { Policy } from '../../domain/policy.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReturnState } from '../../domain/return/state.ts';
import { makeRma } from '../../domain/rma.ts';
import { startSandbox } from '../../local/sandbox/server.ts';
import { timeSkippingEnvironment } from '../../local/time-skipping.ts';
import { openPool, openPrisma, type PrismaClient } from '../../prisma/client.ts';
import { makeActivities } from '../../worker/activities.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/create.ts';
import {
  type CommandOutcome,
  decisionUpdate,
  type MessageType,
  returnWorkflowId,
  returnWorkflowType,
  stateQuery,
} from '../../workflows/return/messages.ts';

/** What a test says of the sale; the rest is ordinary. */
export type Sale = {
  readonly quantity?: number;
  readonly unitPrice?: number;
  readonly policy?: Partial<Policy>;
  readonly reason?: ReasonCode;
  readonly method?: 'drop_off' | 'pickup';
  readonly instrument?: 'original' | 'store_credit';
};

export type World = {
  readonly env: TestWorkflowEnvironment;
  readonly pool: Pool;
  readonly db: PrismaClient;
  readonly sandbox: string;
  /** Asks for the return of all units of a new order and waits for the decision. */
  readonly aReturn: (sale?: Sale) => Promise<OpenReturn>;
  /** Sends the sandbox's control a command. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
};

export type OpenReturn = {
  readonly rma: string;
  readonly decision: CommandOutcome;
  readonly tell: (command: MessageOf<MessageType>, commandId?: string) => Promise<CommandOutcome>;
  readonly signal: (command: MessageOf<MessageType>, commandId?: string) => Promise<void>;
  readonly state: () => Promise<Exclude<ReturnState, { phase: 'initial' }>>;
  /** Until something is true of the state; without skipping time. */
  readonly until: (is: (state: Exclude<ReturnState, { phase: 'initial' }>) => boolean) => Promise<void>;
  readonly closed: () => Promise<unknown>;
};

type MessageOf<T extends MessageType> = Extract<ReturnCommand, { type: T }>;

/** Facts of goods as good as new. */
export const likeNew = {
  packaging: 'sealed',
  cosmetic: 'pristine',
  function: 'works',
  completeness: 'complete',
  expiry: 'not_applicable',
  contamination: 'none',
} as const;

/** A worker on the time-skipping server with real PostgreSQL and the sandbox, for all tests of a file. */
export function aWorld(options: { readonly maxCachedWorkflows?: number } = {}): () => World {
  let world: World | undefined;
  let stop: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'homeward-world-'));
    const sandbox = await startSandbox({
      dataFile: join(folder, 'sandbox.db'),
      secrets: { carrier: 'carrier', payment: 'payment' },
    });
    const env = await timeSkippingEnvironment(inject('timeSkippingAddress'));
    const base = loadConfig({
      DATABASE_URL: inject('databaseUrl'),
      EASYPOST_BASE_URL: `${sandbox.url}/v2`,
      STRIPE_BASE_URL: sandbox.url,
      WORKER_MAX_CACHED_WORKFLOWS: String(options.maxCachedWorkflows ?? 500),
    });
    const config = { ...base, temporal: { ...base.temporal, taskQueue: `test-${randomUUID()}` } };
    const pool = openPool(config.database);
    const worker = await createWorker({
      connection: env.nativeConnection,
      config,
      bundle: await bundleWorkflows(),
      activities: makeActivities(pool, config),
    });
    const running = worker.run();
    world = makeWorld(env, pool, openPrisma(pool), sandbox.url, config.temporal.taskQueue);
    stop = async () => {
      await stopWorker(worker, running);
      await env.teardown();
      await pool.end();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    };
  });
  afterAll(async () => await stop());

  return () => {
    if (world === undefined) throw new Error('the world begins with the first test');
    return world;
  };
}

async function stopWorker(worker: Worker, running: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running;
}

function makeWorld(
  env: TestWorkflowEnvironment,
  pool: Pool,
  db: PrismaClient,
  sandbox: string,
  taskQueue: string,
): World {
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandbox}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`sandbox ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  };

  const aReturn = async (sale: Sale = {}): Promise<OpenReturn> => {
    const now = new Date(await env.currentTimeMs());
    const order = await anOrder(db, control, sale, now);
    const rma = makeRma(randomBytes(16));
    const { quantity = 1, reason = 'changed_mind', method = 'drop_off', instrument = 'original' } = sale;
    const request = {
      program: 'customer',
      order,
      lines: [{ line: 'L1', orderLine: `${order}-1`, quantity, reason }],
      method,
      instrument,
      facility: 'returns-test',
    } as const;
    const handle = await env.client.workflow.start(returnWorkflowType, {
      taskQueue,
      workflowId: returnWorkflowId(rma),
      args: [{ rma, request: { commandId: randomUUID(), by: 'test', request } }],
    });
    const decision = await handle.executeUpdate<CommandOutcome, []>(decisionUpdate);
    const message = (command: MessageOf<MessageType>, commandId: string = randomUUID()) => ({
      commandId,
      by: 'test',
      command,
    });
    const state = async () => await handle.query<Exclude<ReturnState, { phase: 'initial' }>>(stateQuery);
    return {
      rma,
      decision,
      state,
      tell: async (command, commandId) =>
        await env.client.workflow
          .getHandle(returnWorkflowId(rma))
          .executeUpdate<CommandOutcome, [unknown]>(command.type, { args: [message(command, commandId)] }),
      signal: async (command, commandId) => {
        await env.client.workflow.signalWithStart(returnWorkflowType, {
          taskQueue,
          workflowId: returnWorkflowId(rma),
          args: [{ rma, request: null }],
          signal: command.type,
          signalArgs: [message(command, commandId)],
        });
      },
      until: async (is) => {
        for (let attempt = 0; attempt < 200; attempt += 1) {
          if (is(await state())) return;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`still waiting; the state is ${JSON.stringify(await state(), null, 1)}`);
      },
      closed: async () => await env.client.workflow.getHandle(returnWorkflowId(rma)).result(),
    };
  };
  return { env, pool, db, sandbox, aReturn, control };
}

async function anOrder(db: PrismaClient, control: World['control'], sale: Sale, now: Date): Promise<string> {
  const { quantity = 1, unitPrice = 5000 } = sale;
  const order = `T${randomBytes(6).toString('hex')}`;
  const total = quantity * unitPrice;
  const delivered = new Date(now.getTime() - 86_400_000);
  const policy: Policy = { ...defaultCustomerPolicy, ...sale.policy, id: order, version: 1 };
  await db.policy.create({
    data: { id: order, version: 1, program: 'customer', document: policy, effectiveFrom: delivered },
  });
  await db.facility.upsert({
    where: { id: 'returns-test' },
    update: {},
    create: {
      id: 'returns-test',
      name: 'Test returns',
      zone: 'Europe/Berlin',
      street1: 'Teststr. 1',
      city: 'Berlin',
      zip: '10115',
      country: 'DE',
    },
  });
  await db.contact.create({
    data: { id: order, name: 'Test buyer', street1: 'Teststr. 2', city: 'Berlin', zip: '10115', country: 'DE' },
  });
  const seeded = (await control('POST', 'payments', {
    payments: [{ reference: order, amount: total, currency: 'EUR' }],
  })) as { paymentIntent: string }[];
  await db.order.create({
    data: {
      id: order,
      channel: 'web',
      currency: 'EUR',
      country: 'DE',
      contactId: order,
      placedAt: delivered,
      policyId: order,
      policyVersion: 1,
      lines: {
        create: {
          id: `${order}-1`,
          number: 1,
          sku: 'KETTLE',
          title: 'Kettle',
          category: 'kitchen',
          quantity,
          price: total,
          unitCost: 2000,
          unitWeightGrams: 900,
          fulfilments: { create: { id: `${order}-1-1`, quantity, shippedAt: delivered, deliveredAt: delivered } },
        },
      },
      payments: {
        create: { id: `${order}-p`, providerPaymentId: seeded[0]?.paymentIntent ?? '', captured: total },
      },
    },
  });
  return order;
}
