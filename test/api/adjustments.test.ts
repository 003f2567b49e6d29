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

/** A return that is closed, of which 15.05 was refunded. */
async function aClosedReturn(): Promise<string> {
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world)), { as: 'ops' });
  const rma = String(created.body['rma']);
  await world.call('POST', `/v1/returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] });
  await world.call('POST', `/v1/returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts: asNew }] });
  await world.call('POST', `/v1/returns/${rma}/items/P1-1/confirmations`, { evidence: 'BIN-1' });
  await closed(rma);
  return rma;
}

const closed = async (rma: string) =>
  await eventually(async () => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`);
    expect(body).toMatchObject({ status: { goods: 'closed' } });
    return body;
  });

const adjustment = (direction: 'pay' | 'claim', amount: string, currency = 'EUR') => ({
  direction,
  amount: { amount, currency },
  reason: 'fee_correction',
  note: 'The label was their own.',
});

test('a lead pays and claims by hand, within what was paid, and it shows in the timeline', async () => {
  const rma = await aClosedReturn();
  const adjust = (body: object, as: 'ops' | 'lead' = 'lead') =>
    world.call('POST', `/v1/returns/${rma}/adjustments`, body, { as });
  expect((await adjust(adjustment('pay', '4.95'), 'ops')).status).toBe(403);
  expect((await adjust(adjustment('pay', '4.95', 'USD'))).body).toMatchObject({ code: 'currency_differs' });
  expect((await adjust(adjustment('pay', '4.955'))).body).toMatchObject({ code: 'amount_precision' });
  expect((await adjust(adjustment('pay', '0.00'))).body).toMatchObject({ code: 'amount_not_positive' });
  const tooMuch = await adjust(adjustment('claim', '1000.00'));
  expect([tooMuch.body['code'], tooMuch.body['detail']]).toEqual([
    'adjustment_exceeds',
    expect.stringMatching(/^at most \d+\.\d\d EUR:/),
  ]);

  const paid = await adjust(adjustment('pay', '4.95'));
  expect(paid.status, paid.text).toBe(200);
  expect(paid.body).toMatchObject({ events: ['reopened', 'settlement_due'] });
  const body = await closed(rma);
  expect(body).toMatchObject({ settled: { amount: '20.00' } });
  expect(JSON.stringify(body['timeline'])).toContain('Settlement S2 by a person (fee correction): 4.95 EUR');

  expect((await adjust(adjustment('claim', '20.00'))).body).toMatchObject({ events: ['reopened', 'clawback_due'] });
  const owing = await world.call('GET', `/v1/returns/${rma}`);
  expect(owing.body['clawbacks']).toMatchObject([{ clawback: 'C1', outstanding: { amount: '20.00' }, state: 'open' }]);
  const end = { how: 'paid', note: 'By bank transfer.' };
  const path = `/v1/returns/${rma}/clawbacks/C1/ends`;
  expect((await world.call('POST', path, end, { as: 'ops' })).status).toBe(403);
  const ended = await world.call('POST', path, end, { as: 'lead' });
  expect(ended.body).toMatchObject({ events: ['clawback_ended', 'closed'], status: { money: 'none' } });
  const again = await world.call('POST', path, end, { as: 'lead' });
  expect(again.body).toMatchObject({ code: 'clawback_ended' });
});
