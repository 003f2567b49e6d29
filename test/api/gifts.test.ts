import { afterAll, beforeAll, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { anOrder } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const post = (path: string, body: object = {}) => world.call('POST', `/v1/${path}`, body);
const lines = [{ sku: 'SKU-1', quantity: 1, reason: 'changed_mind' }];
const wish = { lines, method: 'drop_off', instrument: 'store_credit' };

test('who was given goods finds them by order and postcode, and learns nothing of who bought them', async () => {
  const order = await anOrder(world);
  const found = await post('gifts/lookups', { order, gift: { postcode: '10115' } });
  expect(found.status, found.text).toBe(200);
  expect(found.body).toEqual({
    order,
    lines: [{ orderLine: `${order}-1`, sku: 'SKU-1', title: 'SKU-1', quantity: 2, returnable: 2 }],
  });
  const wrong = await post('gifts/lookups', { order, gift: { postcode: '10116' } });
  const unknown = await post('gifts/lookups', { order: 'nothing', gift: { postcode: '10115' } });
  for (const { body } of [wrong, unknown]) expect(body).toMatchObject({ status: 422, code: 'gift_unknown' });
  expect(wrong.body['detail']).toBe(unknown.body['detail']);
});

test('a gift that comes back becomes store credit of whoever has its code, and who gave it is not told', async () => {
  const order = await anOrder(world);
  const preview = await post('returns/preview', {
    ...wish,
    order,
    instrument: 'original',
    gift: { postcode: '10115' },
  });
  expect(preview.body).toMatchObject({ lines: [{ codes: ['instrument_not_offered'] }] });
  const created = await post('returns', { ...wish, order, gift: { postcode: '10115' } });
  expect(created.status, created.text).toBe(201);
  expect(created.body).toMatchObject({ gift: true });
  const rma = String(created.body['rma']);
  await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] });
  await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts: asNew }] });
  const credit = `SC-${rma}-S1-1`;
  await eventually(async () => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`);
    expect(body['refunds']).toMatchObject([{ storeCredit: credit, payment: null, state: 'succeeded' }]);
  });
  expect((await world.call('GET', `/v1/store-credits/${credit}`)).body).toMatchObject({ buyer: null, cause: 'return' });
  expect((await world.call('GET', `/v1/store-credits?buyer=B-${order}`)).body).toMatchObject({ data: [] });
  const told = await world.db.outboxEvent.findMany({ where: { process: `return:${rma}` } });
  expect(told.length).toBeGreaterThan(3);
  for (const { payload } of told) expect(payload).toMatchObject({ gift: true });
  expect(JSON.stringify(told)).not.toContain(`B-${order}`);
});

test('a gift’s token is enough; only its hash is kept', async () => {
  const row = {
    ...{
      order: 'GIFT-1',
      currency: 'EUR',
      country: 'DE',
      placedAt: '2026-11-01',
      sku: 'SKU-1',
      quantity: 1,
      price: '20.00',
    },
    ...{ deliveredAt: new Date(Date.now() - 86_400_000).toISOString(), giftToken: 'for-you-7' },
    ...{ name: 'N', street1: 'S', city: 'C', zip: '10115' },
  };
  const headers = { 'content-type': 'application/x-ndjson' };
  const imported = await world.call('POST', '/v1/orders/import', undefined, { headers, raw: JSON.stringify(row) });
  expect(imported.status, imported.text).toBe(200);
  const { giftTokenHash } = await world.db.order.findUniqueOrThrow({ where: { id: 'GIFT-1' } });
  expect(giftTokenHash).toMatch(/^[0-9a-f]{64}$/);
  const created = await post('returns', { ...wish, gift: { token: 'for-you-7' } });
  expect(created.body, created.text).toMatchObject({ order: 'GIFT-1', gift: true });
  expect((await post('returns', { ...wish, gift: { token: 'for-me' } })).body).toMatchObject({ code: 'gift_unknown' });
  expect((await post('returns', { ...wish })).status).toBe(400);
});
