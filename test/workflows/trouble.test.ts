import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, inject, test } from 'vitest';
import { numberOf } from '../../activities/journal/process.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import { launch } from '../../local/owned-process.ts';
import { storyQuery } from '../../workflows/process/messages.ts';
import { type Way, wayTo } from './cut-off.ts';
import { askFor } from './returns.ts';
import { realTime } from './servers.ts';
import {
  complete,
  confirm,
  extension,
  handOver,
  hasEnded,
  hasLabel,
  inspect,
  later,
  oneRefund,
  receive,
  refundSucceeds,
  voidedLabel,
} from './steps.ts';
import { needsPerson, pastTheRules, reset, until } from './trouble.ts';
import { aWorld } from './world.ts';

/** Returns whose appends commit and then fail, and how often each still does. */
const breaking = new Map<string, number>();
/** Returns whose units can't be reserved at present. */
const notReserving = new Set<string>();
let way: Way | undefined;
afterAll(() => way?.close());

const world = aWorld({
  server: realTime,
  databaseFor: async (url) => {
    way = await wayTo(url);
    return way.url;
  },
  activities: (real) => ({
    ...real,
    append: async (input) => {
      const result = await real.append(input);
      const left = breaking.get(numberOf(input.process)) ?? 0;
      if (left > 0) {
        breaking.set(numberOf(input.process), left - 1);
        throw new Error('the answer of an append was lost');
      }
      return result;
    },
    reserveUnits: async (input) => {
      if (notReserving.has(input.rma)) throw new Error('the units could not be read');
      return await real.reserveUnits(input);
    },
  }),
});

test('an append whose answer is lost, again and again, changes nothing', async () => {
  const order = await world().anOrder();
  const rma = makeRma(randomBytes(16));
  // More often than the local attempts: the regular activity takes over.
  breaking.set(rma, 4);
  const its = await askFor(world(), order, {}, rma);
  await complete(its);
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
  expect(breaking.get(rma)).toBe(0);
});

test('a run that is reset does nothing twice', async () => {
  const order = await world().anOrder({ quantity: 2, captured: [6000, 4000] });
  const [one, its] = [await world().returnOf(order), await world().returnOf(order)];
  await complete(one);
  await complete(its);
  await refundSucceeds(its, 'S1-2');
  await its.until((state) => state.phase === 'closed');
  const books = await its.books();
  const journal = await its.journal();
  for (const point of ['last', 'first'] as const) {
    await reset(world(), its.handle().workflowId, point);
    await its.signal({ type: 'sync' }, `sync-${point}`);
    await its.until((state) => state.phase === 'closed');
    await its.closed();
  }
  expect(await its.books()).toEqual(books);
  const after = await its.journal();
  expect(after.slice(0, journal.length)).toEqual(journal);
  expect(after.slice(journal.length).map((row) => row.events)).toEqual([[], []]);
  await hasEnded(its, 'closed', { refunds: books.refunds });
});

test('a journal that is behind stops the return until it is whole again', async () => {
  const its = await world().aReturn();
  await handOver(its);
  await its.tell(extension());
  const process = `return:${its.rma}`;
  const { rows: lost } = await world().pool.query(
    'SELECT * FROM journal WHERE process = $1 ORDER BY version DESC LIMIT 2',
    [process],
  );
  await pastTheRules(world().pool, (query) =>
    query('DELETE FROM journal WHERE process = $1 AND version = ANY($2)', [process, lost.map((row) => row.version)]),
  );
  const before = await its.journal();
  await its.signal({ type: 'track', parcel: 'P1', status: 'out_for_delivery', at: later(1) }, 'T1');
  await until(async () => (await needsPerson(its)) === 'journal_behind');
  expect(await its.handle().query(storyQuery)).toContain('journal is behind');
  await its.signal({ type: 'sync' }, 'too-early');
  await its.signal({ type: 'track', parcel: 'P1', status: 'out_for_delivery', at: later(2) }, 'T2');
  await sleep(300);
  expect(await its.journal()).toEqual(before);
  await pastTheRules(world().pool, async (query) => {
    for (const row of lost) {
      await query('INSERT INTO journal SELECT * FROM jsonb_populate_record(NULL::journal, $1::jsonb)', [
        JSON.stringify(row),
      ]);
    }
  });
  await its.tell({ type: 'sync' });
  expect((await its.state()).parcels['P1']?.trackedAt).toBe((await its.events('parcel_tracked')).at(-1)?.at);
  expect((await its.journal()).map((row) => row.commandId)).toEqual(expect.arrayContaining(['T1', 'T2', 'too-early']));
  await until(async () => (await needsPerson(its)) === undefined);
  await receive(its);
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('a database that is away for longer than the local attempts is waited for', async () => {
  const its = await world().aReturn();
  await handOver(its);
  way?.cut();
  const received = receive(its);
  await its.signal({ type: 'track', parcel: 'P1', status: 'delivered', at: later(1) });
  await sleep(10_000);
  way?.mend();
  expect(await received).toMatchObject({ goods: 'received' });
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('a return whose units can’t be reserved again still answers, and goes on when they can', async () => {
  const its = await askFor(world(), await world().anOrder({ finalSale: true, country: 'US' }));
  await its.until((state) => state.phase === 'closed');
  notReserving.add(its.rma);
  await its.tell({ type: 'override', decisions: [{ line: 'L1', approve: true, note: 'N1' }] });
  await sleep(3_000);
  expect(await its.tell({ type: 'sync' })).toMatchObject({ rma: its.rma });
  expect(await its.events('label_bought')).toEqual([]);
  notReserving.delete(its.rma);
  await hasLabel(its);
  await its.tell({ type: 'cancel', note: null });
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('a worker that is killed between commit and task, twice, leaves nothing undone or doubled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-dying-'));
  const { config, bundle, anotherWorker, anOrder } = world();
  const bundleFile = join(folder, 'bundle.js');
  await writeFile(bundleFile, bundle.code);
  const taskQueue = `dying-${config.temporal.taskQueue}`;
  const dyingWorker = (appends: number) =>
    launch({
      name: 'a worker that dies',
      command: process.execPath,
      args: [join(import.meta.dirname, 'dying-worker.ts'), String(appends), bundleFile],
      env: {
        ...process.env,
        DATABASE_URL: config.database.url,
        TEMPORAL_ADDRESS: inject('temporalAddress'),
        TEMPORAL_TASK_QUEUE: taskQueue,
        EASYPOST_BASE_URL: config.easypost.baseUrl,
        STRIPE_BASE_URL: config.stripe.baseUrl,
      },
      ready: /ready to die/,
    });
  const order = await anOrder();
  const processes = { ...world(), taskQueue, workflowTaskTimeout: '2s' };
  // The first dies with the request in the journal, the second with the label bought and told.
  const first = await dyingWorker(1);
  const its = await askFor(processes, order);
  await first.ended;
  const second = await dyingWorker(1);
  await second.ended;
  const stop = await anotherWorker(taskQueue);
  try {
    await complete(its);
    await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
    expect((await its.journal()).map((row) => row.events.map((event) => event.type))).toHaveLength(7);
  } finally {
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
});
