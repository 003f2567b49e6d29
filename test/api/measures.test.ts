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

const measures = (query = '') => world.call('GET', `/v1/measures${query}`, undefined, { as: 'viewer' });

test('whoever may read sees how returns went, until now and for thirty days unless told', async () => {
  await anOrder(world, [{ quantity: 3 }]);
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world)), { as: 'ops' });
  expect(created.status, created.text).toBe(201);
  const { status, body, text } = await measures();
  expect(status, text).toBe(200);
  expect(body).toMatchObject({ groupBy: 'none', truncated: false, groups: [{ group: 'all', returns: 1 }] });
  expect(Date.parse(String(body['to'])) - Date.parse(String(body['from']))).toBe(30 * 86_400_000);
  const bySku = await measures('?groupBy=sku&limit=1');
  expect(bySku.body).toMatchObject({ truncated: false, groups: [{ group: 'SKU-1', units: { requested: 1 } }] });
});

test('a period that makes no sense is named', async () => {
  const code = async (query: string) => {
    const { status, body } = await measures(query);
    return [status, body['code'], body['field']];
  };
  expect(await code('?from=2026-03-02&to=2026-03-01')).toEqual([400, 'period_invalid', 'from']);
  expect(await code('?from=2024-01-01&to=2026-03-01')).toEqual([400, 'period_too_long', 'from']);
  expect(await code('?from=yesterday')).toEqual([400, 'invalid_value', 'from']);
  expect(await code('?groupBy=colour')).toEqual([400, 'invalid_value', 'groupBy']);
  expect((await measures('?from=2026-01-01&to=2026-03-01T12:00:00%2B02:00')).body).toMatchObject({
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-03-01T10:00:00.000Z',
    groups: [],
  });
});
