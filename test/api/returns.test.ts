import { afterAll, beforeAll, expect, test } from 'vitest';
import { anOrder } from './orders.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test('a return is previewed, created with its decision, and shown with its timeline', async () => {
  const order = await anOrder(world);
  const body = { order, lines: [{ sku: 'SKU-1', quantity: 1, reason: 'defective' }], method: 'drop_off' };

  const preview = await world.call('POST', '/v1/returns/preview', body, { as: 'viewer' });
  expect(preview.status, preview.text).toBe(200);
  expect(preview.body).toMatchObject({ outcome: 'authorized', quote: { total: { amount: '20.00', currency: 'EUR' } } });
  expect(await world.db.return.count()).toBe(0);

  const created = await world.call('POST', '/v1/returns', body, { as: 'ops' });
  expect(created.status, created.text).toBe(201);
  console.log(created.text);
});
