import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { aTrip, clock, createTrip, placeReturnCentre } from './trips.ts';
import { startWorld, type World } from './world.ts';

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

test('who may only look plans and drives nothing', async () => {
  expect((await world.call('POST', '/v1/trips', aTrip(), { as: 'viewer' })).status).toBe(403);
  expect((await world.call('GET', '/v1/trips/TP-73MN-Q9TX-1', undefined, { as: 'viewer' })).status).toBe(400);
});

test('the read model of trips is what their journals make', async () => {
  expect((await rebuildAll(world.pool)).differences).toEqual([]);
});
