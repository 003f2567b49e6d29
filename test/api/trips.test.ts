import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { defaultTripTerms } from '../../domain/trip/terms.ts';
import { anOrder, asked } from './orders.ts';
import { aTrip, clock, createTrip, placeReturnCentre } from './trips.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await placeReturnCentre(world);
});
afterAll(async () => {
  await world.close();
});

const on = (trip: unknown, path: string, body: object) =>
  world.call('POST', `/v1/trips/${String(trip)}/${path}`, body, { as: 'ops' });
const read = async (trip: unknown) =>
  (await world.call('GET', `/v1/trips/${String(trip)}`, undefined, { as: 'viewer' })).body;

test('a run is scheduled, driven and closed, with its room by leg and its timeline', async () => {
  const { number, legs, stops } = await createTrip(world);
  expect(legs).toMatchObject([
    { from: 'T0', to: 'T1', volumeLitres: 600, spareVolumeLitres: 400, goods: ['sellable'] },
    { from: 'T1', to: 'T2', volumeLitres: 0, spareVolumeLitres: 1_000, spareWeightGrams: 500_000, goods: [] },
  ]);
  expect(stops).toMatchObject([
    { stop: 'T0', facility: 'RC1' },
    { stop: 'T1', facility: null },
    { stop: 'T2', facility: 'RC1' },
  ]);
  expect((await on(number, 'loads/L1/delivery', { units: 40, at: clock(40) })).body['code']).toBe('not_under_way');
  expect((await on(number, 'departure', { at: clock(2) })).body).toMatchObject({
    status: 'under_way',
    events: ['departed'],
  });
  expect((await on(number, 'loads/L1/delivery', { units: 40, at: clock(40) })).body['code']).toBe('not_at_stop');
  expect((await on(number, 'stops/T1/arrival', { at: clock(40) })).status).toBe(200);
  expect((await on(number, 'loads/L1/delivery', { units: 41, at: clock(45) })).body['code']).toBe('units_exceed_load');
  expect((await on(number, 'loads/L1/delivery', { units: 40, at: clock(45) })).status).toBe(200);
  expect((await on(number, 'return', { at: clock(90) })).body).toMatchObject({ status: 'closed' });
  const closed = await read(number);
  expect(closed).toMatchObject({
    outcome: 'completed',
    departedAt: clock(2),
    returnedAt: clock(90),
    nextDeadline: null,
  });
  expect(JSON.stringify(closed['timeline'])).toContain('Load L1: 40 unit(s) unloaded.');
  expect((await on(number, 'departure', { at: clock(95) })).status).toBe(409);
});

test('what could not be left where it was to go waits for a person', async () => {
  const { number } = await createTrip(world);
  await on(number, 'departure', { at: clock(0) });
  expect((await on(number, 'return', { at: clock(300) })).body).toMatchObject({
    status: 'returned',
    attention: ['load_brought_back'],
  });
  const queue = await world.call('GET', '/v1/attention?reason=load_brought_back', undefined, { as: 'ops' });
  const [entry] = queue.body['data'] as {
    network: string;
    attention: string;
    facility: string;
    links: { network: string };
  }[];
  expect(entry).toMatchObject({
    network: number,
    facility: 'RC1',
    links: { network: expect.stringContaining(`/v1/trips/${String(number)}`) },
  });
  const path = `attention/${entry?.attention}/resolutions`;
  const settled = await world.call('POST', `/v1/trips/${String(number)}/${path}`, {
    resolution: 'acknowledge',
    note: 'Put back.',
  });
  expect(settled.body, settled.text).toMatchObject({ status: 'closed' });
});

test('many runs are scheduled at once, good rows taken and bad ones told', async () => {
  const rows = [
    aTrip({ vehicle: 'VAN-1' }),
    aTrip({ vehicle: 'VAN-2', depot: 'NOWHERE' }),
    aTrip({ vehicle: 'VAN-3', volumeLitres: 500 }),
    aTrip({ vehicle: 'VAN-4', currency: 'Euro' }),
  ];
  const raw = rows.map((row) => JSON.stringify(row)).join('\n');
  const headers = { 'content-type': 'application/x-ndjson' };
  const answer = await world.call('POST', '/v1/trips/import', undefined, { as: 'ops', raw, headers });
  const lines = answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ status }) => status)).toEqual(['created', 'rejected', 'rejected', 'rejected', undefined]);
  expect(lines[1]?.errors).toMatchObject([{ column: 'depot', code: 'unknown_facility' }]);
  expect(lines[2]?.errors).toMatchObject([{ code: 'plan_not_drivable' }]);
  expect(lines[3]?.errors).toMatchObject([{ column: 'currency' }]);
  expect(lines[4]).toEqual({ done: true, created: 1, rejected: 3 });
  // It passes where the pickups of other tests are.
  await on(String(lines[0]?.location).split('/').at(-1), 'cancellation', {});
});

test('trips are found by day, depot and status, and called off before they leave', async () => {
  const { number } = await createTrip(world, { vehicle: 'VAN-9' });
  const list = async (query: string) => {
    const { body, text } = await world.call('GET', `/v1/trips?${query}`, undefined, { as: 'viewer' });
    return { text, all: (body['data'] as { number: string }[]).map((each) => each.number) };
  };
  expect((await list(`day=${clock(0).slice(0, 10)}&depot=RC1&status=planned`)).all).toContain(number);
  expect((await list('day=2020-01-01')).all).toEqual([]);
  expect((await on(number, 'cancellation', {})).body).toMatchObject({
    status: 'closed',
    events: expect.arrayContaining(['cancelled']),
  });
  expect(await read(number)).toMatchObject({ outcome: 'cancelled', loads: [{ state: 'withdrawn' }] });
});

/** A return whose pickup a carrier has booked, and its window. */
async function aBookedPickup() {
  const request = { ...asked(await anOrder(world, [{ quantity: 3 }])), method: 'pickup' };
  const created = await world.call('POST', '/v1/returns', request);
  expect(created.status, created.text).toBe(201);
  const rma = String(created.body['rma']);
  await eventually(async () => expect(await pickupsOf(rma)).toMatchObject([{ state: 'booked', trip: null }]));
  const [pickup] = await pickupsOf(rma);
  if (pickup === undefined) throw new Error('no pickup');
  return { rma, from: pickup.windowStart.getTime(), until: pickup.windowEnd.getTime() };
}

const pickupsOf = (rma: string) => world.db.pickup.findMany({ where: { rma }, orderBy: { pickup: 'asc' } });
const iso = (ms: number) => new Date(ms).toISOString();
const hour = 3_600_000;

/** A run that passes near while somebody is there, and what a consolidation of it says. */
async function passing({ rma, from, until }: { rma: string; from: number; until: number }) {
  const [departsAt, returnsAt] = [iso(from - hour / 2), iso(until + 8 * hour)];
  const stop = { latitude: 50.18, longitude: 8, opens: departsAt, closes: returnsAt };
  const terms = { ...defaultTripTerms, costPerKm: 10, costPerStop: 50 };
  // Full on its way out: what it collects is on its way back.
  const loads = [{ reference: 'O-77', off: 1, volumeLitres: 1_000, weightGrams: 200_000, units: 40 }];
  const { number } = await createTrip(world, { departsAt, returnsAt, stops: [stop], loads, terms });
  const consolidate = async (apply: boolean, more: object = {}) => {
    const places = [{ rma, latitude: 50.09, longitude: 8.01 }];
    const body = { from: iso(from - hour), until: iso(from), currency: 'EUR', apply, places, ...more };
    const answer = await world.call('POST', '/v1/trips/consolidations', body);
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  return { number, consolidate };
}

test('a pickup that a carrier was booked for rides on a trip that passes, and its return hears of each step', async () => {
  const pickup = await aBookedPickup();
  const { rma } = pickup;
  const { number, consolidate } = await passing(pickup);
  const candidate = `return:${rma}/P1`;
  expect(await consolidate(false, { places: [] })).toMatchObject({
    assigned: [],
    left: [{ candidate, code: 'place_unknown' }],
  });
  const planned = await consolidate(false);
  expect(planned).toMatchObject({
    applied: false,
    assigned: [{ candidate, trip: number, stop: 'T3', after: 'T1', off: 'T2' }],
  });
  expect(await pickupsOf(rma)).toMatchObject([{ state: 'booked', trip: null }]);
  expect(await consolidate(true)).toMatchObject({ applied: true, refused: [], saving: planned['saving'] });
  await eventually(async () => {
    expect(await pickupsOf(rma)).toMatchObject([{ state: 'cancelled' }, { state: 'booked', trip: number, load: 'L2' }]);
  });
  expect((await consolidate(true))['assigned']).toEqual([]);
  await on(number, 'departure', { at: iso(pickup.from) });
  await on(number, 'stops/T1/arrival', { at: iso(pickup.from) });
  await on(number, 'loads/L1/delivery', { units: 40, at: iso(pickup.from) });
  await on(number, 'stops/T3/arrival', { at: iso(pickup.from) });
  expect((await on(number, 'loads/L2/collection', { units: 1, at: iso(pickup.from) })).status).toBe(200);
  await eventually(async () => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`);
    expect(body).toMatchObject({ parcels: [{ carrier: 'own_trip', status: 'in_transit', label: 'voided' }] });
    expect(JSON.stringify(body['timeline'])).toContain('our driver has 1 of 1 unit(s)');
  });
  await on(number, 'return', { at: iso(pickup.until) });
  await eventually(async () => expect(await read(number)).toMatchObject({ status: 'closed', outcome: 'completed' }));
  const savings = await world.call('GET', `/v1/trips/savings?from=2020-01-01&until=2099-01-01`, undefined, {
    as: 'viewer',
  });
  expect(savings.body['data']).toMatchObject([{ depot: 'RC1', loads: 1, collected: 1, saving: planned['saving'] }]);
});

test('what was missed goes to the next trip that passes, and back to a carrier where none does', async () => {
  const pickup = await aBookedPickup();
  const { rma } = pickup;
  const first = await passing(pickup);
  await first.consolidate(true);
  await eventually(async () =>
    expect((await pickupsOf(rma)).at(-1)).toMatchObject({ state: 'booked', trip: first.number }),
  );
  const second = await passing(pickup);
  await on(first.number, 'departure', { at: iso(pickup.from) });
  await on(first.number, 'return', { at: iso(pickup.until) });
  await eventually(async () => {
    expect((await pickupsOf(rma)).at(-1)).toMatchObject({ state: 'booked', trip: second.number });
    expect(await read(first.number)).toMatchObject({ loads: [{}, { reference: rma, code: expect.any(String) }] });
  });
  await on(second.number, 'cancellation', {});
  await eventually(async () => {
    const all = await pickupsOf(rma);
    expect(all.map(({ state, trip }) => [state, trip])).toEqual([
      ['cancelled', null],
      ['cancelled', first.number],
      ['failed', second.number],
      ['booked', null],
    ]);
    expect(await read(second.number)).toMatchObject({ status: 'closed', loads: [{}, { state: 'given_back' }] });
  });
});

/** Totes that lie near the way of those trips, one collected apart from another. */
const totes = (reference: string, { from, until }: { from: number; until: number }) => ({
  ...{ kind: 'packaging', reference, latitude: 50.1, longitude: 8.01, to: 'RC1', goods: 'packaging' },
  ...{ readyFrom: iso(from), until: iso(until), volumeLitres: 5, weightGrams: 500, units: 1, carrierPrice: 9_000 },
});
const namesOn = async (trip: unknown) =>
  ((await read(trip))['loads'] as { reference: string; state: string }[])
    .filter(({ state }) => state === 'planned')
    .map(({ reference }) => reference)
    .sort();

test('all that a cancelled trip was to collect goes to the one that has room for it', async () => {
  const from = Date.parse(clock(5 * 1_440));
  const window = { rma: 'none', from, until: from + 4 * hour };
  const names = ['TOTES-1', 'TOTES-2', 'TOTES-3', 'TOTES-4'];
  const first = await passing(window);
  const candidates = names.map((name) => totes(name, window));
  expect(await first.consolidate(true, { places: [], candidates })).toMatchObject({ refused: [] });
  expect(await namesOn(first.number)).toEqual(['O-77', ...names]);
  const second = await passing(window);
  await on(first.number, 'cancellation', {});
  await eventually(async () => expect(await namesOn(second.number)).toEqual(['O-77', ...names]));
  await eventually(async () => expect(await read(first.number)).toMatchObject({ status: 'closed' }));
  await on(second.number, 'cancellation', {});
});

test('a return that is called off lets the trip drive past', async () => {
  const pickup = await aBookedPickup();
  const { number, consolidate } = await passing(pickup);
  await consolidate(true);
  await eventually(async () =>
    expect((await pickupsOf(pickup.rma)).at(-1)).toMatchObject({ state: 'booked', trip: number }),
  );
  expect((await world.call('POST', `/v1/returns/${pickup.rma}/cancellation`, {})).status).toBe(200);
  await eventually(async () => {
    expect(await read(number)).toMatchObject({
      loads: [{}, { state: 'withdrawn' }],
      stops: [{}, {}, { state: 'dropped' }, {}],
    });
  });
});

test('a transfer that a trip collects has left with it', async () => {
  const store = { facility: 'STORE9', name: 'Store', zone: 'Europe/Berlin', latitude: 50.18, longitude: 8 };
  const address = { street1: 'S 1', city: 'Berlin', zip: '10115', country: 'DE' };
  expect((await world.call('POST', '/v1/facilities', { ...store, ...address }, { as: 'admin' })).status).toBe(201);
  const levels = [{ facility: 'STORE9', sku: 'TRIPMUG', onHand: 5 }];
  expect((await world.call('POST', '/v1/stock-levels', { levels }, { as: 'admin' })).status).toBe(200);
  const [shipBy, arriveBy] = ['2099-01-01T00:00:00Z', '2099-01-03T00:00:00Z'];
  const lines = [{ sku: 'TRIPMUG', quantity: 4 }];
  const wanted = { from: 'STORE9', to: 'RC1', lines, by: { type: 'own' }, shipBy, arriveBy };
  const made = await world.call('POST', '/v1/transfers', wanted, { as: 'ops' });
  expect(made.status, made.text).toBe(201);
  const reference = String(made.body['number']);
  const transfer = async () =>
    (await world.call('GET', `/v1/transfers/${reference}`, undefined, { as: 'viewer' })).body;
  await eventually(async () => expect(await transfer()).toMatchObject({ status: 'reserved' }));
  const stops = [{ facility: 'STORE9', opens: clock(0), closes: clock(180) }];
  const { number } = await createTrip(world, { stops, vehicle: 'VAN-TR' });
  const rides = async (given: object) => {
    const candidate = {
      ...{ kind: 'transfer', reference, facility: 'STORE9', readyFrom: clock(0), until: clock(600), to: 'RC1' },
      ...{ volumeLitres: 10, weightGrams: 1_000, units: 4, goods: 'sellable', carrierPrice: 900, ...given },
    };
    const body = { from: clock(-60), until: clock(60), currency: 'EUR', apply: true, candidates: [candidate] };
    return (await world.call('POST', '/v1/trips/consolidations', body)).body;
  };
  expect(await rides({ reference: 'TR-NONE' })).toMatchObject({ code: 'unknown_transfer' });
  expect(await rides({ to: 'STORE9' })).toMatchObject({ code: 'transfer_goes_elsewhere' });
  expect(await rides({})).toMatchObject({ refused: [], assigned: [{ trip: number, load: 'L2', stop: 'T1' }] });
  await on(number, 'departure', { at: clock(0) });
  await on(number, 'stops/T1/arrival', { at: clock(40) });
  await on(number, 'loads/L1/delivery', { units: 40, at: clock(41) });
  expect((await on(number, 'loads/L2/collection', { units: 4, at: clock(42) })).status).toBe(200);
  await eventually(async () =>
    expect(await transfer()).toMatchObject({ status: 'shipped', trip: number, lines: [{ shipped: 4 }] }),
  );
  await on(number, 'return', { at: clock(90) });
  await eventually(async () => expect(await read(number)).toMatchObject({ status: 'closed', needsPerson: [] }));
  expect(await rides({})).toMatchObject({ code: 'transfer_has_left' });
});

test('who may only look plans and drives nothing', async () => {
  expect((await world.call('POST', '/v1/trips', aTrip(), { as: 'viewer' })).status).toBe(403);
  expect((await world.call('GET', '/v1/trips/TP-73MN-Q9TX-1', undefined, { as: 'viewer' })).status).toBe(400);
});

test('the read model of trips is what their journals make', async () => {
  expect((await rebuildAll(world.pool)).differences).toEqual([]);
});

test('more trips and pickups than are planned at once are refused before anything waits for them', async () => {
  for (const vehicle of ['VAN-L1', 'VAN-L2', 'VAN-L3', 'VAN-L4']) await createTrip(world, { vehicle });
  const totes = { kind: 'packaging', latitude: 50.1, longitude: 8, readyFrom: clock(0), until: clock(600), to: 'RC1' };
  const size = { volumeLitres: 10, weightGrams: 1_000, units: 1, goods: 'returned', carrierPrice: 900 };
  const candidates = Array.from({ length: 1_000 }, (_, at) => ({ ...totes, ...size, reference: `TOTES-${at}` }));
  const body = { from: clock(-60), until: clock(60), currency: 'EUR', candidates };
  const answer = await world.call('POST', '/v1/trips/consolidations', body);
  expect([answer.status, answer.body['code']]).toEqual([422, 'plan_too_large']);
});
