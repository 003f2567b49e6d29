import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeRma } from '../../domain/rma.ts';
import {
  type ReturnArguments,
  returnWorkflowId,
  returnWorkflowType,
  storyQuery,
} from '../../workflows/return/messages.ts';
import { type Way, wayTo } from './cut-off.ts';
import { openReturn, requestOf } from './returns.ts';
import { realTime } from './servers.ts';
import {
  complete,
  confirm,
  handOver,
  hasEnded,
  hasLabel,
  inspect,
  oneRefund,
  receive,
  refundSucceeds,
  voidedLabel,
} from './steps.ts';
import { needsPerson, pastTheRules, reset, until } from './trouble.ts';
import { aWorld } from './world.ts';

/** Returns whose appends commit and then fail, and how often each still does. */
const breaking = new Map<string, number>();
let way: Way | undefined;

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
      const left = breaking.get(input.rma) ?? 0;
      if (left > 0 && !result.conflict) {
        breaking.set(input.rma, left - 1);
        throw new Error('the answer of an append was lost');
      }
      return result;
    },
  }),
});

const day = 86_400_000;
const later = (days: number) => new Date(Date.now() + days * day).toISOString();
const extension = () =>
  ({ type: 'extend', schedule: { reminders: [], escalation: later(40), expiry: later(50) }, note: 'N1' }) as const;

test('a command counts once, by update and by signal, at once and again', async () => {
  const its = await world().aReturn();
  const command = extension();
  const [first, second] = await Promise.all([
    its.tell(command, 'C1'),
    its.tell(command, 'C1'),
    its.signal(command, 'C1'),
  ]);
  expect(second).toEqual(first);
  await its.signal(command, 'C1');
  expect((await its.tell(command, 'C1')).events).toEqual(['receipt_extended']);
  expect(await its.events('receipt_extended')).toHaveLength(1);
  await its.tell({ type: 'cancel', note: null });
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('a refused command fails with its reason, and leaves nothing behind', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  const before = await its.journal();
  const refusal = await its.refusal({ type: 'inspect', item: 'P9-1', findings: [] });
  expect(refusal).toMatchObject({ code: 'unknown_item', field: 'item' });
  await its.signal({ type: 'inspect', item: 'P9-1', findings: [] });
  expect((await its.tell({ type: 'sync' })).version).toBe(before.length + 1);
  expect((await its.journal()).slice(0, -1)).toEqual(before);
  await its.tell({ type: 'cancel', note: null });
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('what is sent before the first decision is decided after it', async () => {
  const order = await world().anOrder();
  const rma = makeRma(randomBytes(16));
  const { taskQueue, client, runs } = world();
  const request = { commandId: 'R1', by: 'test', request: requestOf(order) };
  const handle = await client.workflow.signalWithStart(returnWorkflowType, {
    taskQueue,
    workflowId: returnWorkflowId(rma),
    args: [{ rma, request }] satisfies [ReturnArguments],
    signal: 'cancel',
    signalArgs: [{ commandId: 'C1', by: 'test', command: { type: 'cancel', note: null } }],
  });
  runs.set(handle.signaledRunId, returnWorkflowId(rma));
  await expect(handle.result()).resolves.toEqual({ goods: 'cancelled', money: 'none' });
});

test('a burst of two hundred signals is taken in whole', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  const ids = Array.from({ length: 200 }, (_, index) => `scan-${index}`);
  await Promise.all(
    ids.map((id, index) =>
      its.signal({ type: 'track', parcel: 'P1', status: 'pre_transit', at: new Date(index).toISOString() }, id),
    ),
  );
  await its.tell({ type: 'sync' });
  const known = new Set((await its.journal()).map((row) => row.commandId));
  expect(ids.filter((id) => !known.has(id))).toEqual([]);
  await complete(its);
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('an append whose answer is lost, again and again, changes nothing', async () => {
  const order = await world().anOrder();
  const rma = makeRma(randomBytes(16));
  // More often than the local attempts: the regular activity takes over.
  breaking.set(rma, 4);
  const { taskQueue, client, runs } = world();
  const handle = await client.workflow.start(returnWorkflowType, {
    taskQueue,
    workflowId: returnWorkflowId(rma),
    args: [{ rma, request: { commandId: 'R1', by: 'test', request: requestOf(order) } }] satisfies [ReturnArguments],
  });
  runs.set(handle.firstExecutionRunId, returnWorkflowId(rma));
  const its = openReturn(world(), rma, order, {
    rma,
    version: 0,
    goods: 'requested',
    money: 'none',
    events: [],
    attention: [],
  });
  await its.until((state) => 'parcels' in state);
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
  for (const point of ['first', 'last'] as const) {
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
  await new Promise((resolve) => setTimeout(resolve, 300));
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
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  way?.mend();
  expect(await received).toMatchObject({ goods: 'received' });
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('a closed return still answers queries', async () => {
  const its = await world().aReturn();
  await complete(its);
  await its.closed();
  expect((await its.state()).outcome).toBe('completed');
  expect(await its.handle().query(storyQuery)).toContain('Goods **closed**, money **full**');
});
