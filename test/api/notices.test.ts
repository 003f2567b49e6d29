import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isSigned, signatureOf } from '../../activities/webhooks/standard.ts';
import { startInbox } from '../../worker/inbox.ts';
import { addressOf, type Row, recallsOf } from './recall-world.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
let inbox: Awaited<ReturnType<typeof startInbox>>;
beforeAll(async () => {
  world = await startWorld({ env: { NOTICES_WEBHOOKS: 'anywhere' } });
  inbox = await startInbox({ pool: world.pool, config: world.config, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await inbox.stop();
  await world.close();
});

const { shipped, scopeOf, notified, until, lettersTo } = recallsOf(() => world);

let sku = '';
let tests = 0;
beforeEach(async () => {
  tests += 1;
  sku = `PAN-${tests}`;
  await shipped(sku, 'L1', [
    { store: idOf('A'), units: 30 },
    { store: idOf('B'), units: 10 },
  ]);
});

const idOf = (name: string) => `${name}-${sku}`;

const tell = (path: string, body?: object) => world.call('POST', `/v1${path}`, body, { as: 'coordinator' });
const read = async (path: string): Promise<Row> => (await world.call('GET', `/v1${path}`)).body;

const launched = () => notified(scopeOf(sku, 'L1'));

const consigneeIn = (recall: string, name: string) =>
  world.db.recallConsignee.findUniqueOrThrow({
    where: { recall_consignee: { recall, consignee: idOf(name) } },
    include: { notices: { orderBy: { claimedAt: 'asc' } } },
  });

const mailTo = async (address: string): Promise<number> => (await lettersTo(address)).subjects.length;

/** What a mail system tells of a letter that came back. */
async function bounce(
  messageId: string,
  status: string,
  { secret = world.config.notices.webhookSecret, age = 0 } = {},
) {
  const body = JSON.stringify({ type: 'notice.bounced', timestamp: 'T', data: { messageId, status } });
  const timestamp = Math.floor(Date.now() / 1000) - age;
  return await world.call('POST', '/v1/webhooks/notices', undefined, {
    as: null,
    raw: body,
    headers: {
      'webhook-id': messageId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureOf(secret, messageId, timestamp, body),
    },
  });
}

const firstNotice = async (recall: string, name: string): Promise<string> =>
  (await consigneeIn(recall, name)).notices[0]?.messageId ?? '';

test('a notice that comes back leaves its consignee to a person, who writes again to another address', async () => {
  const number = await launched();
  const messageId = await firstNotice(number, 'A');
  expect((await bounce(messageId, '5.1.1')).status).toBe(200);
  expect((await bounce(messageId, '5.1.1')).status).toBe(200);
  expect(await consigneeIn(number, 'A')).toMatchObject({
    ...{ state: 'undeliverable', nextDue: null },
    notices: [{ state: 'bounced', code: 'smtp_5.1.1', sentAt: expect.any(Date) }],
  });
  expect(await consigneeIn(number, 'B')).toMatchObject({ state: 'notified' });
  await eventually(async () => {
    const { needsPerson, attention } = await read(`/recalls/${number}`);
    expect([needsPerson, (attention as unknown[]).length]).toEqual([['notices_undeliverable'], 1]);
  });

  const path = `/recalls/${number}/consignees/${idOf('A')}/notices`;
  const again = await tell(path, { email: 'found@example.com' });
  expect([again.status, again.body]).toEqual([202, { number, consignee: idOf('A'), notice: 'initial' }]);
  await eventually(async () =>
    expect(await consigneeIn(number, 'A')).toMatchObject({ state: 'notified', dueKind: 'reminder' }),
  );
  expect(await mailTo('found@example.com')).toBe(1);
  const { notices } = await consigneeIn(number, 'A');
  expect(notices).toMatchObject([
    { round: 1, number: 1, state: 'bounced' },
    { round: 2, number: 1, state: 'sent' },
  ]);
  // The late bounce of a letter that another has followed is no news.
  expect((await bounce(messageId, '5.1.1')).status).toBe(200);
  expect(await consigneeIn(number, 'A')).toMatchObject({ state: 'notified' });
});

test('an address that is wrong again is a person’s again, also when its wave has ended', async () => {
  await world.db.contact.updateMany({ where: { email: addressOf(idOf('A')) }, data: { email: null } });
  await world.db.contact.updateMany({
    where: { email: addressOf(idOf('B')) },
    data: { email: `unknown.${sku}@example.com` },
  });
  const number = await launched();
  await eventually(async () => expect(await read(`/recalls/${number}`)).toMatchObject({ wavesEnded: 1 }));
  const path = (name: string) => `/recalls/${number}/consignees/${idOf(name)}/notices`;
  expect((await tell(path('A'), {})).body).toMatchObject({ code: 'address_missing', field: 'email' });
  await tell(`/recalls/${number}/attention/A1/resolutions`, { resolution: 'acknowledge', note: 'Looked them up.' });

  expect((await tell(path('A'), { email: `unknown.again.${sku}@example.com` })).status).toBe(202);
  await eventually(async () =>
    expect(await read(`/recalls/${number}`)).toMatchObject({ needsPerson: ['notices_undeliverable'] }),
  );
  expect((await tell(path('A'), { email: `right.${sku}@example.com` })).status).toBe(202);
  await eventually(async () => expect(await consigneeIn(number, 'A')).toMatchObject({ state: 'notified' }));
  expect(await mailTo(`right.${sku}@example.com`)).toBe(1);
  expect(await consigneeIn(number, 'B')).toMatchObject({ state: 'undeliverable' });

  // The wave that runs again ends with its recall.
  expect((await tell(`/recalls/${number}/complete`, { note: 'What is left is not to be had.' })).status).toBe(200);
  const ended = async () => (await world.db.recallWave.findFirstOrThrow({ where: { recall: number } })).endedAt;
  await eventually(async () => expect(await ended()).not.toBeNull());
  expect((await tell(path('B'), { email: 'late@example.com' })).body).toMatchObject({ code: 'recall_completed' });
  expect(await read(`/recalls/${number}`)).toMatchObject({ wavesEnded: 1 });
});

test('who says at a check that the notice didn’t come gets it anew, once', async () => {
  const number = await launched();
  await until(number, ({ timeline }) => JSON.stringify(timeline).includes('"2 effectiveness check(s)'));
  const checks = (await read(`/recalls/${number}/checks`))['data'] as { check: number; consignee: string }[];
  const checkOf = (name: string) => checks.find(({ consignee: whose }) => whose === idOf(name))?.check ?? 0;
  const asked = (name: string, outcome: string, checkedAt = new Date().toISOString()) =>
    tell(`/recalls/${number}/checks/${checkOf(name)}/outcomes`, { method: 'phone', outcome, checkedAt });
  // They were written to after they were asked: that letter is the one they wait for.
  expect((await asked('A', 'not_received', '2026-02-02T09:00:00Z')).status).toBe(200);
  expect(await consigneeIn(number, 'A')).toMatchObject({ state: 'notified', notices: [{ number: 1 }] });

  const now = new Date().toISOString();
  expect((await asked('A', 'not_received', now)).body).toMatchObject({ state: 'follow_up' });
  await eventually(async () => expect(await mailTo(addressOf(idOf('A')))).toBe(2));
  await eventually(async () =>
    expect(await consigneeIn(number, 'A')).toMatchObject({
      ...{ state: 'notified', dueKind: 'reminder' },
      notices: [
        { kind: 'initial', round: 1 },
        { kind: 'initial', round: 2, state: 'sent' },
      ],
    }),
  );
  expect((await asked('A', 'not_received', now)).status).toBe(200);
  expect((await consigneeIn(number, 'A')).notices).toHaveLength(2);

  // Found to have it, but not acted on: another letter says nothing new.
  expect((await asked('B', 'no_action')).status).toBe(200);
  // No address works: a person is with it already.
  await world.db.contact.updateMany({ where: { email: addressOf(idOf('B')) }, data: { email: null } });
  expect((await asked('B', 'not_received')).status).toBe(200);
  expect(await consigneeIn(number, 'B')).toMatchObject({ state: 'notified', notices: [{ number: 1 }] });
});

test('what was only late, is unknown, unsigned or old changes nothing', async () => {
  const number = await launched();
  const messageId = await firstNotice(number, 'A');
  expect((await bounce(messageId, '4.2.2')).status).toBe(200);
  expect((await bounce('<nobody@notices.homeward.invalid>', '5.1.1')).status).toBe(200);
  const foreign = signedBy('another secret');
  expect((await bounce(messageId, '5.1.1', { secret: foreign })).body).toMatchObject({ code: 'signature_invalid' });
  expect((await bounce(messageId, '5.1.1', { age: 600 })).body).toMatchObject({ code: 'signature_invalid' });
  expect((await bounce(messageId, 'mailbox full')).body).toMatchObject({ code: 'webhook_malformed' });
  expect((await world.call('POST', '/v1/webhooks/notices', {}, { as: null })).status).toBe(401);
  expect(await consigneeIn(number, 'A')).toMatchObject({ state: 'notified', notices: [{ state: 'sent' }] });
  expect((await tell(`/recalls/${number}/consignees/NOBODY/notices`, {})).body).toMatchObject({
    code: 'consignee_not_in_recall',
  });
});

const signedBy = (secret: string) => `whsec_${Buffer.from(secret).toString('base64')}`;

test('a consignee’s machines are told instead of its mailbox, signed and in full', async () => {
  const heard: { headers: Readonly<Record<string, string>>; body: string }[] = [];
  let status = 204;
  const server = createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    heard.push({ headers, body: await readText(request) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/recalls`;
    const path = (name: string) => `/consignees/${idOf(name)}/webhook`;
    expect((await tell(path('A'), { url: 'http://elsewhere.example/' })).status).toBe(400);
    const made = await tell(path('A'), { url });
    expect(made.status).toBe(201);
    const secret = String(made.body['secret']);
    const number = await launched();
    expect(await consigneeIn(number, 'A')).toMatchObject({
      state: 'notified',
      notices: [{ channel: 'webhook', state: 'sent' }],
    });
    expect([await mailTo(addressOf(idOf('A'))), await mailTo(addressOf(idOf('B')))]).toEqual([0, 1]);
    const [event] = heard;
    const {
      'webhook-id': id = '',
      'webhook-timestamp': timestamp = '',
      'webhook-signature': signature = '',
    } = event?.headers ?? {};
    const signed = { id, timestamp: Number(timestamp), signature };
    expect(isSigned(secret, signed, event?.body ?? '', Date.now() / 1000)).toBe(true);
    expect(isSigned(secret, signed, `${event?.body} `, Date.now() / 1000)).toBe(false);
    const { type, data } = JSON.parse(event?.body ?? '{}') as { type: string; data: Row };
    expect(type).toBe('recall.notice');
    expect(data).toMatchObject({
      recall: number,
      notice: 'initial',
      product: 'Kettle',
      goods: [{ sku, lot: 'L1', quantity: 30 }],
    });
    const respondAt = new URL(String(data['respondAt']));
    expect((await fetch(world.url + respondAt.pathname)).status).toBe(200);

    status = 410;
    expect((await tell(`/recalls/${number}/consignees/${idOf('A')}/notices`, {})).status).toBe(202);
    await eventually(async () => expect(await consigneeIn(number, 'A')).toMatchObject({ state: 'undeliverable' }));
    await eventually(async () =>
      expect(await read(`/recalls/${number}`)).toMatchObject({ needsPerson: ['notices_undeliverable'] }),
    );
    expect((await world.call('DELETE', `/v1${path('A')}`, undefined, { as: 'coordinator' })).status).toBe(204);
    const changes = await world.db.consigneeWebhookChange.findMany({ orderBy: { id: 'asc' } });
    expect(changes).toMatchObject([
      { consignee: idOf('A'), url, by: expect.any(String), at: expect.any(Date) },
      { consignee: idOf('A'), url: null },
    ]);
    expect((await tell(`/recalls/${number}/consignees/${idOf('A')}/notices`, {})).status).toBe(202);
    await eventually(async () => expect(await mailTo(addressOf(idOf('A')))).toBe(1));
  } finally {
    server.close();
  }
});
