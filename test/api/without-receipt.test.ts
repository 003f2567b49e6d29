import { afterAll, beforeAll, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { anOrder } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const brings = (lines: readonly object[], changes: object = {}) =>
  world.call('POST', '/v1/goods-without-receipt', {
    buyer: 'shopper-7',
    currency: 'EUR',
    country: 'DE',
    contact: { name: 'Shopper', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' },
    lines,
    ...changes,
  });

test('goods without a receipt are worth the least that they were sold for, as store credit, once a person agreed', async () => {
  await anOrder(world, [{ sku: 'LAMP', quantity: 2, price: 4_001 }]);
  await anOrder(world, [{ sku: 'LAMP', quantity: 1, price: 2_900 }]);
  const made = await brings([{ sku: 'LAMP', quantity: 2 }]);
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({
    lines: [{ sku: 'LAMP', quantity: 2, price: { amount: '40.00', currency: 'EUR' } }],
  });
  const order = String(made.body['order']);

  const lines = [{ sku: 'LAMP', quantity: 2, reason: 'changed_mind' }];
  const original = await world.call('POST', '/v1/returns/preview', { order, lines, method: 'drop_off' });
  expect(original.body).toMatchObject({ lines: [{ codes: ['instrument_not_offered'] }] });

  const request = { order, lines, method: 'drop_off', instrument: 'store_credit' };
  const created = await world.call('POST', '/v1/returns', request);
  expect(created.body, created.text).toMatchObject({ status: { goods: 'in_review' } });
  const rma = String(created.body['rma']);
  const decisions = [{ line: 'L1', approve: true, note: 'looks like ours' }];
  const decided = await world.call('POST', `/v1/returns/${rma}/reviews`, { decisions }, { as: 'lead' });
  expect(decided.status, decided.text).toBe(200);
  await eventually(async () => {
    expect((await world.call('GET', `/v1/returns/${rma}`)).body).toMatchObject({ parcels: [{ parcel: 'P1' }] });
  });
  const receipt = { parcel: 'P1', contents: [{ sku: 'LAMP', quantity: 2 }] };
  expect((await world.call('POST', `/v1/returns/${rma}/receipts`, receipt, { as: 'ops' })).status).toBe(200);
  const findings = [{ quantity: 2, facts: asNew }];
  await world.call('POST', `/v1/returns/${rma}/items/P1-1/inspections`, { findings }, { as: 'ops' });
  await eventually(async () => {
    expect((await world.call('GET', `/v1/returns/${rma}`)).body).toMatchObject({
      refunds: [{ state: 'succeeded', payment: null, amount: { currency: 'EUR' } }],
    });
  });
});

test('what was sold under a known serial has an order, which is named', async () => {
  const order = await anOrder(world, [{ sku: 'DRILL' }]);
  await world.db.orderLine.updateMany({ where: { orderId: order }, data: { serials: ['DR-1', 'DR-2'] } });
  const answer = await brings([{ sku: 'DRILL', quantity: 1, serials: ['DR-2'] }]);
  expect(answer.body).toMatchObject({ status: 409, code: 'sale_known', field: 'lines[0].serials' });
  expect(answer.text).toContain(order);
});

test('an order is found by a serial, an SKU or a buyer', async () => {
  const order = await anOrder(world, [{ sku: 'SAW' }, { sku: 'BLADE' }]);
  await world.db.orderLine.updateMany({ where: { orderId: order, sku: 'SAW' }, data: { serials: ['SAW-1'] } });
  const found = async (query: string) => (await world.call('GET', `/v1/orders?${query}`)).body['data'];
  const summary = { order, kind: 'sale', buyer: `B-${order}`, lines: [{ sku: 'SAW' }, { sku: 'BLADE' }] };
  for (const query of ['serial=SAW-1', 'sku=BLADE', `buyer=B-${order}`, 'serial=SAW-1&sku=SAW']) {
    expect(await found(query), query).toMatchObject([summary]);
  }
  expect(await found('serial=SAW-1&sku=BLADE')).toEqual([]);
  expect((await world.call('GET', '/v1/orders')).body).toMatchObject({ status: 400, code: 'filter_required' });
});

test('what was never sold here, or not in that money, is worth nothing that we know', async () => {
  const unknown = await brings([{ sku: 'NEVER-SOLD', quantity: 1 }]);
  expect(unknown.body).toMatchObject({ status: 422, code: 'not_sold_of_late', field: 'lines[0].sku' });
  await anOrder(world, [{ sku: 'VASE' }]);
  expect((await brings([{ sku: 'VASE', quantity: 1 }], { currency: 'USD' })).body).toMatchObject({
    code: 'not_sold_of_late',
  });
});

test('a policy may ask for a receipt', async () => {
  await anOrder(world, [{ sku: 'BOWL' }]);
  const [policy] = await world.db.policy.findMany({ where: { program: 'customer' } });
  const { withoutReceipt: _, ...rest } = Object(policy?.document);
  const document = { ...rest, id: 'strict', version: 1 };
  const stricter = await world.db.policy.create({
    data: { id: 'strict', version: 1, program: 'customer', document, effectiveFrom: new Date(Date.now() - 1000) },
  });
  expect((await brings([{ sku: 'BOWL', quantity: 1 }])).body).toMatchObject({ status: 422, code: 'receipt_required' });
  await world.db.policy
    .delete({ where: { id_version: { id: stricter.id, version: stricter.version } } })
    .catch(() => undefined);
});
