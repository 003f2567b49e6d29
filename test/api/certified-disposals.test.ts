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

/** A return of two units at 5.00 EUR cost each, whose item waits to go a way that is certified. */
async function waiting(disposition: string): Promise<{ readonly rma: string; readonly item: string }> {
  const created = await post('/v1/returns', asked(await anOrder(world), 2, 'defective'));
  const rma = String(created.body['rma']);
  await post(`/v1/returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] });
  const facts = { ...asNew, packaging: 'opened', function: 'defective' };
  await post(`/v1/returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 2, facts }] });
  const disposed = await post(`/v1/returns/${rma}/items/P1-1/dispositions`, { disposition, note: 'No use' }, 'lead');
  expect(disposed.status, disposed.text).toBe(200);
  return { rma, item: 'P1-1' };
}

async function gathered(disposition: string, more: object = {}) {
  const items = [await waiting(disposition)];
  const request = { disposition, organisation: 'GREEN-EX', facility: 'RC1', items, ...more };
  const created = await post('/v1/certified-disposals', request);
  expect(created.status, created.text).toBe(201);
  const path = `/v1/certified-disposals/${String(created.body['number'])}`;
  expect(created.headers.get('location')).toBe(path);
  await eventually(async () => expect(await get(path)).toMatchObject({ items: [{ state: 'held' }] }));
  return { path, rma: items[0]?.rma, number: String(created.body['number']) };
}

const closed = (path: string) =>
  eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'completed' }));

test('goods are recycled: weighed, certified to the gram, paid for and charged', async () => {
  const { path, rma, number } = await gathered('recycle');
  const unweighed = await post(`${path}/handover`, { document: 'WB-7' });
  expect([unweighed.status, unweighed.body['code']]).toEqual([422, 'weight_needed']);
  expect((await world.call('GET', `${path}/certificate`)).status).toBe(404);
  await post(`${path}/handover`, { document: 'WB-7', weightGrams: 5000 });
  const certificate = {
    ...{ kind: 'recycling', certificate: 'RC-2026-1', issuedOn: '2026-03-01', weightGrams: 5000 },
    materials: [{ material: 'copper', grams: 1200 }],
    ...{ residueGrams: 3790, charge: '2.00', proceeds: '3.00' },
  };
  const denied = await post(`${path}/certificate`, certificate);
  expect([denied.status, denied.body['code']]).toEqual([403, 'role_not_allowed']);
  const lost = await post(`${path}/certificate`, certificate, 'lead');
  expect([lost.status, lost.body['code'], lost.body['field']]).toEqual([422, 'mass_differs', 'weightGrams']);
  expect(lost.body['detail']).toContain('10 g differ');
  const recorded = await post(`${path}/certificate`, { ...certificate, residueGrams: 3800 }, 'lead');
  expect(recorded.status, recorded.text).toBe(200);
  await closed(path);
  expect(await get(`${path}/certificate`)).toMatchObject({
    kind: 'recycling',
    certificate: 'RC-2026-1',
    issuedOn: '2026-03-01',
    handedOverGrams: 5000,
    weightGrams: 5000,
    materials: [{ material: 'copper', grams: 1200 }],
    residueGrams: 3800,
    charge: { amount: '2.00' },
    proceeds: { amount: '3.00' },
  });
  await eventually(async () =>
    expect(await get(`/v1/returns/${rma}`)).toMatchObject({
      status: { goods: 'closed' },
      items: [{ stage: 'disposed', execution: number, recovered: { amount: '3.00' } }],
    }),
  );
  const rows = await world.db.moneyEntry.findMany({ where: { subject: 'RC-2026-1' }, orderBy: { amount: 'asc' } });
  expect(rows.map(({ debit, credit, amount }) => [debit, credit, Number(amount)])).toEqual([
    ['disposal_costs', 'disposal_payable', 200],
    ['cash_clearing', 'recovery', 300],
  ]);
});

test('a destruction needs another key’s eyes, and customs’ where duty is claimed back', async () => {
  const { path } = await gathered('destroy', { dutyClaimed: true });
  await post(`${path}/handover`, { document: 'WB-8' });
  const own = await post(`${path}/witnesses`, { role: 'witness' });
  expect([own.status, own.body['code']]).toEqual([422, 'witness_is_executor']);
  await post(`${path}/witnesses`, { role: 'witness' }, 'lead');
  const document = { kind: 'destruction', certificate: 'DC-1', issuedOn: '2026-03-01', method: 'shredded' };
  await post(`${path}/certificate`, document, 'lead');
  expect(await get(path)).toMatchObject({ status: 'handed_over', reference: 'DC-1' });
  await post(`${path}/witnesses`, { role: 'customs', reference: 'MRN-26DE-1' }, 'lead');
  await closed(path);
  const Seen = z.object({ witnesses: z.array(z.object({ role: z.string(), reference: z.string().nullable() })) });
  expect(Seen.parse(await get(`${path}/certificate`)).witnesses).toEqual([
    { role: 'witness', reference: null },
    { role: 'customs', reference: 'MRN-26DE-1' },
  ]);
});

test('a gift ends with its receipt, by whatever part of it was taken', async () => {
  const [one, other] = [await waiting('donate'), await waiting('donate')];
  const request = { disposition: 'donate', organisation: 'FOOD-BANK', facility: 'RC1', items: [one, other] };
  const created = await post('/v1/certified-disposals', request);
  const path = `/v1/certified-disposals/${String(created.body['number'])}`;
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ items: [{ state: 'held' }, { state: 'held' }] }),
  );
  await post(`${path}/handover`, { document: 'WB-9', kept: [other] });
  await eventually(async () => expect(JSON.stringify(await get(path))).toContain('"released"'));
  const again = await post('/v1/certified-disposals', { ...request, items: [other] });
  expect(again.status, again.text).toBe(201);
  expect((await post(`/v1/certified-disposals/${String(again.body['number'])}/cancellation`, {})).status).toBe(200);
  const receipt = { kind: 'donation', certificate: 'GIFT-1', issuedOn: '2026-03-01', value: '7.50' };
  await post(`${path}/certificate`, receipt, 'lead');
  await closed(path);
  expect(await get(`${path}/certificate`)).toMatchObject({ kind: 'donation', value: { amount: '7.50' } });
});

test('a weight other than ours waits in the queue, and a rejected certificate leaves no trace in what is shown', async () => {
  const { path, number } = await gathered('recycle');
  await post(`${path}/handover`, { document: 'WB-10', weightGrams: 6000 });
  const certificate = {
    ...{ kind: 'recycling', certificate: 'RC-2', issuedOn: '2026-03-01', weightGrams: 5000 },
    ...{ materials: [], residueGrams: 5000 },
  };
  expect((await post(`${path}/certificate`, certificate, 'lead')).body).toMatchObject({
    attention: ['certificate_weight_differs'],
  });
  const Queue = z.object({ data: z.array(z.object({ execution: z.string().nullable() }).loose()) });
  const entry = Queue.parse(await get('/v1/attention')).data.find(({ execution }) => execution === number);
  expect(entry).toMatchObject({ reason: 'certificate_weight_differs', resolutions: ['acknowledge', 'reject'] });
  await post(`${path}/attention/A1/resolutions`, { resolution: 'reject', note: 'Not our load' }, 'lead');
  expect(await get(`${path}/certificate`)).toMatchObject({ kind: null, certificate: null, weightGrams: null });
});
