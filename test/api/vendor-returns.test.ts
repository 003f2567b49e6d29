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

const post = (path: string, body: unknown, as: 'ops' | 'lead' | 'viewer' = 'ops') =>
  world.call('POST', path, body, { as });
const get = async (path: string) => (await world.call('GET', path, undefined, { as: 'viewer' })).body;

/** A return of two units at 5.00 EUR cost each, whose item waits to go back to its vendor. */
async function waiting(): Promise<{ readonly rma: string; readonly item: string }> {
  const created = await post('/v1/returns', asked(await anOrder(world), 2, 'defective'));
  const rma = String(created.body['rma']);
  await post(`/v1/returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] });
  const facts = { ...asNew, packaging: 'opened', function: 'defective' };
  await post(`/v1/returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 2, facts }] });
  const disposed = await post(
    `/v1/returns/${rma}/items/P1-1/dispositions`,
    { disposition: 'return_to_vendor', note: 'Faulty series' },
    'lead',
  );
  expect(disposed.status, disposed.text).toBe(200);
  return { rma, item: 'P1-1' };
}

const Listed = z.object({ data: z.array(z.object({ number: z.string(), needsPerson: z.array(z.string()) })) });

test('goods go back to their vendor over HTTP: asked, shipped, short-paid, disputed, written off', async () => {
  const items = [await waiting(), await waiting()];
  const created = await post('/v1/vendor-returns', { vendor: 'ACME', facility: 'RC1', items });
  expect(created.status, created.text).toBe(201);
  const number = String(created.body['number']);
  const path = `/v1/vendor-returns/${number}`;
  expect(created.headers.get('location')).toBe(path);
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ items: [{ state: 'held' }, { state: 'held' }] }),
  );

  const mine = `/v1/returns/${items[0]?.rma}`;
  const byHand = await post(`${mine}/items/P1-1/confirmations`, { evidence: 'BIN-1' });
  expect([byHand.status, byHand.body['code']]).toEqual([409, 'item_in_execution']);
  const twice = await post('/v1/vendor-returns', { vendor: 'ACME', facility: 'RC1', items });
  expect([twice.status, twice.body['code'], twice.body['field']]).toEqual([422, 'item_not_waiting', 'items[0]']);

  const early = await post(`${path}/shipment`, { carrier: 'UPS', tracking: '1Z' });
  expect([early.status, early.body['code']]).toEqual([409, 'not_authorized_yet']);
  const terms = { vendorRma: 'V-77', restockingBasisPoints: 1000 };
  expect((await post(`${path}/authorization`, terms)).body).toMatchObject({ code: 'role_not_allowed' });
  const authorized = await post(`${path}/authorization`, terms, 'lead');
  expect(authorized.body).toMatchObject({ status: 'authorized', events: ['authorized'] });
  expect((await post(`${path}/shipment`, { carrier: 'UPS', tracking: '1Z' })).body).toMatchObject({
    status: 'shipped',
  });

  const denied = await post(`${path}/credits`, { memo: 'CM-1', amount: '15.01' });
  expect([denied.status, denied.body['code']]).toEqual([403, 'role_not_allowed']);
  const short = await post(`${path}/credits`, { memo: 'CM-1', amount: '15.01' }, 'lead');
  expect(short.body).toMatchObject({ attention: ['vendor_short_paid'] });
  const Queue = z.object({
    data: z.array(z.object({ execution: z.string().nullable(), attention: z.string() }).loose()),
  });
  const entry = Queue.parse(await get('/v1/attention')).data.find(({ execution }) => execution === number);
  expect(entry).toMatchObject({ reason: 'vendor_short_paid', facility: 'RC1', resolutions: ['dispute', 'write_off'] });
  const elsewhere = await post('/v1/attention/resolutions', { id: entry?.['id'], resolution: 'acknowledge' }, 'lead');
  expect([elsewhere.status, elsewhere.body['code']]).toEqual([422, 'attention_of_an_execution']);
  await post(
    `${path}/attention/${entry?.attention}/resolutions`,
    { resolution: 'dispute', note: 'We sent all of it' },
    'lead',
  );
  const more = await post(`${path}/credits`, { memo: 'CM-2', amount: '3.00' }, 'lead');
  expect([more.status, more.body['code']]).toEqual([422, 'credit_exceeds_expected']);
  await post(`${path}/write-off`, { note: 'Not worth more letters' }, 'lead');

  await eventually(async () =>
    expect(await get(path)).toMatchObject({
      status: 'closed',
      outcome: 'completed',
      expected: { amount: '18.00' },
      received: { amount: '15.01' },
      writtenOff: { amount: '2.99' },
      reference: 'V-77',
    }),
  );
  await eventually(async () =>
    expect(await get(mine)).toMatchObject({
      status: { goods: 'closed' },
      items: [{ stage: 'disposed', execution: number, recovered: { currency: 'EUR' } }],
    }),
  );
  const recovered = await world.db.returnItem.aggregate({ where: { execution: number }, _sum: { recovered: true } });
  expect(recovered._sum.recovered).toBe(1501n);
});

test('all that waits at a facility is gathered, once, and free again when the vendor refuses', async () => {
  const { rma } = await waiting();
  const body = { vendor: 'ACME', facility: 'RC1', sku: 'SKU-1', category: 'garden' };
  const key = { 'idempotency-key': crypto.randomUUID() };
  const created = await world.call('POST', '/v1/vendor-returns', body, { as: 'ops', headers: key });
  expect(created.body).toMatchObject({ items: [{ rma, item: 'P1-1', quantity: 2, cost: { amount: '10.00' } }] });
  const path = `/v1/vendor-returns/${created.body['number']}`;
  await eventually(async () => expect(await get(path)).toMatchObject({ items: [{ state: 'held' }] }));
  const nothing = await post('/v1/vendor-returns', body);
  expect([nothing.status, nothing.body['code']]).toEqual([422, 'nothing_waiting']);
  expect((await post(`${path}/refusal`, { note: 'Out of warranty' })).status).toBe(200);
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'refused' }));
  const listed = Listed.parse(await get(`/v1/vendor-returns?rma=${rma}&party=ACME`));
  expect(listed.data.map(({ number }) => number)).toEqual([created.body['number']]);
  const again = await post('/v1/vendor-returns', { ...body, items: [{ rma, item: 'P1-1' }] });
  expect(again.status, again.text).toBe(201);
  const cancelled = await post(`/v1/vendor-returns/${again.body['number']}/cancellation`, {});
  expect(cancelled.status, cancelled.text).toBe(200);
});

test('what there is not is not found', async () => {
  for (const [number, status] of [
    ['VR-73MN-Q9TX-0', 404],
    ['VR-73MN-Q9TX-1', 400],
    ['73MN-Q9TX-0', 400],
  ] as const) {
    expect((await world.call('GET', `/v1/vendor-returns/${number}`)).status, number).toBe(status);
  }
  expect((await post('/v1/vendor-returns/VR-73MN-Q9TX-0/shipment', { carrier: 'U', tracking: '1' })).status).toBe(404);
});

test('what a vendor sends back waits in its returns again, and is not owed', async () => {
  const items = [await waiting(), await waiting()];
  const created = await post('/v1/vendor-returns', { vendor: 'ACME', facility: 'RC1', items });
  const path = `/v1/vendor-returns/${String(created.body['number'])}`;
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ items: [{ state: 'held' }, { state: 'held' }] }),
  );
  await post(`${path}/authorization`, { vendorRma: 'V-78' }, 'lead');
  await post(`${path}/shipment`, { carrier: 'UPS', tracking: '1Z8' });
  const back = await post(`${path}/refusal`, { items: [items[0]], freight: '7.50', note: 'wet boxes' });
  expect(back.body, back.text).toMatchObject({ status: 'shipped', events: ['sent_back', 'item_let_go'] });
  await eventually(async () =>
    expect(await get(path)).toMatchObject({
      expected: { amount: '10.00' },
      items: expect.arrayContaining([expect.objectContaining({ rma: items[0]?.rma, state: 'released' })]),
    }),
  );
  const again = { disposition: 'recycle', note: 'Nobody takes them' };
  const mine = `/v1/returns/${items[0]?.rma}/items/P1-1`;
  await eventually(async () => expect((await post(`${mine}/dispositions`, again, 'lead')).status).toBe(200));
  const tooMuch = await post(`${path}/credits`, { memo: 'CM-9', amount: '10.01' }, 'lead');
  expect(tooMuch.body['detail']).toContain('10.01 EUR are more than the 10.00 EUR');
  await post(`${path}/credits`, { memo: 'CM-9', amount: '10.00' }, 'lead');
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'completed' }));
});
