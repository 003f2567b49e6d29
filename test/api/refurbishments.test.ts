import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** A return of two units whose item waits for work. */
async function waiting(disposition: string): Promise<{ readonly rma: string; readonly item: string }> {
  const created = await post('/v1/returns', asked(await anOrder(world), 2, 'defective'));
  const rma = String(created.body['rma']);
  await post(`/v1/returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 2 }] });
  const facts = { ...asNew, packaging: 'opened', function: 'defective' };
  await post(`/v1/returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 2, facts }] });
  const disposed = await post(`/v1/returns/${rma}/items/P1-1/dispositions`, { disposition, note: 'Worth it' }, 'lead');
  expect(disposed.status, disposed.text).toBe(200);
  return { rma, item: 'P1-1' };
}

async function started(disposition: string, budget = '50.00') {
  const item = await waiting(disposition);
  const order = { disposition, party: 'BENCH-2', facility: 'RC1', items: [item], hourlyRate: '36.00', budget };
  const created = await post('/v1/refurbishments', order);
  expect(created.status, created.text).toBe(201);
  const path = `/v1/refurbishments/${String(created.body['number'])}`;
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'in_work' }));
  return { path, item };
}

test('goods are mended over HTTP: parts, labour, a test by the questions, and their way chosen again', async () => {
  const { path, item } = await started('refurbish');
  const part = await post(`${path}/parts`, { sku: 'LID', quantity: 1, unitCost: '3.00' });
  expect(part.body).toMatchObject({ status: 'in_work', events: ['part_used'] });
  await post(`${path}/labour`, { minutes: 10 });
  const { questions } = await get(`/v1/returns/${item.rma}/items/P1-1/questions`);
  const answers = Object.fromEntries(
    (questions as { question: string; answers: { answer: string }[] }[]).map(({ question, answers: [first] }) => [
      question,
      first?.answer ?? '',
    ]),
  );
  const odd = await post(`${path}/tests`, { ...item, quantity: 1, passed: true, answers: { ...answers, odd: 'yes' } });
  expect([odd.status, odd.body['code'], odd.body['field']]).toEqual([422, 'question_unknown', 'answers.odd']);
  const passed = await post(`${path}/tests`, { ...item, quantity: 1, passed: true, answers });
  expect(passed.body, passed.text).toMatchObject({ events: ['units_finished'] });
  const scrapped = await post(`${path}/abandonments`, { ...item, quantity: 1, outcome: 'beyond_repair' });
  expect(scrapped.status, scrapped.text).toBe(200);
  await eventually(async () =>
    expect(await get(path)).toMatchObject({
      status: 'closed',
      outcome: 'completed',
      spent: { amount: '9.00' },
      items: [{ mended: 1, beyondRepair: 1, givenUp: 0, state: 'handed_back' }],
    }),
  );
  // Two units for a lid and ten minutes' work.
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  expect(await get('/v1/measures')).toMatchObject({
    groups: [{ repairCost: [{ spent: eur('9.00'), units: 2, perUnit: eur('4.50') }] }],
  });
  expect(await get(`/v1/returns/${item.rma}`)).toMatchObject({
    items: [
      { item: 'P1-1.1', disposition: 'restock' },
      { item: 'P1-1.2', disposition: 'recycle' },
    ],
  });
});

test('work that costs more than it brings stops; more is granted with a reason, or it is given up', async () => {
  const { path } = await started('refurbish', '10.00');
  const estimate = await post(`${path}/estimates`, { minutes: 10, parts: '9.00' });
  expect(estimate.body).toMatchObject({ status: 'over_budget', attention: ['work_not_worth_it'] });
  const refused = await post(`${path}/parts`, { sku: 'LID', quantity: 1, unitCost: '1.00' });
  expect([refused.status, refused.body['code']]).toEqual([409, 'over_budget']);
  expect((await post(`${path}/budget-raises`, { by: '5.00', note: 'For a good customer' })).status).toBe(403);
  const raised = await post(`${path}/budget-raises`, { by: '5.00', note: 'For a good customer' }, 'lead');
  expect(raised.body).toMatchObject({ status: 'in_work', attention: [] });
  await post(`${path}/estimates`, { minutes: 60, parts: '0' });
  const asks = await get(path);
  const [open] = asks['attention'] as { attention: string }[];
  const given = { resolution: 'give_up', note: 'Not worth it' };
  const ended = await post(`${path}/attention/${open?.attention}/resolutions`, given, 'lead');
  expect(ended.status, ended.text).toBe(200);
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ outcome: 'completed', items: [{ givenUp: 2 }] }),
  );
});

test('a hold stops the bench, parts are waited for, and a cancellation frees the item', async () => {
  const { path, item } = await started('refurbish');
  await post(`${path}/parts-awaited`, { sku: 'LID', until: '2099-01-01T00:00:00Z' });
  expect(await get(path)).toMatchObject({ status: 'awaiting_parts' });
  expect((await post(`${path}/parts-arrived`, {})).body).toMatchObject({ status: 'in_work' });
  expect((await post(`${path}/hold`, { code: 'recall' })).body).toMatchObject({ status: 'on_hold' });
  const tried = await post(`${path}/tests`, { ...item, quantity: 2, passed: true, facts: asNew });
  expect([tried.status, tried.body['code']]).toEqual([409, 'on_hold']);
  expect((await post(`${path}/hold-lifted`, {}, 'lead')).body).toMatchObject({ status: 'in_work' });
  await post(`${path}/cancellation`, { partsBack: true });
  await eventually(async () => expect(await get(path)).toMatchObject({ outcome: 'cancelled' }));
  expect(await get(`/v1/returns/${item.rma}`)).toMatchObject({
    items: [{ execution: null, disposition: 'refurbish' }],
  });
});

test('goods are taken apart, and their parts carried at what the goods cost', async () => {
  const { path, item } = await started('harvest_parts');
  const parts = [{ sku: 'MOTOR', quantity: 2, unitValue: '40.00' }];
  const apart = await post(`${path}/harvests`, { ...item, parts });
  expect(apart.status, apart.text).toBe(200);
  await eventually(async () => expect(await get(path)).toMatchObject({ outcome: 'completed' }));
  expect(await get(`/v1/returns/${item.rma}`)).toMatchObject({
    items: [{ stage: 'disposed', disposition: 'harvest_parts' }],
  });
});

test('a refurbisher outside sends an invoice, once', async () => {
  const item = await waiting('rework');
  const order = { disposition: 'rework', place: 'refurbisher', party: 'FIXIT', facility: 'RC1', items: [item] };
  const created = await post('/v1/refurbishments', { ...order, budget: '20.00' });
  const path = `/v1/refurbishments/${String(created.body['number'])}`;
  await eventually(async () => expect(await get(path)).toMatchObject({ status: 'in_work' }));
  const charged = await post(`${path}/charges`, { reference: 'INV-7', amount: '12.50' });
  expect(charged.status, charged.text).toBe(200);
  expect((await post(`${path}/charges`, { reference: 'INV-7', amount: '12.50' })).body['code']).toBe(
    'charge_already_booked',
  );
});
