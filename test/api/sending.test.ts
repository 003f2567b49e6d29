import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProcesses } from '../../api/processes.ts';
import { startReturn } from '../../api/send.ts';
import { startApi } from '../../api/server.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test('a command that nobody wants to wait for is taken and done', async () => {
  const rma = await aReturn();
  const reply = await world.call(
    'POST',
    `/v1/returns/${rma}/cancellation`,
    {},
    { headers: { prefer: 'respond-async' } },
  );
  expect([reply.status, reply.body['status']]).toEqual([202, 'accepted']);
  await eventually(async () => expect(await goodsOf(rma)).toBe('cancelled'));
});

test('while the worker is away a person is told so in time, and all of it is done when it is back', async () => {
  const known = await aReturn();
  await world.worker.stop();

  const key = { headers: { 'idempotency-key': randomUUID() } };
  const path = `/v1/returns/${known}/cancellation`;
  const started = Date.now();
  const [cancelled, created] = await Promise.all([
    world.call('POST', path, { note: 'too late' }, key),
    world.call('POST', '/v1/returns', asked(await anOrder(world))),
  ]);
  expect(Date.now() - started).toBeLessThan(15_000);
  expect([cancelled.status, created.status], created.text).toEqual([202, 202]);
  const rma = String(created.body['rma']);
  expect(created.headers.get('location')).toBe(`/v1/returns/${rma}`);
  const waiting = await world.call('GET', `/v1/returns/${rma}`);
  expect([waiting.status, waiting.body['status']]).toEqual([202, 'starting']);
  // The answer that was given stays the answer.
  expect((await world.call('POST', path, { note: 'too late' }, key)).status).toBe(202);

  await world.worker.start();
  await eventually(async () => {
    expect(await goodsOf(known)).toBe('cancelled');
    expect((await world.call('GET', `/v1/returns/${rma}`)).status).toBe(200);
  });
  const cancellations = await world.db.journalEntry.count({ where: { process: `return:${known}`, command: 'cancel' } });
  expect(cancellations).toBe(1);
});

test('a message for a finished return finds it, and is refused where nothing is left to do', async () => {
  const rma = await aReturn();
  await world.call('POST', `/v1/returns/${rma}/cancellation`, {});
  await eventually(async () => expect(await isRunning(rma)).toBe(false));
  const reply = await world.call('POST', `/v1/returns/${rma}/cancellation`, {});
  expect([reply.status, reply.body['code']], reply.text).toEqual([409, 'return_closed']);
  const late = await world.call('POST', `/v1/returns/${rma}/receipts`, { contents: [{ sku: 'SKU-1', quantity: 1 }] });
  expect(late.status, late.text).toBe(200);
  expect(late.body['events']).toContain('reopened');
});

test('a command that finished its return starts nothing when it comes again, and is answered all the same', async () => {
  const rma = await aReturn();
  const key = randomUUID();
  const cancel = () =>
    world.call('POST', `/v1/returns/${rma}/cancellation`, {}, { headers: { 'idempotency-key': key } });
  const first = await cancel();
  await eventually(async () => expect(await isRunning(rma)).toBe(false));
  const before = await runOf(rma);
  const lost = { status: null, createdAt: new Date(Date.now() - 120_000) };
  await world.db.idempotencyKey.updateMany({ where: { key }, data: lost });
  const again = await cancel();
  expect([again.status, again.body['version'], again.body['events']], again.text).toEqual([
    200,
    first.body['version'],
    first.body['events'],
  ]);
  expect(await runOf(rma)).toBe(before);
});

test('a refused command leaves no note behind', async () => {
  const rma = await aReturn();
  const body = { resolution: 'retry', note: 'nothing to retry' };
  expect((await world.call('POST', `/v1/returns/${rma}/attention/A7/resolutions`, body)).status).toBe(404);
  expect(await world.db.note.count({ where: { subject: rma } })).toBe(0);
});

// The client once ended Node by an unhandled rejection here (temporalio/sdk-typescript#1960).
test('an engine that cannot be reached is a problem, not the end of the process', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const processes = openProcesses({ address: '127.0.0.1:1', namespace: 'default', taskQueue: 'none' });
  const lines = [{ line: 'L1', orderLine: 'O1-1', quantity: 1, reason: 'defective' } as const];
  const request = {
    program: 'customer',
    order: 'O1',
    lines,
    method: 'drop_off',
    instrument: 'original',
    facility: 'RC1',
  } as const;
  const started = startReturn(processes, '0000-0000-0', { commandId: 'c1', by: 'test', request }, ['S1']);
  await expect(started).rejects.toMatchObject({ status: 503, code: 'temporal_unavailable' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

test('health tells of the process, readiness of what it needs', async () => {
  expect((await world.call('GET', '/healthz', undefined, { as: null })).body).toEqual({ status: 'ok' });
  const ready = await world.call('GET', '/readyz', undefined, { as: null });
  expect([ready.status, ready.body['checks']]).toEqual([200, { database: 'ok', temporal: 'ok' }]);
});

test('without its database the API lives, is not ready, and says so to callers', async () => {
  const database = { ...world.config.database, url: 'postgresql://nobody@127.0.0.1:1/none' };
  const api = await startApi({ ...world.config, database }, { log: pino({ level: 'silent' }) });
  const authorization = `Bearer ${world.keys.ops}`;
  const reply = await fetch(`${api.url}/v1/returns`, { headers: { authorization } });
  expect([reply.status, await reply.json()]).toMatchObject([503, { code: 'database_unavailable' }]);
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${api.url}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([
    503,
    { checks: { database: 'unavailable', temporal: 'ok' } },
  ]);
  await api.close();
});

async function aReturn(): Promise<string> {
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world)));
  expect(created.status, created.text).toBe(201);
  return String(created.body['rma']);
}

async function goodsOf(rma: string): Promise<string | undefined> {
  return (await world.db.return.findUnique({ where: { rma } }))?.goods;
}

const isRunning = async (rma: string): Promise<boolean> => (await describe(rma)).status.name === 'RUNNING';
const runOf = async (rma: string): Promise<string> => (await describe(rma)).runId;

async function describe(rma: string) {
  const processes = openProcesses(world.config.temporal);
  const described = await processes.client.workflow.getHandle(`return:${rma}`).describe();
  await processes.close();
  return described;
}
