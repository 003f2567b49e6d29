import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const place = { zone: 'Europe/Berlin', street1: 'S 1', city: 'Berlin', zip: '10115', country: 'DE' };
  for (const facility of ['DC1', 'STORE1', 'STORE2']) {
    const made = await world.call('POST', '/v1/facilities', { facility, name: facility, ...place }, { as: 'admin' });
    expect(made.status, made.text).toBe(201);
  }
  const levels = [
    { facility: 'DC1', sku: 'KETTLE', onHand: 30 },
    { facility: 'STORE1', sku: 'KETTLE', onHand: 1 },
    { facility: 'STORE2', sku: 'KETTLE', onHand: 5 },
  ];
  expect((await post('/v1/stock-levels', { levels }, 'admin')).status).toBe(200);
  await told('stock-limits', [
    'sku,facility,minimum,maximum,value,currency',
    'KETTLE,DC1,5,10,20.00,EUR',
    'KETTLE,STORE1,2,10,40.00,EUR',
    'KETTLE,STORE2,2,10,30.00,EUR',
  ]);
  const today = new Date().toISOString().slice(0, 10);
  await told('demand-forecasts', [
    'sku,facility,from,days,quantity',
    `KETTLE,STORE1,${today},14,6`,
    `KETTLE,STORE2,${today},28,14`,
  ]);
  await told('lanes', [
    'origin,destination,currency,perUnit,perShipment,days,capacity',
    'DC1,STORE1,EUR,1.00,5.00,2,',
    'DC1,STORE2,EUR,2.00,,2,3',
  ]);
  await told('sku-facts', [
    'sku,millilitres,grams,currency,vendorReturn,liquidation,markdown',
    'KETTLE,4000,1500,EUR,3.00,1.50,2.00',
  ]);
});
afterAll(async () => {
  await world.close();
});

const post = (path: string, body: unknown, as: 'ops' | 'lead' | 'viewer' | 'admin' = 'ops') =>
  world.call('POST', path, body, { as });
const get = async (path: string) => (await world.call('GET', path, undefined, { as: 'viewer' })).body;

async function told(what: string, lines: readonly string[]): Promise<void> {
  const { status, text } = await upload(what, lines);
  expect([status, text]).toEqual([200, expect.stringContaining(`"stored":${lines.length - 1},"rejected":0`)]);
}

const upload = (what: string, lines: readonly string[]) =>
  world.call('POST', `/v1/${what}/import`, undefined, {
    as: 'lead',
    raw: lines.join('\n'),
    headers: { 'content-type': 'text/csv' },
  });

const trip = { trip: 'TP-EARLY', stops: ['DC1', 'STORE1'], legs: [{ litres: 9, kilograms: 50 }], perUnit: '0.10' };

/** A rebalancing whose first plan is there. */
async function proposed(): Promise<string> {
  const created = await post('/v1/rebalances', { currency: 'EUR', trips: [trip] });
  expect(created.status, created.text).toBeLessThan(203);
  const path = `/v1/rebalances/${String(created.body['number'])}`;
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'proposed', plan: { plan: 1 } }));
  return path;
}

const lines = async (path: string) => (await get(`${path}/lines`))['data'];

test('stock is balanced: planned from files, edited, approved by a lead, and moved by a transfer a way', async () => {
  const path = await proposed();
  // STORE1 ends at 1 − 6 and is to have 2; STORE2 at 5 − 7. The trip has room for two kettles, the lane to STORE2 for three.
  expect(await lines(path)).toMatchObject([
    {
      destination: 'STORE1',
      trip: null,
      quantity: 5,
      why: 'runs_out',
      cost: { amount: '10.00' },
      saving: { amount: '190.00' },
    },
    { destination: 'STORE1', trip: 'TP-EARLY', quantity: 2, saving: { amount: '79.80' } },
    { destination: 'STORE2', trip: null, quantity: 3, saving: { amount: '84.00' } },
  ]);
  expect(await get(path)).toMatchObject({
    plan: {
      units: 10,
      transfers: 3,
      saving: { amount: '353.80' },
      mostSaving: { amount: '353.80' },
      gap: 0,
      excess: 10,
    },
  });
  expect((await get(`${path}/excess`))['data']).toEqual([
    {
      sku: 'KETTLE',
      facility: 'DC1',
      quantity: 10,
      exit: 'vendor_return',
      worth: { amount: '30.00', currency: 'EUR' },
    },
  ]);

  const fixed = { sku: 'KETTLE', origin: 'DC1', destination: 'STORE1' };
  const impossible = [
    [{ ...fixed, quantity: 26 }, 'below its minimum'],
    [{ ...fixed, destination: 'STORE2', quantity: 4 }, 'lane has no room'],
    [{ ...fixed, trip: 'TP-EARLY', quantity: 3 }, 'trip has no room'],
    [{ ...fixed, sku: 'LAMP', quantity: 1 }, 'no stock limits'],
    [{ ...fixed, origin: 'STORE2', quantity: 1 }, 'no such way'],
  ] as const;
  for (const [edit, why] of impossible) {
    const refused = await post(`${path}/edits`, { edits: [edit] });
    expect(refused.body).toMatchObject({ code: 'edit_not_possible', detail: expect.stringContaining(why) });
  }
  const edited = await post(`${path}/edits`, { edits: [{ ...fixed, quantity: 0 }] });
  expect(edited.status, edited.text).toBe(200);
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ status: 'proposed', plan: { plan: 2, units: 5 } }),
  );

  expect((await post(`${path}/approval`, { plan: 2 }, 'ops')).status).toBe(403);
  expect((await post(`${path}/approval`, { plan: 1 }, 'lead')).body).toMatchObject({ code: 'plan_has_changed' });
  expect((await post(`${path}/approval`, { plan: 2 }, 'lead')).body).toMatchObject({ status: 'executing' });
  await eventually(async () => expect(await get(path)).toMatchObject({ transfers: { started: 2, ended: 0 } }));
  const csv = await world.call('GET', `${path}/lines?format=csv`, undefined, { as: 'viewer' });
  expect(csv.text.split('\r\n')[1]).toMatch(/^1,KETTLE,DC1,STORE1,TP-EARLY,2,runs_out,true,1,0\.20,79\.80,EUR,TR-/);
  const moved = (await get(`/v1/transfers?plan=${path.slice('/v1/rebalances/'.length)}`))['data'];
  expect(moved).toHaveLength(2);
  expect(moved).toMatchObject([{ reason: 'rebalance' }, { reason: 'rebalance' }]);

  // What is on its way already isn't sent again: of the 7 and the 4 that were missing, 2 and 3 are.
  const next = await proposed();
  const units = Map.groupBy(Planned.parse(await lines(next)), ({ destination }) => destination);
  const sum = (place: string) => units.get(place)?.reduce((all, { quantity }) => all + quantity, 0);
  expect([sum('STORE1'), sum('STORE2')]).toEqual([5, 1]);
  expect((await post(`${next}/cancellation`, { note: 'Enough' })).status).toBe(200);
});

const Planned = z.array(z.object({ destination: z.string(), quantity: z.int() }));

test('what makes no sense is refused at once, and a plan can be given up', async () => {
  const wrong = [
    [{ currency: 'EUR', trips: [{ ...trip, legs: [] }] }, 'invalid_value'],
    [{ currency: 'EUR', trips: [{ ...trip, stops: ['DC1', 'STORE1', 'DC1'] }] }, 'legs_not_whole'],
    [{ currency: 'EUR', trips: [trip, trip] }, 'trip_twice'],
  ] as const;
  for (const [body, code] of wrong) expect((await post('/v1/rebalances', body)).body).toMatchObject({ code });
  expect((await post('/v1/rebalances', { currency: 'EUR' }, 'viewer')).status).toBe(403);
  expect((await world.call('GET', '/v1/rebalances/RB-73MN-Q9TX-0', undefined, { as: 'viewer' })).status).toBe(404);
  const path = await proposed();
  expect((await post(`${path}/cancellation`, { note: 'Not now' })).body).toMatchObject({ status: 'cancelled' });
  expect((await post(`${path}/approval`, { plan: 1 }, 'lead')).body).toMatchObject({ code: 'rebalance_closed' });
});

test('demand beyond any count is planned for all the same', async () => {
  const day = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
  const all = [0, 1, 2].map((after) => `KETTLE,STORE2,${day(after)},1,1000000000`);
  await told('demand-forecasts', ['sku,facility,from,days,quantity', ...all]);
  const path = await proposed();
  expect((await post(`${path}/cancellation`, { note: 'Absurd' })).status).toBe(200);
  await told('demand-forecasts', [
    'sku,facility,from,days,quantity',
    ...[0, 1, 2].map((after) => `KETTLE,STORE2,${day(after)},1,0`),
  ]);
});

test('where nothing can be planned a person is asked, who mends it and has it tried again', async () => {
  const created = await post('/v1/rebalances', { currency: 'CHF' });
  const path = `/v1/rebalances/${String(created.body['number'])}`;
  await eventually(async () => expect(await get(path)).toMatchObject({ needsPerson: ['plan_failed'] }));
  await told('stock-limits', ['sku,facility,minimum,maximum,value,currency', 'LAMP,DC1,0,1,9,CHF']);
  expect((await post(`${path}/attention/A1/resolutions`, { resolution: 'retry', note: 'Told' }, 'lead')).status).toBe(
    200,
  );
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'proposed', plan: { lines: 0 } }));
});

test('rows that can’t be meant are told by row and column, and the others taken', async () => {
  const answer = await upload('lanes', [
    'origin,destination,currency,perUnit,days',
    'DC1,MOON,EUR,1,1',
    'DC1,DC1,EUR,1,1',
    'DC1,STORE1,EUR,-1,1',
    'STORE1,STORE2,EUR,1.5,1',
  ]);
  const results = answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results.map(({ status, errors }) => errors?.[0]?.code ?? status)).toEqual([
    ...['unknown_facility', 'same_facility', 'amount_negative', 'stored', undefined],
  ]);
});
