import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'pg';
import { z } from 'zod';
import { launch } from '../local/owned-process.ts';
import { freePort } from '../local/ports.ts';
import { startStack } from '../local/stack.ts';
import { openPool } from '../prisma/client.ts';
import type { Memory } from './heaps.ts';
import { type Progress, watchProgress } from './progress.ts';
import { makeSales, type Sale } from './sales.ts';

export type Side = 'engine' | 'twin';
/** What is measured; returns and recalls against a twin of their own. */
export type Subject = 'return' | 'recall' | 'loan';

/** One side on a machine of its own making: fresh PostgreSQL, fresh Temporal, sandbox, and its worker in a process each. */
export type Leg = {
  readonly side: Side;
  readonly client: Client;
  readonly taskQueue: string;
  readonly pool: Pool;
  readonly sandboxUrl: string;
  readonly progress: Progress;
  /** A sale that nobody has returned yet. */
  readonly nextSale: () => Sale;
  readonly workerPid: number;
  readonly workerCpuSeconds: () => Promise<number>;
  readonly workerMemory: () => Promise<Memory>;
  /** The API's address and a key to it; null where the leg has none. */
  readonly api: { readonly url: string; readonly key: string } | null;
};

export type LegOptions = {
  readonly side: Side;
  readonly subject: Subject;
  readonly sales: number;
  /** With an API, for what isn't driven through Temporal's client alone. */
  readonly api?: boolean;
  readonly log: (line: string) => void;
  /** More flags for the worker's Node, such as `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

const Cpu = z.object({ cpuSeconds: z.number() });
const Heaps = z.object({ rssBytes: z.number(), heapBytes: z.number() });

/** Starts a leg, lets `work` measure on it, and takes all of it away again, whatever happened. */
export async function withLeg<T>(options: LegOptions, work: (leg: Leg) => Promise<T>): Promise<T> {
  const { side, subject, sales, log, api = false } = options;
  const dataDir = await mkdtemp(join(tmpdir(), `homeward-bench-${subject}-${side}-`));
  const undo: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  try {
    log(`${side}: starting fresh databases`);
    const stack = await startStack({
      dataDir,
      freePorts: true,
      workers: 0,
      api,
      // Nobody listens to webhooks here: scans and people are played by the load itself.
      env: { LOG_LEVEL: 'error', ...options.env },
    });
    undo.push(stack.stop);
    // What a measurement itself asks may take longer than anything that the product does.
    const pool = openPool({ ...stack.config.database, statementTimeoutMs: 300_000 });
    undo.push(() => pool.end());
    const connection = await Connection.connect({ address: stack.config.temporal.address });
    undo.push(() => connection.close());
    const progress = watchProgress(pool);
    undo.push(progress.stop);
    const made = [...(await makeSales(pool, stack.sandboxUrl, sales))];
    const door = await freePort();
    const worker = await launch({
      name: `The ${side}'s worker`,
      command: process.execPath,
      args: [
        ...(options.nodeFlags ?? []),
        join(import.meta.dirname, 'worker.ts'),
        '--subject',
        subject,
        '--side',
        side,
        '--door',
        String(door),
      ],
      env: stack.env,
      ready: /worker ready/,
      logFile: join(dataDir, 'logs', 'worker.log'),
    });
    undo.push(worker.stop);
    const ask = async (path: string): Promise<unknown> => await (await fetch(`http://127.0.0.1:${door}${path}`)).json();
    return await work({
      side,
      client: new Client({ connection, namespace: stack.config.temporal.namespace }),
      taskQueue: stack.config.temporal.taskQueue,
      pool,
      sandboxUrl: stack.sandboxUrl,
      progress,
      nextSale: () => {
        const sale = made.pop();
        if (sale === undefined) throw new Error('The leg has no sales left.');
        return sale;
      },
      workerPid: worker.pid,
      workerCpuSeconds: async () => Cpu.parse(await ask('/cpu')).cpuSeconds,
      workerMemory: async () => Heaps.parse(await ask('/memory')),
      api: api
        ? { url: stack.config.api.publicUrl, key: (await readFile(join(dataDir, 'api-key'), 'utf8')).trim() }
        : null,
    });
  } finally {
    for (const step of undo.toReversed()) await step();
  }
}
