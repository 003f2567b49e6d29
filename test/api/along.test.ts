import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRma } from '../../domain/numbers/rma.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const ask = (body: object) => world.call('POST', '/v1/returns', body);

/** A second order of the buyer of a first. */
async function twoOrders(): Promise<readonly [string, string]> {
  const [first, second] = [await anOrder(world), await anOrder(world)];
  await world.db.order.update({ where: { id: second }, data: { buyerId: `B-${first}` } });
  return [first, second];
}

async function labelled(order: string): Promise<string> {
  const created = await ask(asked(order));
  const rma = String(created.body['rma']);
  await eventually(async () => {
    expect((await world.call('GET', `/v1/returns/${rma}`)).body).toMatchObject({ parcels: [{ label: 'bought' }] });
  });
  return rma;
}

test('goods of two orders come in one parcel, and both returns hear of it', async () => {
  const [first, second] = await twoOrders();
  const leader = await labelled(first);
  const joined = await ask({ ...asked(second), method: 'along', along: leader });
  expect(joined.status, joined.text).toBe(201);
  const companion = String(joined.body['rma']);
  const [own] = (await world.db.parcel.findMany({ where: { rma: leader } })).map(({ tracking }) => tracking);
  expect(joined.body).toMatchObject({ method: 'along', parcels: [{ label: 'none', tracking: own }] });

  const moved = await fetch(`${world.sandboxUrl}/_sandbox/parcels/${leader}:label:P1/scan`, { method: 'POST' });
  expect(moved.ok, await moved.text()).toBe(true);
  await eventually(async () => {
    for (const rma of [leader, companion]) {
      expect((await world.call('GET', `/v1/returns/${rma}`)).body, rma).toMatchObject({
        status: { goods: 'in_transit' },
      });
    }
  });
  const late = await ask({ ...asked(second), method: 'along', along: leader });
  expect(late.body).toMatchObject({ status: 409, code: 'no_parcel_to_share' });
});

test('a further line of its order joins a return that comes along', async () => {
  const second = await anOrder(world, [{}, { sku: 'MUG' }]);
  const first = await anOrder(world);
  await world.db.order.update({ where: { id: second }, data: { buyerId: `B-${first}` } });
  const joined = await ask({ ...asked(second), method: 'along', along: await labelled(first) });
  expect(joined.status, joined.text).toBe(201);
  const line = { sku: 'MUG', quantity: 1, reason: 'changed_mind' };
  const added = await world.call('POST', `/v1/returns/${String(joined.body['rma'])}/lines`, line);
  expect(added.body, added.text).toMatchObject({ events: expect.arrayContaining(['line_added']) });
});

test('nothing comes in the parcel of another buyer, or of a return that nobody knows', async () => {
  const leader = await labelled(await anOrder(world));
  const other = await anOrder(world);
  const along = (rma: string) => ask({ ...asked(other), method: 'along', along: rma });
  expect((await along(leader)).body).toMatchObject({ status: 422, code: 'other_buyer', field: 'along' });
  expect((await along(makeRma(new Uint8Array(8)))).body).toMatchObject({ status: 422, code: 'unknown_return' });
  expect((await ask({ ...asked(other), method: 'along' })).status).toBe(400);
  expect((await ask({ ...asked(other), along: leader })).status).toBe(400);
});
