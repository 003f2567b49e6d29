import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const desk = [
  { sku: 'TOP', listPrice: '80.00', unitCost: '20.00' },
  { sku: 'LEG', quantity: 4, listPrice: '10.00', title: 'Leg of a desk', category: 'parts' },
];

/** Two desks for 200.01 together, 20.00 off, with 34.21 of tax. */
async function imported(components: unknown, more: object = {}) {
  const order = `O${randomBytes(4).toString('hex')}`;
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  const row = {
    ...{ order, line: 1, sku: 'DESK', quantity: 2, price: '200.01', discount: '20.00', tax: '34.21', currency: 'EUR' },
    ...{ country: 'DE', placedAt: yesterday, deliveredAt: yesterday, payment: `pi_${order}`, paid: '214.22' },
    ...{ name: 'Buyer', street1: '5 Main Street', city: 'Berlin', zip: '10115' },
    components: typeof components === 'string' ? components : JSON.stringify(components),
    ...more,
  };
  const send = async () => {
    const reply = await world.call('POST', '/v1/orders/import', undefined, {
      raw: JSON.stringify(row),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    return JSON.parse(reply.text.split('\n')[0] ?? '{}');
  };
  return { order, row: await send(), again: await send() };
}

const ask = (order: string, line: object) =>
  world.call('POST', '/v1/returns', {
    ...{ program: 'customer', order, method: 'drop_off', instrument: 'original' },
    lines: [{ reason: 'defective', ...line }],
  });

const quoteOf = async (rma: unknown) => (await world.call('GET', `/v1/returns/${String(rma)}`)).body['quote'];

test('a kit is stored as its components, each with its share of what was paid, once', async () => {
  const { order, row, again } = await imported(desk);
  expect(row).toMatchObject({ status: 'created', orderLine: `${order}-1` });
  expect(again).toMatchObject({ status: 'unchanged', orderLine: `${order}-1` });
  const { body, text } = await world.call('GET', `/v1/orders/${order}`);
  expect(body['lines'], text).toBeDefined();
  const kit = { kit: `${order}-1`, sku: 'DESK' };
  expect(body['lines']).toMatchObject([
    {
      ...{ orderLine: `${order}-1.1`, sku: 'TOP', quantity: 2, returnable: 2, kit: { ...kit, units: 1 } },
      ...{ price: euros('133.34'), discount: euros('13.33'), tax: euros('22.81') },
    },
    {
      ...{ orderLine: `${order}-1.2`, sku: 'LEG', title: 'Leg of a desk', quantity: 8, kit: { ...kit, units: 4 } },
      ...{ price: euros('66.67'), discount: euros('6.67'), tax: euros('11.40') },
    },
  ]);
});

test('a kit is asked back by its SKU or its line, a component by its own, and all shares make what was paid', async () => {
  const { order } = await imported(desk);
  const whole = await ask(order, { sku: 'DESK', quantity: 1 });
  expect(whole.status, whole.text).toBe(201);
  expect(await quoteOf(whole.body['rma'])).toMatchObject({
    lines: [{ line: 'L1' }, { line: 'L2' }],
    total: euros('107.11'),
  });
  const legs = await ask(order, { sku: 'LEG', quantity: 4 });
  const top = await ask(order, { orderLine: `${order}-1.1`, quantity: 1 });
  const quotes = [await quoteOf(legs.body['rma']), await quoteOf(top.body['rma'])] as { total: { amount: string } }[];
  const rest = quotes.reduce((sum, { total }) => sum + Math.round(Number(total.amount) * 100), 0);
  expect(rest).toBe(21_422 - 10_711);
  expect((await ask(order, { orderLine: `${order}-1`, quantity: 1 })).body).toMatchObject({
    ...{ status: 422, code: 'exceeds_returnable' },
    field: 'lines[0].quantity',
  });
  const holds = await world.db.unitHold.findMany({ where: { orderLineId: { startsWith: order } } });
  expect(holds.map(({ orderLineId }) => orderLineId).sort()).toEqual([1, 1, 2, 2].map((part) => `${order}-1.${part}`));
});

test('shares are taken as they are stated', async () => {
  const stated = [
    { sku: 'TOP', share: 75 },
    { sku: 'LEG', quantity: 4, share: 25 },
  ];
  const { order } = await imported(stated);
  const { body } = await world.call('GET', `/v1/orders/${order}`);
  expect(body['lines']).toMatchObject([{ price: euros('150.01') }, { price: euros('50.00') }]);
});

test.each([
  ['no JSON', '{', {}, 'components_invalid'],
  ['none', [], {}, 'components_invalid'],
  [
    'a component twice',
    [
      { sku: 'TOP', share: 1 },
      { sku: 'TOP', share: 1 },
    ],
    {},
    'components_invalid',
  ],
  ['shares of some alone', [{ sku: 'TOP', share: 1 }, { sku: 'LEG' }], {}, 'components_invalid'],
  ['a price that is none', [{ sku: 'TOP', listPrice: '1.001' }], {}, 'components_invalid'],
  ['a cost of the whole', desk, { unitCost: '1.00' }, 'of_components'],
  ['serials of the whole', desk, { serials: 'S-1' }, 'of_components'],
])('components with %s are refused, and the row with them', async (_what, components, more, code) => {
  const { row } = await imported(components, more);
  expect(row).toMatchObject({ status: 'rejected', errors: [{ code }] });
});

test('serials are named with the component that has them, and a kit joins a return by its components', async () => {
  const { order } = await imported(desk);
  const named = await ask(order, { sku: 'DESK', quantity: 1, serials: ['S-1'] });
  expect(named.body).toMatchObject({ status: 422, code: 'serials_of_kit' });
  const { rma } = (await ask(order, { sku: 'TOP', quantity: 1 })).body;
  const joined = await world.call('POST', `/v1/returns/${String(rma)}/lines`, {
    ...{ sku: 'DESK', quantity: 1, reason: 'defective' },
  });
  expect(joined.body).toMatchObject({ status: 422, code: 'kit_by_component' });
});
