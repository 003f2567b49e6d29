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

const threshold = { kind: 'threshold', from: '100.00', amount: '10.00' };
const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** One row a line, as an import takes them; each may have promotions. */
async function imported(order: string, promotions: readonly unknown[], more: object = {}) {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  const rows = promotions.map((each, at) => ({
    ...{ order, line: at + 1, sku: `SKU-${at}`, quantity: 1, price: '60.00', discount: '5.00', currency: 'EUR' },
    ...{ country: 'DE', placedAt: yesterday, deliveredAt: yesterday, payment: `pi_${order}`, paid: '110.00' },
    ...{
      promotions: typeof each === 'string' ? each : JSON.stringify(each),
      name: 'Buyer',
      street1: '5 Main Street',
      city: 'Berlin',
      zip: '10115',
    },
    ...more,
  }));
  const reply = await world.call('POST', '/v1/orders/import', undefined, {
    raw: rows.map((row) => JSON.stringify(row)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  return reply.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const anOrder = () => `O${randomBytes(4).toString('hex')}`;

test('half of a promoted order is quoted by what is kept, and the quote says which promotion falls', async () => {
  const order = anOrder();
  const each = [{ promotion: '10-OFF', off: '5.00', terms: threshold }];
  expect((await imported(order, [each, each])).at(-1)).toMatchObject({ created: 2, rejected: 0 });
  const lines = [{ orderLine: `${order}-1`, quantity: 1, reason: 'defective' }];
  const asked = await world.call('POST', '/v1/returns', {
    ...{ program: 'customer', order, lines, method: 'drop_off', instrument: 'original' },
  });
  expect(asked.status, asked.text).toBe(201);
  const { body } = await world.call('GET', `/v1/returns/${String(asked.body['rma'])}`);
  expect(body).toMatchObject({
    quote: {
      total: euros('50.00'),
      promotions: [{ promotion: '10-OFF', before: euros('10.00'), after: euros('0.00') }],
      lines: [{ price: euros('60.00'), discount: euros('10.00'), amount: euros('50.00') }],
    },
  });
});

test.each([
  ['no JSON', '{'],
  ['terms that nobody knows', [{ promotion: 'P', off: '1.00', terms: { kind: 'lottery' } }]],
  ['more than the discount', [{ promotion: 'P', off: '5.01', terms: threshold }]],
  ['a promotion twice', [1, 2].map(() => ({ promotion: 'P', off: '1.00', terms: threshold }))],
  ['an amount with too many decimals', [{ promotion: 'P', off: '1.001', terms: threshold }]],
  ['less than nothing', [{ promotion: 'P', off: '-1.00', terms: threshold }]],
  ['neither an amount nor a percentage', [{ promotion: 'P', off: '1.00', terms: { kind: 'threshold', from: '1' } }]],
  ['as many paid as bought', [{ promotion: 'P', off: '1.00', terms: { kind: 'multi_buy', buy: 2, pay: 2 } }]],
])('promotions with %s are refused, and the row with them', async (_what, promotions) => {
  const [row] = await imported(anOrder(), [promotions]);
  expect(row).toMatchObject({ status: 'rejected', errors: [{ column: 'promotions', code: 'promotions_invalid' }] });
});
