import { randomUUID } from 'node:crypto';
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

test('a repeated request gets the first answer and makes nothing new', async () => {
  const body = asked(await anOrder(world));
  const key = randomUUID();
  const first = await world.call('POST', '/v1/returns', body, withKey(key));
  const second = await world.call('POST', '/v1/returns', body, withKey(key));
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  expect(await world.db.return.count({ where: { orderId: body.order } })).toBe(1);
});

test('the same key with another body or another address is refused', async () => {
  const body = asked(await anOrder(world));
  const key = randomUUID();
  const first = await world.call('POST', '/v1/returns', body, withKey(key));
  const other = await world.call('POST', '/v1/returns', { ...body, method: 'pickup' }, withKey(key));
  expect([other.status, other.body['code']]).toEqual([422, 'idempotency_key_reused']);
  const path = `/v1/returns/${first.body['rma']}/cancellation`;
  const elsewhere = await world.call('POST', path, {}, withKey(key));
  expect(elsewhere.body['code']).toBe('idempotency_key_reused');
  expect(await world.db.return.count({ where: { orderId: body.order } })).toBe(1);
});

test('keys of two callers are apart', async () => {
  const key = randomUUID();
  const mine = await world.call('POST', '/v1/returns', asked(await anOrder(world)), { as: 'ops', ...withKey(key) });
  const theirs = await world.call('POST', '/v1/returns', asked(await anOrder(world)), { as: 'lead', ...withKey(key) });
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(mine.body['rma']).not.toBe(theirs.body['rma']);
});

test('requests at once with one key make one return; those that come too early are told to wait', async () => {
  const body = asked(await anOrder(world));
  const key = randomUUID();
  const replies = await Promise.all(
    Array.from({ length: 8 }, async () => await world.call('POST', '/v1/returns', body, withKey(key))),
  );
  for (const reply of replies) {
    expect([201, 409]).toContain(reply.status);
    if (reply.status === 409) expect(reply.body['code']).toBe('idempotency_in_progress');
  }
  expect(await world.db.return.count({ where: { orderId: body.order } })).toBe(1);
});

test('a request whose process died is taken up again and finds the return that it started', async () => {
  const body = asked(await anOrder(world));
  const key = randomUUID();
  const first = await world.call('POST', '/v1/returns', body, withKey(key));
  await world.db.idempotencyKey.updateMany({
    where: { key },
    data: { status: null, createdAt: new Date(Date.now() - 120_000) },
  });
  const again = await world.call('POST', '/v1/returns', body, withKey(key));
  expect([again.status, again.body['rma']], again.text).toEqual([201, first.body['rma']]);
  expect(await world.db.return.count({ where: { orderId: body.order } })).toBe(1);
});

test('a problem is not kept: the key can be used again once the cause is gone', async () => {
  const key = randomUUID();
  const refused = await world.call('POST', '/v1/returns', asked('LATER'), withKey(key));
  expect(refused.body['code']).toBe('unknown_order');
  const taken = await world.call('POST', '/v1/returns', asked(await anOrder(world)), withKey(key));
  expect(taken.status).toBe(201);
});

test('a command that is repeated after its answer was lost happens once', async () => {
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world, [{ quantity: 4 }]), 2));
  const path = `/v1/returns/${created.body['rma']}/receipts`;
  const receipt = { contents: [{ sku: 'SKU-1', quantity: 1 }], partial: true };
  const key = randomUUID();
  const first = await world.call('POST', path, receipt, withKey(key));
  expect(first.status, first.text).toBe(200);
  await world.db.idempotencyKey.deleteMany({ where: { key } });
  const again = await world.call('POST', path, receipt, withKey(key));
  expect([again.status, again.body['commandId']], again.text).toEqual([200, first.body['commandId']]);
  expect(await world.db.returnItem.count({ where: { rma: String(created.body['rma']) } })).toBe(1);
});

test('a new key’s secret is in its first answer only', async () => {
  const key = randomUUID();
  const body = { name: 'scanner', role: 'ops' };
  const made = await world.call('POST', '/v1/keys', body, { as: 'admin', ...withKey(key) });
  expect(made.body['secret']).toMatch(/^hw_/);
  const again = await world.call('POST', '/v1/keys', body, { as: 'admin', ...withKey(key) });
  expect([again.status, again.body['id'], again.body['secret']]).toEqual([201, made.body['id'], undefined]);
  const stored = await world.db.idempotencyKey.findMany({ where: { key } });
  expect(JSON.stringify(stored)).not.toContain(String(made.body['secret']));
});
