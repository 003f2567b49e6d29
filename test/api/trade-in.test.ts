import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { asNew } from '../domain/sale.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const tradeIn = defaultPolicies.find(({ program }) => program === 'trade_in');
  if (tradeIn === undefined) throw new Error('trade_in has no default policy');
  const { id, version, program } = tradeIn;
  const document = JSON.parse(JSON.stringify(tradeIn));
  await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
});
afterAll(async () => {
  await world.close();
});

const line = {
  sku: 'PHONE-3',
  category: 'electronics',
  quantity: 2,
  serials: ['IMEI-1', 'IMEI-2'],
  credit: { A: '120.00', B: '99.99', C: '40.01', D: '0' },
};
const anOffer = (offer: string, changes: object = {}) =>
  world.call('POST', '/v1/trade-in-offers', {
    offer,
    partner: 'shopper-9',
    currency: 'EUR',
    country: 'DE',
    validUntil: '2099-01-01T00:00:00Z',
    contact: { name: 'Shopper', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' },
    lines: [line],
    ...changes,
  });

const takeUp = (order: string, more: object = {}) =>
  world.call('POST', '/v1/returns', {
    program: 'trade_in',
    order,
    lines: [{ sku: 'PHONE-3', quantity: 2, reason: 'no_longer_needed' }],
    method: 'drop_off',
    instrument: 'store_credit',
    ...more,
  });

test('phones that we never sold are taken in for store credit, by the grade that each is found in', async () => {
  const made = await anOffer('TI-1');
  expect(made.status, made.text).toBe(201);
  const order = await world.call('GET', '/v1/orders/TI-1');
  expect(order.body).toMatchObject({
    kind: 'offer',
    lines: [{ returnable: 2, creditByGrade: { B: { amount: '99.99' }, D: { amount: '0.00' } } }],
  });

  const created = await takeUp('TI-1');
  expect(created.status, created.text).toBe(201);
  expect(created.body).toMatchObject({ program: 'trade_in', quote: { total: { amount: '240.00' } } });
  const rma = String(created.body['rma']);
  const receipt = { parcel: 'P1', contents: [{ sku: 'PHONE-3', quantity: 2, serials: ['IMEI-1', 'IMEI-2'] }] };
  expect((await world.call('POST', `/v1/returns/${rma}/receipts`, receipt, { as: 'ops' })).status).toBe(200);
  const opened = { ...asNew, packaging: 'opened' };
  const findings = [
    { quantity: 1, facts: opened },
    { quantity: 1, facts: { ...opened, function: 'defective' } },
  ];
  const seen = await world.call('POST', `/v1/returns/${rma}/items/P1-1/inspections`, { findings }, { as: 'ops' });
  expect(seen.status, seen.text).toBe(200);
  await eventually(async () => {
    expect((await world.call('GET', `/v1/returns/${rma}`)).body).toMatchObject({
      settled: { amount: '99.99', currency: 'EUR' },
      refunds: [{ state: 'succeeded', amount: { amount: '99.99' } }],
    });
  });
  expect((await takeUp('TI-1')).body).toMatchObject({ code: 'exceeds_returnable' });
});

test.each([
  ['an offer that is over', { validUntil: '2026-01-01T00:00:00Z' }, 422, 'validUntil'],
  [
    'a worse grade that brings more',
    { lines: [{ ...line, credit: { ...line.credit, C: '100' } }] },
    422,
    'lines[0].credit.C',
  ],
  ['no amount', { lines: [{ ...line, credit: { ...line.credit, A: '1.234' } }] }, 422, 'lines[0].credit.A'],
  ['an e-mail address for an id', { partner: 'shopper@example.com' }, 400, 'partner'],
  ['more serials than units', { lines: [{ ...line, quantity: 1 }] }, 422, 'lines[0].serials'],
])('%s is no offer', async (_what, changes, status, field) => {
  const answer = await anOffer('TI-2', changes);
  expect([answer.status, answer.body['field']], answer.text).toEqual([status, field]);
});

test('an offer has its number alone, and ops staff may make one', async () => {
  expect((await anOffer('TI-3')).status).toBe(201);
  expect((await anOffer('TI-3')).body).toMatchObject({ status: 409, code: 'offer_exists', field: 'offer' });
});
