import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { attentionOut } from '../../api/attention/out.ts';
import { type Reply, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
});

const Entries = z.object({ data: z.array(z.object({ id: z.string(), resolutions: z.array(z.string()) }).loose()) });
const waiting = async () => Entries.parse((await world.call('GET', '/v1/attention')).body).data;
const resolve = (id: string, resolution: string) => world.call('POST', '/v1/attention/resolutions', { id, resolution });
const outcome = ({ status, body }: Reply) => [status, body['code'] ?? null, body['field'] ?? null];

/** A webhook event that was given up, as the sweeper leaves it. */
async function aDeadEvent(): Promise<{ readonly event: bigint; readonly entry: string }> {
  const payload = { provider: 'easypost', kind: 'scan', tracking: '1Z-of-nobody' };
  const { id } = await world.db.inboxEvent.create({
    data: { provider: 'easypost', eventId: crypto.randomUUID(), payload, attempts: 21, deadAt: new Date() },
  });
  const entry = `inbox/${id}`;
  const data = {
    id: entry,
    reason: 'webhook_unmatched',
    subject: `easypost:${id}`,
    codes: payload,
    raisedAt: new Date(),
  };
  await world.db.attention.create({ data });
  return { event: id, entry };
}

test('a webhook that was given up is tried again when a person says so, once', async () => {
  const { event, entry } = await aDeadEvent();
  expect(await waiting()).toEqual([
    expect.objectContaining({
      id: entry,
      resolutions: ['acknowledge', 'retry'],
      facts: expect.objectContaining({ tracking: '1Z-of-nobody' }),
    }),
  ]);
  expect(outcome(await resolve(entry, 'retry'))).toEqual([204, null, null]);
  expect(await waiting()).toEqual([]);
  expect(await world.db.inboxEvent.findUnique({ where: { id: event } })).toMatchObject({ attempts: 0, deadAt: null });
  expect(outcome(await resolve(entry, 'retry'))).toEqual([409, 'attention_resolved', 'id']);
  const { resolvedBy } = await world.db.attention.findUniqueOrThrow({ where: { id: entry } });
  expect(resolvedBy).toMatch(/^key_/);
});

test('what has no deadline has been due since it was raised', async () => {
  const entries = [
    { id: 'import/later', raisedAt: new Date('2026-01-02'), dueAt: new Date('2026-03-01') },
    { id: 'import/review', raisedAt: new Date('2026-02-01'), dueAt: null },
    { id: 'import/sooner', raisedAt: new Date('2026-01-03'), dueAt: new Date('2026-01-20') },
  ].map((entry) => ({ ...entry, reason: 'ambiguous_match', subject: 'returns.csv' }));
  await world.db.attention.createMany({ data: entries });
  const pages: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await world.call('GET', `/v1/attention?limit=1${cursor}`);
    pages.push(...Entries.parse(body).data.map(({ id }) => String(id)));
    if (body['nextCursor'] === null) break;
    cursor = `&cursor=${body['nextCursor']}`;
  }
  expect(pages).toEqual(['import/sooner', 'import/review', 'import/later']);
  for (const { id } of entries) await resolve(id, 'acknowledge');
});

test('an entry says what is known beside: codes in words, amounts in their currency', () => {
  const told = (reason: string, detail: string | null, currency: string | null = 'EUR') =>
    attentionOut(
      { id: 'R/A1', attention: 'A1', reason, subject: 'S1-1', detail, raisedAt: new Date() },
      {},
      {},
      currency,
    ).detail;
  expect(told('settlement_differs', '3213 2133')).toBe('settled 32.13 EUR, worth 21.33 EUR');
  expect(told('refund_failed', 'expired_or_canceled_card')).toBe('expired or canceled card');
  expect(told('goods_recalled', 'P1-1 in VR-73MN-Q9TX-0')).toBe('P1-1 in VR-73MN-Q9TX-0');
  expect(told('short', '3')).toBe('3');
  expect(told('receipt_late', null)).toBeNull();
});

test('an event for outside is sent again too', async () => {
  const key = { process: 'return:1', version: 2, seq: 0 };
  await world.db.outboxEvent.create({ data: { ...key, eventType: 'x', payload: {}, attempts: 9, deadAt: new Date() } });
  const entry = 'outbox/return:1:2:0';
  const data = { id: entry, reason: 'webhook_undelivered', subject: 'return:1', raisedAt: new Date() };
  await world.db.attention.create({ data });
  expect((await resolve(entry, 'retry')).status).toBe(204);
  const row = await world.db.outboxEvent.findUnique({ where: { process_version_seq: key } });
  expect(row).toMatchObject({ attempts: 0, deadAt: null });
});

test('a row of an import is seen with what is known of it, and can only be acknowledged', async () => {
  const id = 'import/row-7';
  const codes = { row: 7, sku: 'SKU-1', candidates: ['O1', 'O2'] };
  await world.db.attention.create({
    data: { id, reason: 'ambiguous_match', subject: 'returns.csv', codes, raisedAt: new Date() },
  });
  expect(await waiting()).toEqual([expect.objectContaining({ id, resolutions: ['acknowledge'], facts: codes })]);
  expect(outcome(await resolve(id, 'retry'))).toEqual([422, 'nothing_to_retry', 'resolution']);
  expect((await resolve(id, 'acknowledge')).status).toBe(204);
  expect(await waiting()).toEqual([]);
});

test('what is not there is said', async () => {
  expect(outcome(await resolve('inbox/0', 'retry'))).toEqual([404, 'attention_not_found', 'id']);
  expect(outcome(await resolve('inbox/0', 'forget'))).toEqual([400, 'invalid_value', 'resolution']);
});
