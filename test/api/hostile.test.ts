import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anOrder, asked } from './orders.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

test.for([
  ['/v1/returns', ['2026-01-01T00:00:00Z', '\u0000']],
  ['/v1/returns', ['0000-01-01T00:00:00Z', 'X']],
  ['/v1/attention', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '\u0000']],
  ['/v1/attention', ['2026-01-01T00:00:00Z', '0000-01-01T00:00:00Z', 'X']],
])('a forged cursor of %s (%j) is refused before the database sees it', async ([path, key]) => {
  const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
  const reply = await world.call('GET', `${path}?cursor=${cursor}`, undefined, { as: 'viewer' });
  expect([reply.status, reply.body['code']]).toEqual([400, 'cursor_invalid']);
});

test('a mapping of columns takes no longer to read for being all blanks', async () => {
  const before = performance.now();
  const reply = await world.call('POST', `/v1/orders/import?columns=${'+'.repeat(1500)}`, undefined, {
    raw: 'order\n',
    headers: { 'content-type': 'text/csv' },
  });
  expect([reply.status, reply.body['code']]).toEqual([400, 'mapping_invalid']);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test('an amount that no sum can hold is refused at the door', async () => {
  const row = { order: randomUUID(), currency: 'EUR', country: 'DE', placedAt: '2026-03-01', sku: 'S', quantity: 1 };
  const reply = await world.call('POST', '/v1/orders/import', undefined, {
    raw: JSON.stringify({ ...row, price: '90071992547409.91' }),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  expect(reply.text).toContain('amount_too_large');
});

test('a preview leaves nothing behind, whatever key it comes with', async () => {
  const body = asked(await anOrder(world));
  const key = randomUUID();
  const preview = await world.call('POST', '/v1/returns/preview', body, { as: 'viewer', ...withKey(key) });
  expect(preview.status).toBe(200);
  expect(await world.db.idempotencyKey.count({ where: { key } })).toBe(0);
});

test('a key that is used anew after its day stands for a new request', async () => {
  const key = randomUUID();
  const first = await world.call('POST', '/v1/returns', asked(await anOrder(world)), withKey(key));
  await world.db.idempotencyKey.updateMany({ where: { key }, data: { expiresAt: new Date(0) } });
  const body = asked(await anOrder(world));
  const second = await world.call('POST', '/v1/returns', body, withKey(key));
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body['order']).toBe(body.order);
});

test.for([
  ['an impossible time', { created: 1e18 }],
  ['a character that cannot be stored', { id: 'evt_\u0000' }],
  ['an amount between two units', { type: 'charge.dispute.created', data: { object: dispute('isk', 101) } }],
] as const)('a signed event with %s is refused as malformed', async ([, wrong]) => {
  const refund = { id: 're_1', amount: 1, payment_intent: 'pi_1', status: 'failed' };
  const event = { id: `evt_${randomUUID()}`, type: 'refund.updated', created: 1, data: { object: refund }, ...wrong };
  const body = JSON.stringify(event);
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', world.config.stripe.webhookSecret).update(`${at}.${body}`).digest('hex');
  const reply = await world.call('POST', '/v1/webhooks/stripe', undefined, {
    as: null,
    raw: body,
    headers: { 'stripe-signature': `t=${at},v1=${signature}`, 'content-type': 'application/json' },
  });
  expect([reply.status, reply.body['code']]).toEqual([400, 'webhook_malformed']);
});

test('codes of any length and script leave a return at work, as Temporal takes only 2 KiB of them', async () => {
  const long = (name: string) => Array.from({ length: 20 }, (_, i) => ({ sku: `${name}${i}`.padEnd(110, '漢') }));
  const skus = long('SKU');
  const lines = skus.map(({ sku }) => ({ sku, quantity: 1, reason: 'changed_mind' }));
  const order = await anOrder(world, skus);
  const created = await world.call('POST', '/v1/returns', { order, lines, method: 'drop_off' });
  expect(created.status).toBe(201);
  const path = `/v1/returns/${created.body['rma']}/receipts`;
  const contents = skus.map(({ sku }) => ({ sku, quantity: 1, lot: sku.replace('SKU', 'LOT') }));
  expect((await world.call('POST', path, { parcel: 'P1', contents, partial: true })).status).toBe(200);
  expect((await world.call('POST', path, { contents: [{ sku: 'SKU-1', quantity: 1 }] })).status).toBe(200);
});

test('asking for readiness without a key leaves the connections to those who have one', async () => {
  const asking = Array.from(
    { length: 400 },
    async () => (await world.call('GET', '/readyz', undefined, { as: null })).status,
  );
  expect((await world.call('GET', '/v1/returns')).status).toBe(200);
  expect(new Set(await Promise.all(asking))).toEqual(new Set([200]));
});

test('who guesses keys is held up, and nobody with a good key beside them', async () => {
  const guess = { as: null, headers: { authorization: `Bearer hw_${'x'.repeat(43)}` } };
  const guesses = await Promise.all(
    Array.from({ length: 110 }, async () => (await world.call('GET', '/v1/attention', undefined, guess)).status),
  );
  expect(new Set(guesses)).toEqual(new Set([401, 429]));
  const good = await Promise.all(
    Array.from({ length: 110 }, async () => (await world.call('GET', '/v1/attention?limit=1')).status),
  );
  expect(new Set(good)).toEqual(new Set([200]));
});

function dispute(currency: string, amount: number) {
  return { id: 'dp_1', amount, currency, charge: 'ch_1', status: 'lost' };
}
