import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const place = { zone: 'Europe/Berlin', street1: 'S 1', city: 'Berlin', zip: '10115', country: 'DE' };
  for (const facility of ['DC1', 'STORE1']) {
    const made = await world.call('POST', '/v1/facilities', { facility, name: facility, ...place }, { as: 'admin' });
    expect(made.status, made.text).toBe(201);
  }
});
afterAll(async () => {
  await world.close();
});

const post = (path: string, body: unknown, as: 'ops' | 'lead' | 'viewer' | 'admin' = 'ops') =>
  world.call('POST', path, body, { as });
const get = async (path: string) => (await world.call('GET', path, undefined, { as: 'viewer' })).body;

const tell = async (facility: string, sku: string, onHand: number) => {
  const told = await post('/v1/stock-levels', { levels: [{ facility, sku, onHand }] }, 'admin');
  expect(told.status, told.text).toBe(200);
};
const onHand = async (facility: string, sku: string) => {
  const { data } = (await get(`/v1/stock-levels?sku=${sku}`)) as { data: { facility: string; onHand: number }[] };
  return data.find((level) => level.facility === facility)?.onHand;
};

const asked = (sku: string, quantity: number) => ({
  ...{ from: 'DC1', to: 'STORE1', lines: [{ sku, quantity, lot: 'LOT-1' }], by: { type: 'own' } },
  ...{ shipBy: '2099-01-01T00:00:00Z', arriveBy: '2099-01-03T00:00:00Z' },
});

/** A transfer that the origin keeps goods for. */
async function aTransfer(sku: string, quantity: number): Promise<string> {
  const created = await post('/v1/transfers', asked(sku, quantity));
  expect(created.status, created.text).toBe(201);
  const path = `/v1/transfers/${String(created.body['number'])}`;
  expect(created.headers.get('location')).toBe(path);
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'reserved' }));
  return path;
}

test('goods go from a centre to a store: kept, picked, shipped, received in parts, short by two that are written off', async () => {
  await tell('DC1', 'KETTLE', 12);
  const path = await aTransfer('KETTLE', 10);
  expect(
    (await post('/v1/stock-levels', { levels: [{ facility: 'DC1', sku: 'KETTLE', onHand: 9 }] }, 'admin')).body,
  ).toMatchObject({
    code: 'stock_reserved',
  });
  expect((await post(`${path}/receipts`, { last: true })).body).toMatchObject({ code: 'not_shipped_yet' });
  expect((await post(`${path}/pick`, {})).body).toMatchObject({ status: 'picked' });
  const shipped = await post(`${path}/shipment`, { by: { type: 'parcel', carrier: 'UPS' }, tracking: '1Z999' });
  expect(shipped.body).toMatchObject({ status: 'shipped' });
  await eventually(async () => expect(await onHand('DC1', 'KETTLE')).toBe(2));
  expect(await get(path)).toMatchObject({ carrier: 'UPS', tracking: '1Z999', lines: [{ shipped: 10, inTransit: 10 }] });

  await post(`${path}/receipts`, { lines: [{ line: 'L1', good: 5 }] });
  await eventually(async () => expect(await onHand('STORE1', 'KETTLE')).toBe(5));
  const last = await post(`${path}/receipts`, { lines: [{ line: 'L1', good: 3 }], last: true });
  expect(last.body).toMatchObject({ attention: ['transfer_short'] });
  const queue = (await get('/v1/attention?reason=transfer_short')) as { data: Record<string, unknown>[] };
  expect(queue.data).toMatchObject([{ network: path.slice('/v1/transfers/'.length), facility: 'STORE1' }]);
  const resolved = await post(`${path}/attention/A1/resolutions`, { resolution: 'write_off', note: 'Gone' }, 'lead');
  expect(resolved.status, resolved.text).toBe(200);
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'received' }));
  expect(await get(path)).toMatchObject({ lines: [{ received: 8, lost: 2, inTransit: 0 }], needsPerson: [] });
  expect(await onHand('STORE1', 'KETTLE')).toBe(8);
  expect(await get('/v1/transfers?from=DC1&to=STORE1&sku=KETTLE&status=closed')).toMatchObject({
    data: [{ outcome: 'received' }],
  });
});

test('what is called off before it leaves is free again, and under way turns back', async () => {
  await tell('DC1', 'LAMP', 6);
  const early = await aTransfer('LAMP', 4);
  expect((await post(`${early}/cancellation`, { note: 'Not needed' })).status).toBe(200);
  await eventually(async () => expect(await get(early)).toMatchObject({ status: 'closed', outcome: 'cancelled' }));
  const late = await aTransfer('LAMP', 6);
  await post(`${late}/shipment`, { by: { type: 'own' } });
  await post(`${late}/cancellation`, {});
  expect(await get(late)).toMatchObject({ turnedBack: true });
  await post(`${late}/receipts`, { lines: [{ line: 'L1', good: 6 }] });
  await eventually(async () => expect(await get(late)).toMatchObject({ status: 'closed', outcome: 'turned_back' }));
  expect(await onHand('DC1', 'LAMP')).toBe(6);
});

test('what the origin has too few of asks a person; what makes no sense is refused at once', async () => {
  await tell('DC1', 'VASE', 3);
  const created = await post('/v1/transfers', asked('VASE', 5));
  const path = `/v1/transfers/${String(created.body['number'])}`;
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'short_of_stock' }));
  await post(`${path}/attention/A1/resolutions`, { resolution: 'take_what_is_there', note: 'Enough' }, 'lead');
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'reserved', lines: [{ reserved: 3 }] }));
  const wrong = [
    [{ ...asked('VASE', 1), to: 'MOON' }, 'unknown_facility'],
    [{ ...asked('VASE', 1), to: 'DC1' }, 'same_facility'],
    [{ ...asked('VASE', 1), arriveBy: '2098-01-01T00:00:00Z' }, 'arrival_before_shipment'],
    [{ ...asked('VASE', 1), lines: [{ sku: 'VASE', quantity: 2, serials: ['A'] }] }, 'quantity_not_valid'],
  ] as const;
  for (const [body, code] of wrong) expect((await post('/v1/transfers', body)).body).toMatchObject({ code });
  expect((await post('/v1/transfers', asked('VASE', 1), 'viewer')).status).toBe(403);
  expect((await world.call('GET', '/v1/transfers/TR-73MN-Q9TX-0', undefined, { as: 'viewer' })).status).toBe(404);
});

test('a repeated request finds the transfer that it started', async () => {
  await tell('DC1', 'MUG', 5);
  const once = () =>
    world.call('POST', '/v1/transfers', asked('MUG', 1), { as: 'ops', headers: { 'idempotency-key': 'again-1' } });
  const numbers = [await once(), await once()].map(({ body }) => body['number']);
  expect(numbers[0]).toBe(numbers[1]);
});
