import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeToldTransfers } from '../../worker/tell-transfer.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const place = { zone: 'Europe/Berlin', street1: 'S 1', city: 'Berlin', zip: '10115', country: 'DE' };
  for (const facility of ['DC1', 'STORE1']) {
    await world.call('POST', '/v1/facilities', { facility, name: facility, ...place }, { as: 'admin' });
  }
});
afterAll(async () => {
  await world.close();
});

test('while a lot of a SKU is stopped, no unit of it leaves whose lot nobody has read', async () => {
  await world.call(
    'POST',
    '/v1/stock-levels',
    { levels: [{ facility: 'DC1', sku: 'MUG', onHand: 9 }] },
    { as: 'admin' },
  );
  const in3Days = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const request = { from: 'DC1', to: 'STORE1', lines: [{ sku: 'MUG', quantity: 5 }], by: { type: 'own' } };
  const asked = await world.call('POST', '/v1/transfers', { ...request, shipBy: in3Days, arriveBy: in3Days });
  expect(asked.status, asked.text).toBeLessThan(203);
  const path = `/v1/transfers/${String(asked.body['number'])}`;
  await eventually(async () => expect((await world.call('GET', path)).body).toMatchObject({ status: 'reserved' }));
  // As a recall's stop sale leaves it; that transfers under way are told of theirs is shown elsewhere.
  await world.db.stopSale.create({ data: { recall: 'RC-73MN-Q9TX-0', sku: 'MUG', lot: 'M1', mock: false } });

  // Nor by the trip that fetches them, whose driver reads no lots.
  const number = path.slice('/v1/transfers/'.length);
  const command = { type: 'ship', by: { type: 'own' }, tracking: null, lines: null, units: 5 } as const;
  const told = { transfer: number, message: { commandId: 'trip:TP-1:collected:L1', by: 'trip:TP-1', command } };
  expect(await makeToldTransfers(world.pool).tellTransfer(told)).toEqual({ type: 'refused', code: 'lot_needed' });

  const answers = [
    await world.call('POST', `${path}/shipment`, { by: { type: 'own' } }),
    await world.call('POST', `${path}/pick`, {}),
    await world.call('POST', `${path}/pick`, { lines: [{ line: 'L1', quantity: 5, lot: 'M1' }] }),
    await world.call('POST', `${path}/pick`, { lines: [{ line: 'L1', quantity: 5, lot: 'M2' }] }),
    await world.call('POST', `${path}/shipment`, { by: { type: 'own' } }),
  ];
  expect(answers.map(({ status, body }) => [status, body['code'] ?? body['status']])).toEqual([
    [409, 'lot_needed'],
    [409, 'lot_needed'],
    [409, 'goods_stopped'],
    [200, 'picked'],
    [200, 'shipped'],
  ]);
});

test('an instant that no database reads is refused, and no process begins with it', async () => {
  const request = { from: 'DC1', to: 'STORE1', lines: [{ sku: 'MUG', quantity: 1 }], by: { type: 'own' } };
  for (const at of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00', '9999-12-31T00:00:00Z']) {
    const { status, text } = await world.call('POST', '/v1/transfers', { ...request, shipBy: at, arriveBy: at });
    expect([status, text]).toEqual([400, expect.stringContaining('lies outside of the years 1900 to 2999')]);
  }
});
