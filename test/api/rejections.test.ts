import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../domain/sale.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, type Json, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const rejected = {
    chooseWithin: 'P14D',
    otherwise: 'dispose',
    returnFee: { EUR: 500 },
    partialRefundBasisPoints: 5000,
  };
  const document = JSON.parse(JSON.stringify({ ...defaultCustomerPolicy, version: 2, rejected }));
  const { id, program } = defaultCustomerPolicy;
  await world.db.policy.create({ data: { id, version: 2, program, document, effectiveFrom: new Date(1) } });
});
afterAll(async () => {
  await world.close();
});

const post = (path: string, body: unknown) => world.call('POST', `/v1/${path}`, body, { as: 'lead' });

/** Hygiene goods that came opened, and that a person doesn't accept. */
async function refused(): Promise<string> {
  const order = await anOrder(world);
  await world.db.order.update({ where: { id: order }, data: { policyId: defaultCustomerPolicy.id, policyVersion: 2 } });
  await world.db.orderLine.updateMany({ where: { orderId: order }, data: { hygiene: true } });
  const rma = String((await post('returns', asked(order, 1, 'changed_mind'))).body['rma']);
  await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] });
  const facts = { ...asNew, packaging: 'opened' };
  const seen = await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts }] });
  expect(seen.status, seen.text).toBe(200);
  const { body } = await world.call('GET', `/v1/returns/${rma}`);
  const [entry] = body['attention'] as readonly Json[];
  const done = await post(`returns/${rma}/attention/${entry?.['attention']}/resolutions`, {
    ...{ resolution: 'reject', note: 'The seal was said to be unbroken' },
  });
  expect(done.status, done.text).toBe(200);
  return rma;
}

const itemOf = async (rma: string) =>
  ((await world.call('GET', `/v1/returns/${rma}`)).body['items'] as readonly Json[])[0];

test('a buyer whose goods are not accepted has them back for a fee, or leaves them for a part of the money', async () => {
  const back = await refused();
  expect(await itemOf(back)).toMatchObject({
    disposition: null,
    rejection: { offered: ['return_to_customer', 'dispose', 'partial_refund'], fee: { amount: '5.00' }, choice: null },
  });
  const path = `returns/${back}/items/P1-1/choice`;
  expect((await post(path, { choice: 'keep' })).status).toBe(400);
  const chosen = await post(path, { choice: 'return_to_customer' });
  expect(chosen.body, chosen.text).toMatchObject({ events: ['choice_made', 'clawback_due', 'item_disposed'] });
  expect((await post(path, { choice: 'dispose' })).body).toMatchObject({ code: 'choice_not_open' });
  const { body } = await world.call('GET', `/v1/returns/${back}`);
  expect(body).toMatchObject({ clawbacks: [{ cause: 'way_back', total: { amount: '5.00' }, state: 'open' }] });

  const left = await refused();
  const { rejection } = (await itemOf(left)) as { rejection: { partialRefund: { amount: string } } };
  await post(`returns/${left}/items/P1-1/choice`, { choice: 'partial_refund' });
  await eventually(async () =>
    expect((await world.call('GET', `/v1/returns/${left}`)).body).toMatchObject({
      settled: { amount: rejection.partialRefund.amount },
      items: [{ acceptance: 'accepted', rejection: { choice: 'partial_refund' } }],
    }),
  );
});
