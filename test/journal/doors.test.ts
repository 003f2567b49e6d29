import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type Deliver,
  type InboxMessage,
  processEvent,
  storeEvent,
  type WebhookEvent,
} from '../../activities/journal/inbox.ts';
import { expireRows } from '../../worker/expiry.ts';
import { sweepInbox } from '../../worker/inbox.ts';
import { startOutbox } from '../../worker/outbox.ts';
import { asNew } from '../domain/sale.ts';
import { arrive, buyLabel } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value, type World } from './world.ts';

const log = pino({ level: 'silent' });

async function aReturn(world: World, rma = 'R-1'): Promise<DrivenReturn> {
  const one = new DrivenReturn(world.journal, rma);
  await one.request(aRequest('O-1', 1));
  return one;
}

const aScan = (tracking: string, eventId = 'evt_1'): WebhookEvent => ({
  provider: 'easypost',
  eventId,
  kind: 'scan',
  tracking,
  carrier: 'UPS',
  status: 'in_transit',
  detail: 'other',
  at: '2027-01-01T10:00:00Z',
});

test('a scan finds the parcel, once however often it comes', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  await buyLabel(await aReturn(world));
  const row = await storeEvent(world.pool, aScan('1ZR-1'));
  expect(await storeEvent(world.pool, aScan('1ZR-1'))).toBeNull();
  if (row === null) throw new Error('not stored');
  const sent: InboxMessage[] = [];
  expect(await processEvent(world.pool, row, { toReturn: async (message) => void sent.push(message) })).toBe(
    'delivered',
  );
  expect(sent).toEqual([
    {
      rma: 'R-1',
      message: {
        commandId: 'easypost:evt_1',
        by: 'easypost',
        command: { type: 'track', parcel: 'P1', status: 'in_transit', at: '2027-01-01T10:00:00.000Z' },
      },
    },
  ]);
  expect(await value(world.pool, 'SELECT process FROM inbox WHERE processed_at IS NOT NULL')).toBe('return:R-1');
});

test('a refund finds its return by our reference, and a dispute its payment', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await aReturn(world);
  await arrive(one);
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  const about = { provider: 'stripe', providerPaymentId: 'pi_O-1_1', at: '2027-01-01T10:00:00.000Z' } as const;
  const refund = await storeEvent(world.pool, {
    ...about,
    eventId: 'evt_2',
    kind: 'refund',
    reference: 'R-1:refund:S1-1',
    providerId: 're_1',
    status: 'succeeded',
  });
  const dispute = await storeEvent(world.pool, {
    ...about,
    eventId: 'evt_3',
    kind: 'dispute',
    providerId: 'dp_1',
    status: 'open',
    amount: { amount: 100, currency: 'EUR' },
  });
  if (refund === null || dispute === null) throw new Error('not stored');
  const sent: InboxMessage[] = [];
  const toReturn = async (message: InboxMessage) => void sent.push(message);
  // Who asked for the refund may be about to tell it.
  expect(await processEvent(world.pool, refund, { toReturn })).toBe('early');
  expect(await processEvent(world.pool, { ...refund, attempts: 1 }, { toReturn })).toBe('delivered');
  expect(await processEvent(world.pool, dispute, { toReturn })).toBe('delivered');
  const noted = { dispute: 'dp_1', status: 'open', amount: 100, at: '2027-01-01T10:00:00.000Z' };
  expect(sent.map(({ rma, message }) => [rma, message.command])).toEqual([
    ['R-1', { type: 'refund_update', refund: 'S1-1', status: 'succeeded', providerId: 're_1' }],
    ['R-1', { type: 'dispute_update', payment: 'O-1:P1', dispute: noted }],
  ]);
  expect(await value(world.pool, 'SELECT disputed FROM payments')).toBe(true);
});

test('a dispute finds a payment that its order names by the charge', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  await world.pool.query(`UPDATE payments SET provider_payment_id = 'ch_O-1'`);
  await aReturn(world);
  const event = await storeEvent(world.pool, {
    ...{ provider: 'stripe', providerPaymentId: 'pi_O-1', charge: 'ch_O-1', at: '2027-01-01T10:00:00.000Z' },
    ...{
      eventId: 'evt_1',
      kind: 'dispute',
      providerId: 'dp_1',
      status: 'lost',
      amount: { amount: 100, currency: 'EUR' },
    },
  });
  if (event === null) throw new Error('not stored');
  const told: string[] = [];
  const toReturn = async ({ rma }: InboxMessage) => void told.push(rma);
  expect(await processEvent(world.pool, event, { toReturn })).toBe('delivered');
  expect(told).toEqual(['R-1']);
  expect(await value(world.pool, 'SELECT charged_back::int FROM payments')).toBe(100);
});

test('a payment is disputed while its dispute is open; a lost one is charged back, and old news change nothing', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  let events = 0;
  for (const [second, status, state] of [
    [0, 'open', 'true 0'],
    [5, 'won', 'false 0'],
    [5, 'lost', 'false 100'],
    [5, 'won', 'false 100'],
    [4, 'open', 'false 100'],
    [6, 'won', 'false 0'],
    [7, 'unknown', 'true 0'],
  ] as const) {
    const dispute = await storeEvent(world.pool, {
      provider: 'stripe',
      providerPaymentId: 'pi_O-1_1',
      at: `2027-01-01T10:00:0${second}.000Z`,
      eventId: `evt_d${events}`,
      kind: 'dispute',
      providerId: 'dp_1',
      status,
      amount: { amount: 100, currency: 'EUR' },
    });
    if (dispute === null) throw new Error('not stored');
    events += 1;
    await processEvent(world.pool, dispute, { toReturn: async () => undefined });
    const now = await value(world.pool, `SELECT disputed || ' ' || charged_back FROM payments`);
    expect(now, `${second} ${status}`).toBe(state);
  }
});

test('what a return shows already wakes nobody', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await aReturn(world);
  await arrive(one);
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  const outcome = { type: 'refunded', status: 'succeeded', providerId: 're_1' } as const;
  await one.send({ type: 'outcome', effect: 'refund:S1-1', outcome });
  const aRefund = (eventId: string, status: 'succeeded' | 'failed'): WebhookEvent => ({
    provider: 'stripe',
    eventId,
    kind: 'refund',
    reference: 'R-1:refund:S1-1',
    providerId: 're_1',
    providerPaymentId: 'pi_O-1_1',
    status,
    at: '2027-01-01T10:00:00.000Z',
  });
  const sent: string[] = [];
  const told = async (event: WebhookEvent) => {
    const row = await storeEvent(world.pool, event);
    if (row === null) throw new Error('not stored');
    const toReturn: Deliver = async ({ message }) => void sent.push(message.command.type);
    return await processEvent(world.pool, row, { toReturn });
  };
  expect(await told(aScan('1ZR-1'))).toBe('noted');
  expect(await told(aRefund('evt_2', 'succeeded'))).toBe('noted');
  expect(await told(aRefund('evt_3', 'failed'))).toBe('delivered');
  expect(sent).toEqual(['refund_update']);
  expect(await value(world.pool, 'SELECT count(*)::int FROM inbox WHERE processed_at IS NULL')).toBe(0);
});

test('what fits nothing waits, is tried again when it is due, and ends in the people’s queue', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  await storeEvent(world.pool, aScan('1ZR-1'));
  await storeEvent(world.pool, aScan('1Z-of-nobody', 'evt_9'));
  const sent: string[] = [];
  const toReturn = async ({ rma }: InboxMessage) => void sent.push(rma);
  // The one who stored them has its time first.
  await sweepInbox(world.pool, { toReturn }, log);
  expect(await value(world.pool, 'SELECT sum(attempts)::int FROM inbox')).toBe(0);

  const due = () => world.pool.query(`UPDATE inbox SET next_attempt_at = now() - interval '1 minute'`);
  await due();
  await sweepInbox(world.pool, { toReturn }, log);
  expect(sent).toEqual([]);
  await buyLabel(await aReturn(world));
  await due();
  await sweepInbox(world.pool, { toReturn }, log);
  expect(sent).toEqual(['R-1']);

  await world.pool.query("UPDATE inbox SET attempts = 20, next_attempt_at = now() - interval '1 minute'");
  await sweepInbox(world.pool, { toReturn }, log);
  expect(await value(world.pool, `SELECT reason || ' ' || subject FROM attention`)).toBe(
    'webhook_unmatched easypost:evt_9',
  );
  expect(
    await value(world.pool, 'SELECT count(*)::int FROM inbox WHERE dead_at IS NULL AND processed_at IS NULL'),
  ).toBe(0);
  // A person lets it be tried again, in vain: it comes back.
  await world.pool.query("UPDATE attention SET resolved_at = now(), resolution = 'retry'");
  await world.pool.query(
    `UPDATE inbox SET dead_at = NULL, attempts = 20, next_attempt_at = now() - interval '1 minute' WHERE dead_at IS NOT NULL`,
  );
  await sweepInbox(world.pool, { toReturn }, log);
  expect(await value(world.pool, 'SELECT count(*)::int FROM attention WHERE resolved_at IS NULL')).toBe(1);
});

test('a delivery that fails is tried again', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  await buyLabel(await aReturn(world));
  await storeEvent(world.pool, aScan('1ZR-1'));
  await world.pool.query("UPDATE inbox SET next_attempt_at = now() - interval '1 minute'");
  await sweepInbox(world.pool, { toReturn: () => Promise.reject(new Error('Temporal is away')) }, log);
  expect(await value(world.pool, 'SELECT processed_at IS NULL AND next_attempt_at > now() FROM inbox')).toBe(true);
});

test('a delivery that fails for a day goes to a person, who can have it tried again', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  await buyLabel(await aReturn(world));
  await storeEvent(world.pool, aScan('1ZR-1'));
  const sweepAt = async (attempts: number, toReturn: Deliver) => {
    const due = "UPDATE inbox SET attempts = $1, next_attempt_at = now() - interval '1 minute'";
    await world.pool.query(due, [attempts]);
    await sweepInbox(world.pool, { toReturn }, log);
  };
  const failing = () => Promise.reject(new Error('the run takes no more signals'));
  // Some seventeen hours: a Temporal that was away is back by then.
  await sweepAt(110, failing);
  expect(await value(world.pool, 'SELECT dead_at IS NULL FROM inbox')).toBe(true);
  await sweepAt(153, failing);
  expect(await value(world.pool, `SELECT reason || ' ' || subject FROM attention WHERE id LIKE 'inbox/%'`)).toBe(
    'webhook_failed easypost:evt_1',
  );
  const sent: string[] = [];
  const toReturn = async ({ rma }: InboxMessage) => void sent.push(rma);
  await sweepAt(0, toReturn);
  expect(sent).toEqual([]);
  await world.pool.query('UPDATE inbox SET dead_at = NULL');
  await sweepAt(0, toReturn);
  expect(sent).toEqual(['R-1']);
});

test('events go out signed and in order, each once, and wait while the receiver is down', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const receiver = await aReceiver();
  receiver.answer = 503;
  await world.pool.query(`INSERT INTO webhook_endpoints (id, url, secret) VALUES ('E1', $1, $2)`, [
    receiver.url,
    receiver.secret,
  ]);
  await arrive(await aReturn(world));
  const outbox = await startOutbox({ pool: world.pool, log });
  onTestFinished(() => outbox.stop());
  await vi.waitFor(() => expect(receiver.got).toHaveLength(1), { timeout: 10_000 });
  expect(await value(world.pool, 'SELECT count(*)::int FROM outbox WHERE delivered_at IS NOT NULL')).toBe(0);

  receiver.answer = 204;
  receiver.got.length = 0;
  await world.pool.query("UPDATE outbox SET next_attempt_at = now() - interval '1 minute'");
  await vi.waitFor(() => expect(receiver.got).toHaveLength(4), { timeout: 10_000 });
  expect(receiver.got.map(({ id, type }) => `${id} ${type}`)).toEqual([
    'return:R-1:1:0 return.requested',
    `return:R-1:1:${await seqOf(world.pool, 'return.authorized')} return.authorized`,
    'return:R-1:2:0 return.label_bought',
    'return:R-1:4:0 return.parcel_received',
  ]);
  expect(receiver.got.every(({ signed }) => signed)).toBe(true);
  await vi.waitFor(async () =>
    expect(await value(world.pool, 'SELECT count(*)::int FROM outbox WHERE delivered_at IS NULL')).toBe(0),
  );
});

test('what waits behind an event is put off with it, and holds up nobody else', async () => {
  const { pool } = await aJournal();
  const receiver = await aReceiver();
  await pool.query(`INSERT INTO webhook_endpoints (id, url, secret) VALUES ('E1', $1, $2)`, [
    receiver.url,
    receiver.secret,
  ]);
  // 400 returns whose first event failed a while ago and whose next two have been due since; then one that is new.
  await pool.query(
    `INSERT INTO outbox (process, version, seq, event_type, payload, attempts, next_attempt_at)
     SELECT 'return:W-' || n, version, 0, 'return.requested', '{}', CASE version WHEN 1 THEN 3 ELSE 0 END,
       CASE version WHEN 1 THEN now() + interval '2 hours' ELSE now() - interval '1 hour' END
     FROM generate_series(1, 400) AS n, generate_series(1, 3) AS version`,
  );
  await pool.query(
    `INSERT INTO outbox (process, version, seq, event_type, payload) VALUES ('return:N-1', 1, 0, 'return.requested', '{}')`,
  );
  const outbox = await startOutbox({ pool, log });
  onTestFinished(() => outbox.stop());
  await vi.waitFor(() => expect(receiver.got.map(({ id }) => id)).toEqual(['return:N-1:1:0']), { timeout: 10_000 });
  const due = 'SELECT count(*)::int FROM outbox WHERE delivered_at IS NULL AND next_attempt_at <= now()';
  await vi.waitFor(async () => expect(await value(pool, due)).toBe(0), { timeout: 10_000 });

  await pool.query("UPDATE outbox SET next_attempt_at = now() - interval '1 second' WHERE process = 'return:W-7'");
  await vi.waitFor(
    () => expect(receiver.got.slice(1).map(({ id }) => id)).toEqual([1, 2, 3].map((n) => `return:W-7:${n}:0`)),
    { timeout: 10_000 },
  );
});

test('an event that nobody ever takes goes to a person, and the next ones pass', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const receiver = await aReceiver();
  receiver.answer = 500;
  await world.pool.query(`INSERT INTO webhook_endpoints (id, url, secret) VALUES ('E1', $1, $2)`, [
    receiver.url,
    receiver.secret,
  ]);
  await aReturn(world);
  await world.pool.query('UPDATE outbox SET attempts = 7 WHERE seq = 0');
  const outbox = await startOutbox({ pool: world.pool, log });
  onTestFinished(() => outbox.stop());
  await vi.waitFor(() => expect(receiver.got.map(({ type }) => type)).toContain('return.authorized'), {
    timeout: 10_000,
  });
  expect(await value(world.pool, `SELECT reason || ' ' || id FROM attention`)).toBe(
    'webhook_undelivered outbox/return:R-1:1:0',
  );
});

test('rows that have had their time go, and those that wait stay', async () => {
  const { pool } = await aJournal();
  await pool.query(
    `INSERT INTO inbox (provider, event_id, payload, processed_at, received_at) VALUES
       ('stripe', 'old', '{}', now() - interval '31 days', now()), ('stripe', 'new', '{}', now(), now()),
       ('stripe', 'waiting', '{}', NULL, now() - interval '90 days')`,
  );
  await expireRows(pool);
  const { rows } = await pool.query<{ event_id: string }>('SELECT event_id FROM inbox ORDER BY 1');
  expect(rows.map(({ event_id }) => event_id)).toEqual(['new', 'waiting']);
});

const seqOf = (pool: pg.Pool, type: string) =>
  value<number>(pool, 'SELECT seq FROM outbox WHERE event_type = $1', [type]);

type Received = { readonly id: string; readonly type: string; readonly signed: boolean };

/** Someone who is told; it checks signatures as Standard Webhooks says. */
async function aReceiver() {
  const key = Buffer.from('a secret of thirty-two bytes, so!');
  const state = { answer: 200, got: [] as Received[], secret: `whsec_${key.toString('base64')}`, url: '' };
  const signedBy = (headers: IncomingHttpHeaders, body: string) => {
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { type }: { type: string } = JSON.parse(body);
    state.got.push({ id: String(request.headers['webhook-id']), type, signed: signedBy(request.headers, body) });
    response.writeHead(state.answer).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  return state;
}
