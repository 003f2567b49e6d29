import { afterAll, beforeAll, expect, test } from 'vitest';
import { anOrder, asked as whatIsReturned } from './orders.ts';
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

  // The two come the next morning.
  expect((await post(`${path}/receipts`, { last: true })).body).toMatchObject({ code: 'transfer_closed' });
  const after = await post(`${path}/receipts`, { lines: [{ line: 'L1', good: 2 }] });
  expect(after.body, after.text).toMatchObject({ status: 'receiving' });
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', lines: [{ lost: 0 }] }));
  expect(await onHand('STORE1', 'KETTLE')).toBe(10);
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

test('goods go with a trip that is there and has not left', async () => {
  await tell('DC1', 'CLOCK', 4);
  const near = (latitude: number) => ({ latitude, longitude: 8 });
  for (const [facility, latitude] of [['DC1', 50] as const, ['STORE1', 50.1] as const]) {
    await world.db.facility.update({ where: { id: facility }, data: near(latitude) });
  }
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const planned = await post('/v1/trips', {
    ...{ depot: 'DC1', currency: 'EUR', departsAt: at(1), returnsAt: at(9), volumeLitres: 1_000, weightGrams: 200_000 },
    stops: [{ facility: 'STORE1', opens: at(1), closes: at(8) }],
    loads: [],
  });
  expect(planned.status, planned.text).toBe(201);
  const trip = String(planned.body['number']);
  const ask = (number: string) => post('/v1/transfers', { ...asked('CLOCK', 1), by: { type: 'trip', trip: number } });
  expect((await ask('TP-NONE')).body).toMatchObject({ code: 'unknown_trip', field: 'by.trip' });
  const created = await ask(trip);
  expect(created.status, created.text).toBe(201);
  const path = `/v1/transfers/${String(created.body['number'])}`;
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'reserved', trip }));
  const nowhere = { by: { type: 'trip', trip: path.split('/').at(-1) } };
  expect((await post(`${path}/shipment`, nowhere)).body).toMatchObject({ code: 'unknown_trip' });
  expect((await post(`${path}/schedule`, nowhere)).body).toMatchObject({ code: 'unknown_trip' });

  expect((await post(`/v1/trips/${trip}/departure`, { at: at(1) })).status).toBe(200);
  await eventually(async () => expect((await ask(trip)).body).toMatchObject({ code: 'trip_has_left' }));
  expect((await post(`${path}/schedule`, { by: { type: 'trip', trip } })).body).toMatchObject({
    code: 'trip_has_left',
  });
  // What it has collected since is told when somebody gets to it.
  expect((await post(`${path}/shipment`, { by: { type: 'trip', trip } })).body).toMatchObject({ status: 'shipped' });
});

test('what the carrier pays for its loss is told as money, of a claim that is shown', async () => {
  await anOrder(world, [{ sku: 'RADIO' }]);
  await world.db.orderLine.updateMany({ where: { sku: 'RADIO' }, data: { unitCost: 4_000 } });
  await tell('DC1', 'RADIO', 6);
  const path = await aTransfer('RADIO', 6);
  await post(`${path}/shipment`, { by: { type: 'parcel', carrier: 'UPS' } });
  await post(`${path}/receipts`, {
    lines: [{ line: 'L1', good: 2, damaged: 1 }],
    others: [{ sku: 'MUG', quantity: 1 }],
    last: true,
  });
  const whole = await get(path);
  expect(whole).toMatchObject({
    currency: 'EUR',
    lines: [{ unitCost: { amount: '40.00', currency: 'EUR' }, isOut: false }],
    claims: [],
    holds: [{ held: 'H1', line: 'L1', quantity: 1, cause: 'damaged', facility: 'STORE1' }],
    surpluses: [{ surplus: 'S1', sku: 'MUG', quantity: 1, facility: 'STORE1' }],
  });
  const short = (whole['attention'] as { attention: string; reason: string }[]).find(
    (each) => each.reason === 'transfer_short',
  );
  await post(`${path}/attention/${short?.attention}/resolutions`, { resolution: 'claim', note: 'UPS' }, 'lead');
  expect(await get(path)).toMatchObject({
    claims: [{ claim: 'C1', line: 'L1', quantity: 3, paid: null, isSettled: false }],
  });

  const answer = (amount: string, currency: string) =>
    post(`${path}/claims/C1/answers`, { outcome: 'paid', amount: { amount, currency } }, 'lead');
  expect((await answer('120.00', 'USD')).body).toMatchObject({ code: 'other_currency', field: 'amount' });
  expect((await answer('1.234', 'EUR')).body).toMatchObject({ code: 'amount_precision' });
  expect((await answer('-1.00', 'EUR')).body).toMatchObject({ code: 'amount_malformed' });
  const paid = await answer('120.00', 'EUR');
  expect(paid.status, paid.text).toBe(200);
  expect(await get(path)).toMatchObject({ claims: [{ paid: { amount: '120.00', currency: 'EUR' }, isSettled: true }] });
  const process = `transfer:${path.split('/').at(-1)}`;
  const booked = await world.db.moneyEntry.findMany({ where: { process, credit: 'recovery' } });
  expect(booked.map(({ amount, currency }) => [Number(amount), currency])).toEqual([[12_000, 'EUR']]);
});

test('a repeated request finds the transfer that it started', async () => {
  await tell('DC1', 'MUG', 5);
  const once = () =>
    world.call('POST', '/v1/transfers', asked('MUG', 1), { as: 'ops', headers: { 'idempotency-key': 'again-1' } });
  const numbers = [await once(), await once()].map(({ body }) => body['number']);
  expect(numbers[0]).toBe(numbers[1]);
});

test('what comes to a facility is told by day and SKU, whatever process brings it', async () => {
  await tell('DC1', 'TEAPOT', 9);
  const first = await aTransfer('TEAPOT', 4);
  const second = await aTransfer('TEAPOT', 5);
  await post(`${first}/shipment`, { by: { type: 'own' }, lines: [{ line: 'L1', quantity: 3 }] });
  const path = '/v1/facilities/STORE1/expected?from=2099-01-01&until=2099-01-05';
  expect(await get(path)).toMatchObject({
    days: [{ day: '2099-01-03', kinds: [{ kind: 'transfer' }] }],
    undated: 0,
  });
  const rows = (await get(path)) as { data: { sku: string; units: number }[] };
  expect(rows.data.find(({ sku }) => sku === 'TEAPOT')).toMatchObject({ day: '2099-01-03', units: 8 });
  // Once fewer are found than were kept, no more than those come.
  await post(`${second}/pick`, { lines: [{ line: 'L1', quantity: 2, lot: 'LOT-1' }] });
  const fewer = (await get(path)) as { data: { sku: string; units: number }[] };
  expect(fewer.data.find(({ sku }) => sku === 'TEAPOT')).toMatchObject({ units: 5 });
  const page = await get(`${path}&limit=1`);
  expect(page['data']).toHaveLength(1);
  expect((await get(`${path}&limit=1&cursor=${String(page['nextCursor'])}`))['data']).not.toEqual(page['data']);
  expect(await get('/v1/facilities/STORE1/expected')).toMatchObject({ days: [] });
  expect((await get('/v1/facilities/MOON/expected'))['code']).toBe('facility_not_found');
  expect((await get('/v1/facilities/STORE1/expected?from=2099-01-01&until=2098-01-01'))['code']).toBe(
    'period_not_valid',
  );

  const one = await returned(await anOrder(world), 2);
  const expected = async () => await get('/v1/facilities/RC1/expected');
  expect(await expected()).toMatchObject({ days: [], undated: 2 });
  await post(`/v1/returns/${one}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] });
  await returned(await anOrder(world), 1);
  // One has come: as long as it took, others are taken to need.
  await eventually(async () =>
    expect(await expected()).toMatchObject({ undated: 0, days: [{ units: 1, kinds: [{ kind: 'return' }] }] }),
  );
});

test('goods are found by SKU, lot and serial: where they are, where they were, and what they wait for', async () => {
  await tell('DC1', 'PHONE', 3);
  const by = { type: 'own' };
  const lines = [{ sku: 'PHONE', quantity: 1, lot: 'PH-7', serials: ['IMEI-1'] }];
  const created = await post('/v1/transfers', { ...asked('PHONE', 1), lines });
  const path = `/v1/transfers/${String(created.body['number'])}`;
  const number = path.slice('/v1/transfers/'.length);
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'reserved' }));
  expect(await get('/v1/stock/positions?sku=PHONE')).toMatchObject({
    levels: [{ facility: 'DC1', onHand: 3, reserved: 1, stopped: 0 }],
    positions: [],
  });
  await post(`${path}/shipment`, { by });
  const underWay = {
    account: 'in_transit',
    facility: 'STORE1',
    units: 1,
    process: { kind: 'transfer', number, status: 'shipped' },
  };
  for (const which of ['sku=PHONE', 'lot=PH-7', 'serial=IMEI-1']) {
    expect(await get(`/v1/stock/positions?${which}`)).toMatchObject({
      positions: [underWay],
      data: [{ from: 'sellable', to: 'in_transit' }],
    });
  }
  await post(`${path}/receipts`, { lines: [{ line: 'L1', good: 0, damaged: 1 }] });
  const held = { account: 'quarantine', facility: 'STORE1', process: { number, needsPerson: ['transfer_damaged'] } };
  expect(await get('/v1/stock/positions?serial=IMEI-1')).toMatchObject({ positions: [held] });
  await post(`${path}/attention/A1/resolutions`, { resolution: 'restock', note: 'Only the box' }, 'lead');
  await eventually(async () =>
    expect(await get('/v1/stock/positions?sku=PHONE&serial=IMEI-1&limit=2')).toMatchObject({
      positions: [{ account: 'sellable', facility: 'STORE1', process: null }],
      data: [{ to: 'sellable' }, { to: 'quarantine' }],
      levels: [
        { facility: 'DC1', onHand: 2 },
        { facility: 'STORE1', onHand: 1 },
      ],
    }),
  );
  expect(await get('/v1/stock/positions?serial=NOBODY')).toMatchObject({ positions: [], data: [] });
  expect((await get('/v1/stock/positions'))['code']).toBe('nothing_named');
});

/** A return of some units of an order, which has yet to come. */
async function returned(order: string, quantity: number): Promise<string> {
  const created = await post('/v1/returns', { ...whatIsReturned(order, quantity, 'changed_mind'), facility: 'RC1' });
  expect(created.status, created.text).toBe(201);
  return String(created.body['rma']);
}
