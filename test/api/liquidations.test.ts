import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { csvOf } from '../../api/csv.ts';
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

const post = (path: string, body: unknown, as: 'ops' | 'lead' | 'viewer' = 'lead') =>
  world.call('POST', path, body, { as });
const read = (path: string) => world.call('GET', path, undefined, { as: 'viewer' });
const get = async (path: string) => (await read(path)).body;

/** A return of two opened units at 5.00 EUR cost each, whose item waits to be liquidated. */
async function waiting(): Promise<{ readonly rma: string; readonly item: string }> {
  const created = await post('/v1/returns', asked(await anOrder(world), 2, 'changed_mind'), 'ops');
  const rma = String(created.body['rma']);
  await post(`/v1/returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] }, 'ops');
  const facts = { ...asNew, packaging: 'opened' };
  await post(`/v1/returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 2, facts }] }, 'ops');
  const disposed = await post(`/v1/returns/${rma}/items/P1-1/dispositions`, { disposition: 'liquidate', note: 'Lot' });
  expect(disposed.status, disposed.text).toBe(200);
  return { rma, item: 'P1-1' };
}

/** A liquidation of some returns' items, once it has them. */
async function forSale(items: readonly { readonly rma: string; readonly item: string }[], reserve = '12.00') {
  const created = await post('/v1/liquidations', { facility: 'RC1', items, reserve });
  expect(created.status, created.text).toBe(201);
  const path = `/v1/liquidations/${String(created.body['number'])}`;
  expect(created.headers.get('location')).toBe(path);
  await eventually(async () => expect(await get(path)).toMatchObject({ items: items.map(() => ({ state: 'held' })) }));
  return { number: String(created.body['number']), path };
}

const bid = (amount: string, liquidator = 'OUTLET') => ({
  liquidator,
  amount,
  currency: 'EUR',
  validUntil: '2099-01-01T00:00:00Z',
});

const Queue = z.object({
  data: z.array(z.object({ execution: z.string().nullable(), attention: z.string() }).loose()),
});

test('goods of two returns are sold over HTTP: bid for, short-paid, fetched, complained of, and shared out', async () => {
  const items = [await waiting(), await waiting()];
  const { number, path } = await forSale(items);
  expect(await get(path)).toMatchObject({ kind: 'liquidation', status: 'open', party: null });
  expect(await get(`${path}/manifest`)).toMatchObject({ lines: [{ sku: 'SKU-1', grade: 'B', quantity: 4 }] });
  const csv = await read(`${path}/manifest.csv`);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
    'sku,description,grade,quantity,original_value,currency',
    expect.stringMatching(/^SKU-1,.+,B,4,[\d.]+,EUR$/),
  ]);
  expect(csv.text).not.toContain(items[0]?.rma);

  const mine = `/v1/returns/${items[0]?.rma}`;
  const byHand = await post(`${mine}/items/P1-1/confirmations`, { evidence: 'LOT-1' });
  expect([byHand.status, byHand.body['code']]).toEqual([409, 'item_in_execution']);

  const dollars = await post(`${path}/bids`, { ...bid('11.00'), currency: 'USD' }, 'ops');
  expect([dollars.status, dollars.body['code']]).toEqual([422, 'currency_differs']);
  await post(`${path}/bids`, bid('9.00', 'JOBBER'), 'ops');
  await post(`${path}/bids`, bid('11.00'), 'ops');
  const low = await post(`${path}/bids/B2/acceptance`, { invoice: 'INV-1' }, 'ops');
  expect([low.status, low.body['code']]).toEqual([422, 'below_reserve']);
  const belowReserve = { reason: 'The season is over' };
  const denied = await post(`${path}/bids/B2/acceptance`, { invoice: 'INV-1', belowReserve }, 'ops');
  expect([denied.status, denied.body['code']]).toEqual([403, 'role_not_allowed']);
  const sold = await post(`${path}/bids/B2/acceptance`, { invoice: 'INV-1', belowReserve });
  expect(sold.body).toMatchObject({ status: 'sold', events: ['sold'] });

  const early = await post(`${path}/shipment`, { carrier: null, reference: 'BOL-1' }, 'ops');
  expect([early.status, early.body['code']]).toEqual([409, 'not_paid_yet']);
  const short = await post(`${path}/payments`, { reference: 'PAY-1', amount: '10.00' });
  expect(short.body).toMatchObject({ attention: ['liquidator_short_paid'] });
  const entry = Queue.parse(await get('/v1/attention')).data.find(({ execution }) => execution === number);
  expect(entry).toMatchObject({ reason: 'liquidator_short_paid', resolutions: ['acknowledge', 'write_off'] });
  const elsewhere = await post('/v1/attention/resolutions', { id: entry?.['id'], resolution: 'acknowledge' });
  expect(elsewhere.text).toContain(`/v1/liquidations/${number}/attention/`);
  await post(`${path}/payments`, { reference: 'PAY-2', amount: '1.00' });
  await post(`${path}/fees`, { kind: 'commission', reference: 'FEE-1', amount: '0.50' });
  expect((await post(`${path}/shipment`, { carrier: null, reference: 'BOL-1' }, 'ops')).body).toMatchObject({
    status: 'shipped',
    attention: [],
  });

  const complaint = { reference: 'CL-9', kind: 'missing', sku: 'SKU-1', quantity: 1, asked: '2.00' };
  expect((await post(`${path}/complaints`, complaint, 'ops')).body).toMatchObject({
    attention: ['manifest_complaint'],
  });
  await post(`${path}/complaints/C1/settlement`, { allowance: '1.50', note: 'One was missing' });
  expect(await get(`${path}/sale`)).toMatchObject({
    bids: [{ state: 'declined', validUntil: '2099-01-01T00:00:00.000Z' }, { state: 'accepted' }],
    sale: { price: { amount: '11.00' }, agreed: { amount: '9.50' }, open: { amount: '-1.50' } },
    fees: { amount: '0.50' },
    complaints: [{ allowance: { amount: '1.50' } }],
  });
  const back = await post(`${path}/payouts`, { reference: 'OUT-1', amount: '1.50' });
  expect(back.body).toMatchObject({ status: 'shipped', attention: [] });
  expect(await get(path)).toMatchObject({ expected: { amount: '9.50' }, received: { amount: '9.50' } });
});

test('once nobody can complain any more, each return hears what came of its goods', async () => {
  const items = [await waiting(), await waiting(), await waiting()];
  const created = await post('/v1/liquidations', {
    facility: 'RC1',
    items,
    reserve: '10.00',
    terms: { complaintsWithin: 'PT1S' },
  });
  const path = `/v1/liquidations/${String(created.body['number'])}`;
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ items: [{ state: 'held' }, { state: 'held' }, { state: 'held' }] }),
  );
  await post(`${path}/bids`, bid('10.01'), 'ops');
  await post(`${path}/bids/B1/acceptance`, { invoice: 'INV-2' }, 'ops');
  await post(`${path}/payments`, { reference: 'PAY-1', amount: '10.01' });
  await post(`${path}/shipment`, { carrier: 'UPS', reference: '1Z' }, 'ops');
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'completed' }));
  const told = await world.db.returnItem.aggregate({
    where: { execution: String(created.body['number']) },
    _sum: { recovered: true },
  });
  expect(told._sum.recovered).toBe(1001n);
  for (const { rma } of items) {
    await eventually(async () =>
      expect(await get(`/v1/returns/${rma}`)).toMatchObject({
        status: { goods: 'closed' },
        items: [{ stage: 'disposed', disposition: 'liquidate', execution: String(created.body['number']) }],
      }),
    );
  }
});

test('recalled goods are taken out of the lot into quarantine, and the unsold rest is donated', async () => {
  const [kept, recalled] = [await waiting(), await waiting()];
  const { path } = await forSale([kept, recalled]);
  const taken = await post(`${path}/removals`, { ...recalled, cause: 'recall' }, 'ops');
  expect(taken.body).toMatchObject({ events: ['taken_out', 'item_let_go'] });
  await eventually(async () =>
    expect(await get(`/v1/returns/${recalled.rma}`)).toMatchObject({
      items: [{ execution: null, disposition: 'quarantine' }],
    }),
  );
  expect(await get(`${path}/manifest`)).toMatchObject({ lines: [{ quantity: 2 }] });
  await post(`${path}/reserve`, { reserve: '1.00' });
  expect(await get(`${path}/sale`)).toMatchObject({ round: 2, reserve: { amount: '1.00' } });
  const denied = await post(`${path}/cancellation`, { instead: 'donate' }, 'ops');
  expect([denied.status, denied.body['code']]).toEqual([403, 'role_not_allowed']);
  expect((await post(`${path}/cancellation`, { instead: 'donate' })).status).toBe(200);
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'cancelled' }));
  expect(await get(`/v1/returns/${kept.rma}`)).toMatchObject({ items: [{ execution: null, disposition: 'donate' }] });
});

test('what there is not is not found', async () => {
  for (const what of ['', '/sale', '/manifest', '/manifest.csv']) {
    expect((await read(`/v1/liquidations/LQ-73MN-Q9TX-0${what}`)).status, what).toBe(404);
  }
  expect((await read('/v1/liquidations/VR-73MN-Q9TX-0')).status).toBe(400);
  expect((await post('/v1/liquidations/LQ-73MN-Q9TX-0/payments', { reference: 'P', amount: '1.00' })).status).toBe(404);
});

test('a cell of the manifest is no formula, and breaks no line', () => {
  expect(csvOf([['=1+1', 'a "b"', 'x,y', 'z\nz', 'plain']])).toBe(`'=1+1,"a ""b""","x,y","z\nz",plain\r\n`);
});
