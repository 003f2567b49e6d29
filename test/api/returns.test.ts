import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { asNew } from '../domain/sale.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const opened = { ...asNew, packaging: 'opened' };

test('a preview decides and quotes without leaving anything behind', async () => {
  const order = await anOrder(world);
  const before = await world.db.return.count();
  const preview = await world.call('POST', '/v1/returns/preview', asked(order), { as: 'viewer' });
  expect(preview.status, preview.text).toBe(200);
  expect(preview.body).toMatchObject({ outcome: 'authorized', quote: { total: { amount: '15.05', currency: 'EUR' } } });
  expect(await world.db.return.count()).toBe(before);
  expect(await world.db.unitHold.count({ where: { orderLineId: `${order}-1` } })).toBe(0);
});

test('a return goes from its request to its closure over HTTP, and its timeline says how', async () => {
  const order = await anOrder(world);
  const created = await world.call('POST', '/v1/returns', asked(order, 2, 'defective'), { as: 'ops' });
  expect(created.status, created.text).toBe(201);
  const rma = String(created.body['rma']);
  expect(created.headers.get('location')).toBe(`/v1/returns/${rma}`);
  expect(created.body).toMatchObject({
    order,
    lines: [{ verdict: 'eligible' }],
    quote: { total: { amount: '40.00' } },
  });

  const receipt = { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] };
  const received = await world.call('POST', `/v1/returns/${rma}/receipts`, receipt, { as: 'ops' });
  expect(received.status, received.text).toBe(200);
  expect(received.body).toMatchObject({ status: { goods: 'received' } });

  const [item] = await itemsOf(rma);
  const inspection = { findings: [{ quantity: 2, facts: opened }] };
  const inspected = await world.call('POST', `/v1/returns/${rma}/items/${item}/inspections`, inspection, { as: 'ops' });
  expect(inspected.status, inspected.text).toBe(200);

  const evidence = { evidence: 'BIN-A-12' };
  const confirmed = await world.call('POST', `/v1/returns/${rma}/items/${item}/confirmations`, evidence, { as: 'ops' });
  expect(confirmed.status, confirmed.text).toBe(200);

  await eventually(async () => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`, undefined, { as: 'viewer' });
    expect(body).toMatchObject({ status: { goods: 'closed', money: 'full' }, settled: { amount: '40.00' } });
    expect(JSON.stringify(body['timeline'])).toContain('Closed: completed.');
  });
});

test('a label can be printed by those who may ask for one, and its link is in no journal', async () => {
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world)), { as: 'ops' });
  const rma = String(created.body['rma']);
  const label = async (as: 'ops' | 'viewer') => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`, undefined, { as });
    return z.object({ parcels: z.array(z.object({ labelUrl: z.string().nullable() })) }).parse(body).parcels[0]
      ?.labelUrl;
  };
  await eventually(async () => expect(await label('ops')).toMatch(/^http/));
  expect(await label('viewer')).toBeNull();
  expect((await fetch((await label('ops')) ?? '')).status).toBe(200);
  const journal = await world.db.journalEntry.findMany({ where: { process: `return:${rma}` } });
  expect(JSON.stringify(journal.map(({ events }) => events))).not.toContain('/labels/');
});

test('an answer that nothing has changed since is not sent again', async () => {
  const rma = await aReturn();
  await eventually(async () => expect(await labelsOf(rma)).toEqual(['bought']));
  const first = await world.call('GET', `/v1/returns/${rma}`);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"\d+"$/);
  const again = await world.call('GET', `/v1/returns/${rma}`, undefined, { headers: { 'if-none-match': etag } });
  expect([again.status, again.text]).toEqual([304, '']);
  await world.call('POST', `/v1/returns/${rma}/cancellation`, { note: 'changed their mind' });
  const changed = await world.call('GET', `/v1/returns/${rma}`, undefined, { headers: { 'if-none-match': etag } });
  expect(changed.status).toBe(200);
});

test('a number is found however a person types it', async () => {
  const rma = await aReturn();
  const typed = rma.replaceAll('-', ' ').toLowerCase();
  const found = await world.call('GET', `/v1/returns/${encodeURIComponent(typed)}`);
  expect(found.body['rma']).toBe(rma);
});

test('returns are found by order, SKU, tracking number, e-mail and what they wait for, page by page', async () => {
  const order = await anOrder(world, [{ sku: 'RARE-7' }]);
  const rma = await aReturn(order, 'RARE-7');
  await eventually(async () => expect(await labelsOf(rma)).toEqual(['bought']));
  const tracking = (await world.db.parcel.findFirstOrThrow({ where: { rma } })).tracking;
  for (const query of [
    `order=${order}`,
    'sku=RARE-7',
    `text=${rma}`,
    `text=${tracking}`,
    `text=${order}@example.com`,
    `rma=${rma}&status=collecting&needsPerson=false&facility=RC1&money=none`,
  ]) {
    const list = await world.call('GET', `/v1/returns?${query}`);
    expect(rmasOf(list.body), query).toEqual([rma]);
  }
  expect(rmasOf((await world.call('GET', `/v1/returns?order=${order}&needsPerson=true`)).body)).toEqual([]);

  for (let more = 0; more < 2; more += 1) await aReturn();
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await world.call('GET', `/v1/returns?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    seen.push(...rmasOf(page.body));
    cursor = z.string().nullable().parse(page.body['nextCursor']);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(await world.db.return.count());
});

test('a line that waits for a review is in the queue until a lead approves it', async () => {
  const order = await anOrder(world, [{ sku: 'DEAR', quantity: 1, price: 90_000 }]);
  const rma = await aReturn(order, 'DEAR');
  const queue = await world.call('GET', '/v1/attention?reason=review&facility=RC1');
  expect(queue.body['data']).toMatchObject([{ rma, reason: 'review', order, resolutions: [] }]);
  const review = { decisions: [{ line: 'L1', approve: true, note: 'known buyer' }] };
  const approved = await world.call('POST', `/v1/returns/${rma}/reviews`, review);
  expect(approved.status, approved.text).toBe(200);
  expect(approved.body['events']).toContain('authorized');
  expect(await world.db.note.count({ where: { subject: rma, text: 'known buyer' } })).toBe(1);
  expect((await world.call('GET', '/v1/attention?reason=review')).body['data']).toEqual([]);
});

test('an extension moves the expiry by days or to a time', async () => {
  const rma = await aReturn();
  const before = Date.parse(String((await world.call('GET', `/v1/returns/${rma}`)).body['expectedBy']));
  await world.call('POST', `/v1/returns/${rma}/extensions`, { days: 7, note: 'on holiday' });
  const after = Date.parse(String((await world.call('GET', `/v1/returns/${rma}`)).body['expectedBy']));
  expect((after - before) / 86_400_000).toBe(7);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await world.call('POST', `/v1/returns/${rma}/extensions`, { until, note: 'after all' });
  expect((await world.call('GET', `/v1/returns/${rma}`)).body['expectedBy']).toBe(until);
});

test('an order shows what can still come back', async () => {
  const order = await anOrder(world, [{ quantity: 3 }]);
  await aReturn(order);
  const { body } = await world.call('GET', `/v1/orders/${order}`, undefined, { as: 'viewer' });
  expect(body).toMatchObject({
    order,
    lines: [{ quantity: 3, returnable: 2 }],
    returns: [{ goods: expect.any(String) }],
  });
});

async function aReturn(order?: string, sku = 'SKU-1'): Promise<string> {
  const created = await world.call(
    'POST',
    '/v1/returns',
    asked(order ?? (await anOrder(world)), 1, 'changed_mind', sku),
  );
  expect(created.status, created.text).toBe(201);
  return String(created.body['rma']);
}

const itemsOf = async (rma: string) =>
  (await world.db.returnItem.findMany({ where: { rma }, select: { item: true } })).map(({ item }) => item);
const labelsOf = async (rma: string) =>
  (await world.db.parcel.findMany({ where: { rma }, select: { labelState: true } })).map(
    ({ labelState }) => labelState,
  );

const List = z.object({ data: z.array(z.object({ rma: z.string() })) });
const rmasOf = (body: unknown) => List.parse(body).data.map(({ rma }) => rma);
