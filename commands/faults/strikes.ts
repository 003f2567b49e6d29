import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type pg from 'pg';
import type { Part } from '../../local/part.ts';
import type { Stack } from '../../local/stack.ts';
import type { Histories } from './histories.ts';

/** What a fault has to work with. */
export type Scene = {
  readonly stack: Stack;
  readonly pool: pg.Pool;
  readonly histories: Histories;
  readonly log: (line: string) => void;
};

export type Fault = {
  readonly name: string;
  readonly about: string;
  /** What the sandbox does wrong from the first request to the last closing. */
  readonly sandbox?: Readonly<Record<string, unknown>>;
  /** Strikes while half of the returns are open, and again (or only) when all are. */
  readonly strike?: (scene: Scene) => Promise<void>;
  readonly onlyWhenAllAreOpen?: boolean;
};

export const faults: readonly Fault[] = [
  { name: 'none', about: 'nothing breaks' },
  {
    name: 'worker-killed',
    about: 'kill -9 the worker',
    strike: async ({ stack }) => await killAndStart(workerOf(stack)),
  },
  {
    name: 'worker-killed-at-commit',
    about: 'kill -9 the worker between a commit and the end of its workflow task, several times',
    strike: killAtCommit,
    onlyWhenAllAreOpen: true,
  },
  {
    name: 'api-killed',
    about: 'kill -9 the API',
    strike: async ({ stack }) => await killAndStart(partOf(stack.api, 'the API')),
  },
  {
    name: 'temporal-restarted',
    about: 'stop Temporal and start it again',
    strike: async ({ stack }) => await stopFor(partOf(stack.temporal, 'Temporal'), 3_000),
    onlyWhenAllAreOpen: true,
  },
  {
    name: 'postgres-stopped',
    about: 'stop PostgreSQL for 20 s',
    strike: async ({ stack }) => await stopFor(partOf(stack.postgres, 'PostgreSQL'), 20_000),
    onlyWhenAllAreOpen: true,
  },
  {
    name: 'postgres-frozen',
    about: 'freeze PostgreSQL for 20 s: its connections stay open and nothing answers',
    strike: async ({ stack }) => await freezeFor(partOf(stack.postgres, 'PostgreSQL'), 20_000),
    onlyWhenAllAreOpen: true,
  },
  {
    name: 'carrier-failing',
    about: 'the carrier answers a fifth of the calls with 503, and leaves a tenth without an answer after doing them',
    sandbox: { carrier: { errorRate: 0.2, timeoutAfterEffectRate: 0.1 } },
  },
  {
    name: 'payment-timing-out',
    about: 'the payment provider leaves a third of the calls without an answer after doing them',
    sandbox: { payment: { timeoutAfterEffectRate: 0.34 } },
  },
  {
    name: 'webhooks-tripled',
    about: 'every webhook comes three times and out of order',
    sandbox: { webhooks: { duplicate: 3, shuffle: true, shuffleMs: 1_500 } },
  },
];

const DOWN_MS = 2_000;
const KILLS_AT_COMMIT = 4;

/** Ends a part without a word, and starts it again a moment later. */
export async function killAndStart(part: Part): Promise<void> {
  await part.kill();
  await sleep(DOWN_MS);
  await part.start();
}

export async function stopFor(part: Part, ms: number): Promise<void> {
  await part.stop();
  await sleep(ms);
  await part.start();
}

/** The kill comes the moment a new journal row can be seen: the worker has it from the database at best, Temporal has not. */
async function killAtCommit({ stack, pool, histories, log }: Scene): Promise<void> {
  const worker = workerOf(stack);
  let between = 0;
  for (let kill = 0; kill < KILLS_AT_COMMIT; kill += 1) {
    const commit = await nextCommit(pool);
    if (commit === null) break;
    await worker.kill();
    if (await histories.taskIsOpen(commit.process, commit.at)) between += 1;
    await worker.start();
    await sleep(DOWN_MS);
  }
  log(`${between} of the kills came between a commit and the end of its workflow task`);
  if (between === 0)
    throw new Error('No kill came between a commit and the end of its workflow task: nothing was shown.');
}

type Commit = { readonly process: string; readonly at: Date };

/** The next row in the journal; null when none comes any more. */
async function nextCommit(pool: pg.Pool): Promise<Commit | null> {
  const newest = 'SELECT process, written_at AS at FROM journal ORDER BY written_at DESC LIMIT 1';
  const before = (await pool.query<Commit>(newest)).rows[0]?.at.getTime() ?? 0;
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const row = (await pool.query<Commit>(newest)).rows[0];
    if (row !== undefined && row.at.getTime() > before) return row;
    await sleep(2);
  }
  return null;
}

/** Each session of PostgreSQL leads a process group of its own, so all are stopped one by one, the parent first. */
async function freezeFor(part: Part, ms: number): Promise<void> {
  process.kill(part.pid(), 'SIGSTOP');
  const children = await childrenOf(part.pid());
  const frozen = [part.pid(), ...children];
  try {
    for (const pid of children) signal(pid, 'SIGSTOP');
    await sleep(ms);
  } finally {
    for (const pid of frozen) signal(pid, 'SIGCONT');
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []));
}

/** A session may have ended in the meantime. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone.
  }
}

export const workerOf = (stack: Stack): Part => partOf(stack.workers[0], 'the worker');

export function partOf(part: Part | undefined, name: string): Part {
  if (part === undefined) throw new Error(`${name} is not a part of this stack: unset the variable that names yours.`);
  return part;
}
