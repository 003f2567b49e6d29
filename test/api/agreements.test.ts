import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { asNew } from '../domain/sale.ts';
import { anOrder } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  for (const { id, version, program, ...rules } of defaultPolicies) {
    if (program === 'customer') continue;
    const document = JSON.parse(JSON.stringify({ id, version, program, ...rules }));
    await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
  }
});
afterAll(async () => {
  await world.close();
});

let agreements = 0;
const anAgreement = async (changes: object = {}) => {
  agreements += 1;
  const agreement = `AG-${agreements}`;
  const answer = await world.call('POST', '/v1/agreements', {
    agreement,
    partner: 'dealer-7',
    currency: 'EUR',
    country: 'DE',
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2099-01-01T00:00:00Z',
    legalEntity: 'north',
    contact: { name: 'Dealer', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' },
    lines: [
      { sku: 'LAMP', most: 10, credit: '12.50', unitCost: '9.00', unitWeightGrams: 700 },
      { sku: 'RUG', most: 3, credit: '40.00' },
    ],
    ...changes,
  });
  return { agreement, answer };
};

const unsold = (order: string, quantity: number, more: object = {}) =>
  world.call('POST', '/v1/returns', {
    program: 'unsold',
    order,
    lines: [{ sku: 'LAMP', quantity, reason: 'excess' }],
    method: 'pickup',
    instrument: 'credit_memo',
    ...more,
  });

/** Receives and inspects all of a return, and waits for its credit memo. */
async function credited(rma: string, quantity: number): Promise<string> {
  const receipt = { parcel: 'P1', contents: [{ sku: 'LAMP', quantity }] };
  expect((await world.call('POST', `/v1/returns/${rma}/receipts`, receipt, { as: 'ops' })).status).toBe(200);
  const findings = [{ quantity, facts: asNew }];
  await world.call('POST', `/v1/returns/${rma}/items/P1-1/inspections`, { findings }, { as: 'ops' });
  return await eventually(async () => {
    const { refunds } = z
      .object({ refunds: z.array(z.object({ state: z.string(), creditMemo: z.string() })) })
      .parse((await world.call('GET', `/v1/returns/${rma}`)).body);
    expect(refunds[0]?.state).toBe('succeeded');
    return refunds[0]?.creditMemo ?? '';
  });
}

test('a dealer sends back what did not sell, within the agreement, for a credit memo', async () => {
  const { agreement, answer } = await anAgreement();
  expect(answer.status, answer.text).toBe(201);
  const created = await unsold(agreement, 4);
  expect(created.status, created.text).toBe(201);
  expect(created.body).toMatchObject({
    program: 'unsold',
    lines: [{ verdict: 'eligible' }],
    quote: { total: { amount: '50.00' } },
  });
  expect(await credited(String(created.body['rma']), 4)).toBe('north-000001');

  const memo = await world.call('GET', '/v1/credit-memos/north/1', undefined, { as: 'viewer' });
  expect(memo.body).toMatchObject({
    creditMemo: 'north-000001',
    rma: created.body['rma'],
    invoice: agreement,
    total: { amount: '50.00', currency: 'EUR' },
    lines: [{ sku: 'LAMP', quantity: 4, amount: { amount: '50.00' } }],
  });

  const order = await world.call('GET', `/v1/orders/${agreement}`);
  expect(order.body).toMatchObject({ kind: 'agreement', lines: [{ sku: 'LAMP', returnable: 6 }, { returnable: 3 }] });
  const tooMany = await unsold(agreement, 7);
  expect([tooMany.status, tooMany.body['code']]).toEqual([422, 'exceeds_returnable']);
});

test('credit memos are numbered without a gap, however many are issued at once', async () => {
  const { agreement } = await anAgreement({ legalEntity: 'south' });
  const memos = await Promise.all(
    Array.from({ length: 5 }, async () => credited(String((await unsold(agreement, 2)).body['rma']), 2)),
  );
  expect(memos.toSorted()).toEqual([1, 2, 3, 4, 5].map((number) => `south-00000${number}`));
  const { data } = z
    .object({ data: z.array(z.object({ number: z.int() })) })
    .parse((await world.call('GET', '/v1/credit-memos/south')).body);
  expect(data.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
});

test('outside its dates nothing comes back under an agreement, and nothing of a sale does as unsold', async () => {
  const { agreement } = await anAgreement({ validUntil: '2026-02-01T00:00:00Z' });
  const verdicts = async (answer: Promise<{ readonly body: object }>) =>
    z.object({ lines: z.array(z.object({ codes: z.array(z.string()) })) }).parse((await answer).body).lines[0]?.codes;
  expect(await verdicts(unsold(agreement, 1))).toEqual(['outside_agreement']);
  const order = await anOrder(world, [{ sku: 'LAMP' }]);
  expect(await verdicts(unsold(order, 1))).toEqual(['program_not_offered']);
});

test('a business customer is credited on account, by the purchase order that the sale has', async () => {
  const order = await anOrder(world, [{ sku: 'LAMP', quantity: 5 }]);
  await world.db.order.update({ where: { id: order }, data: { purchaseOrder: 'PO-4711', legalEntity: 'west' } });
  const created = await unsold(order, 5, { program: 'business' });
  expect(created.body).toMatchObject({ program: 'business', quote: { total: { amount: '85.00' } } });
  expect(await credited(String(created.body['rma']), 5)).toBe('west-000001');
  expect((await world.call('GET', '/v1/credit-memos/west/1')).body).toMatchObject({
    invoice: order,
    purchaseOrder: 'PO-4711',
    lines: [{ restockingFee: { amount: '15.00' }, amount: { amount: '85.00' } }],
  });
});

test.each([
  ['dates the wrong way round', { validUntil: '2025-01-01T00:00:00Z' }, 422, 'validUntil'],
  ['a credit that is no amount', { lines: [{ sku: 'X', most: 1, credit: '1.234' }] }, 422, 'lines[0].credit'],
  ['a name that is taken', { agreement: 'AG-1' }, 409, 'agreement'],
])('%s makes no agreement', async (_what, changes, status, field) => {
  const { answer } = await anAgreement(changes);
  expect([answer.status, answer.body['field']]).toEqual([status, field]);
});
