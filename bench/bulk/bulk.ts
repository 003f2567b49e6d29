import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { startStack } from '../../local/stack.ts';
import { openPool } from '../../prisma/client.ts';
import { type HistoryFigures, historiesOf } from './histories.ts';
import { watchPeaks } from './peak.ts';
import { aPurchase, prepareBusiness } from './purchase.ts';

/** One bulk return from its file to its end, over HTTP. */
export type BulkFigures = {
  readonly lines: number;
  readonly sections: number;
  readonly seconds: Readonly<Record<'authorize' | 'review' | 'receive' | 'inspect' | 'credit' | 'close', number>>;
  /** Most that a process held while it ran, in mebibytes. */
  readonly peakMiB: Readonly<Record<string, number>>;
  readonly history: HistoryFigures;
};

export type BulkReport = {
  readonly small: BulkFigures;
  readonly large: BulkFigures;
  /** Peak memory of the large one over that of the small one. */
  readonly growth: Readonly<Record<string, number>>;
  readonly largestPayloadBytes: number;
  readonly mostHistoryEvents: number;
  readonly mostHistoryBytes: number;
};

type Log = (line: string) => void;

const Whole = z.object({
  rma: z.string(),
  status: z.object({ goods: z.string(), money: z.string() }),
  sections: z.array(z.object({ rma: z.string() })),
  quoted: z.object({ amount: z.string() }),
  creditDue: z.object({ amount: z.string() }),
  needsPerson: z.record(z.string(), z.int()),
});
const Memo = z.object({ total: z.object({ amount: z.string() }), lines: z.array(z.object({ quantity: z.int() })) });
const Totals = z.object({
  totals: z.object({ requested: z.int(), received: z.int(), credited: z.int() }),
  differing: z.int(),
});

const asNew = {
  packaging: 'sealed',
  cosmetic: 'pristine',
  function: 'works',
  completeness: 'complete',
  expiry: 'not_applicable',
  contamination: 'none',
};

/**
 * Measures a return of so many lines against one of a single section, on one stack of its own.
 *
 * @throws where a unit or a cent was lost, or a section didn't close: then no figure counts
 */
export async function measureBulk(
  sizes: { readonly small: number; readonly large: number },
  log: Log,
): Promise<BulkReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'homeward-bench-bulk-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  try {
    log('starting a stack of its own');
    const stack = await startStack({ dataDir, freePorts: true, env: { LOG_LEVEL: 'error' } });
    undo.push(stack.stop);
    const pool = openPool(stack.config.database);
    undo.push(() => pool.end());
    await prepareBusiness(pool);
    const connection = await Connection.connect({ address: stack.config.temporal.address });
    undo.push(() => connection.close());
    const client = new Client({ connection, namespace: stack.config.temporal.namespace });
    const peaks = watchPeaks({ api: stack.api?.pid() ?? 0, worker: stack.workers[0]?.pid() ?? 0 });
    undo.push(peaks.stop);
    const key = (await readFile(join(dataDir, 'api-key'), 'utf8')).trim();
    const call = callerOf(stack.config.api.publicUrl, key);
    const measure = async (name: string, lines: number): Promise<BulkFigures> => {
      const walked = await walk(call, name, lines, log);
      const peakMiB = peaks.taken();
      return { ...walked.figures, peakMiB, history: await historiesOf(client, walked.sections) };
    };
    // One that counts for nothing: what the processes load with their first return is neither's.
    await measure('bench-warm', Math.min(20, sizes.small));
    const small = await measure('bench-small', sizes.small);
    const large = await measure('bench-large', sizes.large);
    const growth = Object.fromEntries(
      Object.entries(large.peakMiB).map(([name, most]) => [name, round(most / (small.peakMiB[name] ?? most))]),
    );
    return {
      small,
      large,
      growth,
      largestPayloadBytes: Math.max(small.history.largestPayloadBytes, large.history.largestPayloadBytes),
      mostHistoryEvents: Math.max(small.history.events, large.history.events),
      mostHistoryBytes: Math.max(small.history.bytes, large.history.bytes),
    };
  } finally {
    for (const step of undo.toReversed()) await step();
  }
}

type Caller = (method: 'GET' | 'POST', path: string, body?: unknown, type?: string) => Promise<unknown>;

function callerOf(url: string, key: string): Caller {
  return async (method, path, body, type = 'application/json') => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: type === 'application/json' ? JSON.stringify(body) : String(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return (response.headers.get('content-type') ?? '').startsWith('application/json') ? JSON.parse(text) : text;
  };
}

/** A purchase comes in, comes back in two deliveries, is credited with one memo and closes. */
async function walk(call: Caller, order: string, lines: number, log: Log) {
  const { orderFile, returnFile, deliveries } = aPurchase(order, lines);
  await call('POST', '/v1/orders/import', orderFile, 'text/csv');
  const seconds: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    seconds[step] = round((performance.now() - start) / 1_000);
    log(`${lines} lines: ${step} in ${seconds[step]} s`);
    return result;
  };
  const whole = Whole.parse(
    await timed('authorize', () => call('POST', `/v1/bulk-returns?order=${order}`, returnFile, 'text/csv')),
  );
  const at = `/v1/bulk-returns/${whole.rma}`;
  const read = async () => Whole.parse(await call('GET', at));
  await timed('review', async () => {
    if ((await read()).status.goods === 'in_review')
      await call('POST', `${at}/reviews`, { approve: true, note: 'bench' });
    await until(async () => (await read()).status.goods === 'authorized');
  });
  await timed('receive', async () => {
    for (const [index, file] of deliveries.entries()) {
      await call('POST', `${at}/deliveries?delivery=DN-${index + 1}&last=${index === 1}`, file, 'text/csv');
    }
    await until(async () => (await read()).status.goods === 'received');
  });
  await timed('inspect', async () => {
    await call('POST', `${at}/inspections`, { facts: asNew });
    await until(async () => {
      const { creditDue, quoted } = await read();
      return creditDue.amount === quoted.amount;
    });
  });
  const memo = Memo.parse(
    await timed('credit', async () => {
      const issued = await call('POST', `${at}/credit-memos`);
      await until(async () => (await read()).status.money === 'full');
      return issued;
    }),
  );
  await timed('close', async () => {
    await call('POST', `${at}/confirmations`, { disposition: 'restock', evidence: 'DOCK-1' });
    await until(async () => (await read()).status.goods === 'closed');
  });
  const { totals, differing } = Totals.parse(await call('GET', `${at}/reconciliation`));
  const credited = memo.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const right = [totals.requested, totals.received, totals.credited, credited].every((units) => units === 2 * lines);
  if (!right || differing > 0 || memo.total.amount !== whole.quoted.amount) {
    throw new Error(
      `${whole.rma} was asked for ${2 * lines} units: ${JSON.stringify({ ...totals, credited, memo: memo.total })}`,
    );
  }
  const sections = whole.sections.map(({ rma }) => rma);
  const steps = z.object({
    authorize: z.number(),
    review: z.number(),
    receive: z.number(),
    inspect: z.number(),
    credit: z.number(),
    close: z.number(),
  });
  return { sections, figures: { lines, sections: sections.length, seconds: steps.parse(seconds) } };
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 300_000; !(await check()); await sleep(200)) {
    if (Date.now() > end) throw new Error('The return did not come any further within five minutes.');
  }
}

const round = (value: number) => Math.round(value * 100) / 100;
