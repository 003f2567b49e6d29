import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { openPool } from '../../prisma/client.ts';
import { asNew } from '../domain/sale.ts';
import { anOrder } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const policy = defaultPolicies.find(({ program }) => program === 'undeliverable');
  if (policy === undefined) throw new Error('undeliverable has no default policy');
  const { id, version, program } = policy;
  const document = JSON.parse(JSON.stringify(policy));
  await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
});
afterAll(async () => {
  await world.close();
});

const post = (path: string, body: unknown, as: 'ops' | 'lead' = 'ops') => world.call('POST', path, body, { as });
const get = async (path: string) => (await world.call('GET', path, undefined, { as: 'viewer' })).body;

let parcels = 0;

/** Two units at 20.00 EUR that left in one parcel, whose carrier the sandbox plays. */
async function sent(): Promise<{ readonly order: string; readonly tracking: string }> {
  const order = await anOrder(world, [{ delivered: false }]);
  parcels += 1;
  const tracking = `EZ9${String(parcels).padStart(9, '0')}`;
  const lines = [{ orderLine: `${order}-1`, quantity: 2 }];
  const recorded = await post(`/v1/orders/${order}/shipments`, { tracking, carrier: 'UPS', lines }, 'lead');
  expect(recorded.status, recorded.text).toBe(201);
  await outside('outbound', { tracking, carrier: 'UPS' });
  return { order, tracking };
}

async function outside(path: string, body: unknown = {}): Promise<void> {
  const response = await fetch(`${world.sandboxUrl}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}
const carrier = (tracking: string, move: string) => outside(`parcels/${tracking}/${move}`);

const until = (tracking: string, what: object) =>
  eventually(async () => expect(await get(`/v1/deliveries/${tracking}`)).toMatchObject(what));

test('a parcel is delivered at the second attempt, to a corrected address that no journal holds', async () => {
  const { order, tracking } = await sent();
  await carrier(tracking, 'fail_attempt');
  await until(tracking, { status: 'contacting', reason: 'not_home', order, version: 2 });
  const address = { name: 'Buyer', street1: '7 Hidden Lane', city: 'Berlin', zip: '10117' };
  const path = `/v1/deliveries/${tracking}`;
  const answered = await post(`${path}/answers`, { choice: 'correct_address', address });
  expect(answered.body).toMatchObject({ status: 'instructing', attention: ['carrier_instruction'] });
  const contact = await world.db.contact.findUnique({ where: { id: `C-${order}` } });
  expect(contact?.street1).toBe('7 Hidden Lane');
  const journal = await world.db.journalEntry.findMany({ where: { process: `delivery:${tracking}` } });
  expect(JSON.stringify(journal)).not.toContain('Hidden');

  const Queue = z.object({
    data: z.array(z.object({ id: z.string(), delivery: z.string().nullable(), attention: z.string() })),
  });
  const entry = Queue.parse(await get('/v1/attention')).data.find((each) => each.delivery === tracking);
  const elsewhere = await post('/v1/attention/resolutions', { id: entry?.id, resolution: 'acknowledge' }, 'lead');
  expect([elsewhere.status, elsewhere.body['code']]).toEqual([422, 'attention_of_a_delivery']);
  const told = await post(
    `${path}/attention/${entry?.attention}/resolutions`,
    { resolution: 'done', note: 'By phone' },
    'lead',
  );
  expect(told.body).toMatchObject({ status: 'attempting', attention: [] });
  await carrier(tracking, 'deliver');
  await until(tracking, { status: 'closed', outcome: 'delivered', rma: null });
  expect(await get(`/v1/orders/${order}`)).toMatchObject({ returns: [], lines: [{ deliveredAt: expect.any(String) }] });
  const late = await post(`${path}/answers`, { choice: 'redeliver' });
  expect([late.status, late.body['code']]).toEqual([409, 'delivery_closed']);
});

test('a refused parcel comes back under its own number, and its buyer gets the money', async () => {
  const { order, tracking } = await sent();
  await carrier(tracking, 'refuse');
  await until(tracking, { status: 'returning', reason: 'refused', rma: expect.any(String) });
  const rma = String((await get(`/v1/deliveries/${tracking}`))['rma']);
  const its = `/v1/returns/${rma}`;
  expect(await get(its)).toMatchObject({
    program: 'undeliverable',
    order,
    status: { goods: 'in_transit' },
    parcels: [{ label: 'none', tracking }],
  });
  expect((await post(`/v1/deliveries/${tracking}/remedy`, { remedy: 'refund' })).status).toBe(200);
  await until(tracking, { status: 'closed', outcome: 'returned', remedy: 'refund' });
  const other = await post(`/v1/deliveries/${tracking}/remedy`, { remedy: 'new_shipment' });
  expect([other.status, other.body['code']]).toEqual([409, 'delivery_closed']);
  // The carrier's further news are the return's.
  await carrier(tracking, 'scan');
  await eventually(async () => expect(await get(its)).toMatchObject({ parcels: [{ status: 'in_transit' }] }));
  await post(`${its}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] });
  await eventually(async () => expect(await get(its)).toMatchObject({ settled: { amount: '40.00' } }));
  await post(`${its}/items/P1-1/inspections`, { findings: [{ quantity: 2, facts: asNew }] });
  await post(`${its}/items/P1-1/confirmations`, { evidence: 'A-1' });
  await eventually(async () => expect(await get(its)).toMatchObject({ status: { goods: 'closed', money: 'full' } }));
});

test('goods are sent again instead, once and for no money, and their new parcel is followed like the first', async () => {
  const { order, tracking } = await sent();
  const reported = await post('/v1/deliveries', { tracking, reason: 'customs', comesBack: true });
  expect(reported.body).toMatchObject({ status: 'returning', events: expect.arrayContaining(['return_due']) });
  await post(`/v1/deliveries/${tracking}/remedy`, { remedy: 'new_shipment' });
  await until(tracking, { status: 'closed', outcome: 'returned' });
  const rma = String((await get(`/v1/deliveries/${tracking}`))['rma']);
  const its = `/v1/returns/${rma}`;
  const early = await post(`${its}/new-shipments`, { carrier: 'UPS', tracking: `${tracking}B` });
  expect([early.status, early.body['code']]).toEqual([409, 'nothing_to_ship']);
  const received = await post(`${its}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] });
  expect(received.body).toMatchObject({ attention: ['new_shipment_due'] });
  // Taken while nobody is there who could do it: the parcel is followed with what its return decides, whoever waits for it.
  await world.worker.stop();
  expect((await post(`${its}/new-shipments`, { carrier: 'UPS', tracking: `${tracking}B` })).status).toBe(202);
  await world.worker.start();
  const moved = { tracking: `${tracking}B`, deliveredAt: null, shipment: { orderId: order } };
  await eventually(async () => expect(await world.db.fulfilment.count({ where: moved })).toBe(1));
  const twice = await post(`${its}/new-shipments`, { carrier: 'UPS', tracking: `${tracking}C` });
  expect([twice.status, twice.body['code']]).toEqual([409, 'nothing_to_ship']);
  await post(`${its}/items/P1-1/inspections`, { findings: [{ quantity: 2, facts: asNew }] });
  await post(`${its}/items/P1-1/confirmations`, { evidence: 'A-1' });
  await eventually(async () =>
    expect(await get(its)).toMatchObject({
      status: { goods: 'closed', money: 'none' },
      settled: { amount: '0.00' },
      refunds: [],
    }),
  );
  await outside('outbound', { tracking: `${tracking}B`, carrier: 'UPS' });
  await carrier(`${tracking}B`, 'deliver');
  await eventually(async () =>
    expect(await get(`/v1/orders/${order}`)).toMatchObject({
      lines: [{ returnable: 2, deliveredAt: expect.any(String) }],
      payments: [{ refunded: { amount: '0.00' } }],
    }),
  );
});

test('a carrier’s reports make one process, and those of a parcel that nobody sent wait for a person', async () => {
  const { tracking } = await sent();
  for (const move of ['fail_attempt', 'fail_attempt', 'scan', 'fail_attempt']) await carrier(tracking, move);
  await until(tracking, { status: 'contacting' });
  const listed = await get(`/v1/deliveries?status=contacting&needsPerson=false`);
  expect(listed['data']).toMatchObject([{ tracking, attempts: 0 }]);
  const unknown = await post('/v1/deliveries', { tracking: 'EZ404', reason: 'other' });
  expect([unknown.status, unknown.body['code']]).toEqual([404, 'unknown_shipment']);
});

test('a person asks for the return of a parcel that came back unheard of', async () => {
  const { order, tracking } = await sent();
  const body = {
    program: 'undeliverable',
    order,
    tracking,
    lines: [{ sku: 'SKU-1', quantity: 2, reason: 'unclaimed' }],
    method: 'drop_off',
  };
  const { tracking: _, ...without } = body;
  expect((await post('/v1/returns', without)).body['code']).toBe('tracking_missing');
  expect((await post('/v1/returns', { ...body, tracking: 'EZ404' })).body['code']).toBe('unknown_shipment');
  expect((await post('/v1/returns', { ...body, program: 'customer' })).body['code']).toBe('tracking_not_expected');
  const more = { ...body, lines: [{ sku: 'SKU-1', quantity: 3, reason: 'unclaimed' }] };
  expect((await post('/v1/returns', more)).body['code']).toBe('not_in_shipment');
  const created = await post('/v1/returns', body);
  expect(created.body).toMatchObject({ program: 'undeliverable', parcels: [{ tracking, label: 'none' }] });
});

test('what is sent is recorded once, and no more than is left', async () => {
  const { order, tracking } = await sent();
  const lines = [{ orderLine: `${order}-1`, quantity: 1 }];
  const again = await post(`/v1/orders/${order}/shipments`, { tracking, carrier: 'UPS', lines }, 'lead');
  expect([again.status, again.body['code']]).toEqual([409, 'shipment_known']);
  const more = await post(`/v1/orders/${order}/shipments`, { tracking: `${tracking}X`, carrier: 'UPS', lines }, 'lead');
  expect([more.status, more.body['code']]).toEqual([422, 'quantity_not_left']);
  expect(await world.db.shipment.findUnique({ where: { tracking: `${tracking}X` } })).toBeNull();
});

test('the rows follow from the journals', async () => {
  const pool = openPool(world.config.database);
  expect((await rebuildAll(pool)).differences).toEqual([]);
  await pool.end();
});
