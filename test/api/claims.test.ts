import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { anOrder, asked } from './orders.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const Return = z
  .object({
    rma: z.string(),
    parcels: z.array(z.object({ label: z.string() }).loose()),
    claims: z.array(z.object({ claim: z.string(), state: z.string(), paid: z.unknown() }).loose()),
  })
  .loose();
const read = async (rma: string) => Return.parse((await world.call('GET', `/v1/returns/${rma}`)).body);

async function aBrokenMug(): Promise<string> {
  const { rma } = Return.parse((await world.call('POST', '/v1/returns', asked(await anOrder(world)))).body);
  await vi.waitFor(async () => expect((await read(rma)).parcels[0]?.label).toBe('bought'), { timeout: 10_000 });
  const contents = [{ sku: 'SKU-1', quantity: 1, damagedInTransit: true }];
  await world.call('POST', `/v1/returns/${rma}/receipts`, { parcel: 'P1', contents });
  await vi.waitFor(async () => expect((await read(rma)).claims[0]?.state).toBe('opened'), { timeout: 10_000 });
  return rma;
}

test('the carrier’s own word ends a claim', async () => {
  const rma = await aBrokenMug();
  const body = JSON.stringify({ outcome: 'approved', amount: '18.00' });
  const headers = { 'content-type': 'application/json' };
  const url = `${world.sandboxUrl}/_sandbox/claims/${rma}:claim:P1:damaged/answer`;
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
  await vi.waitFor(async () => expect((await read(rma)).claims[0]?.state).toBe('paid'), { timeout: 10_000 });
  expect((await read(rma)).claims).toEqual([
    {
      claim: 'P1:damaged',
      parcel: 'P1',
      kind: 'damaged',
      state: 'paid',
      amount: { amount: '20.00', currency: 'EUR' },
      paid: { amount: '18.00', currency: 'EUR' },
    },
  ]);
});

test('a person tells it where the carrier doesn’t', async () => {
  const rma = await aBrokenMug();
  const answer = (body: object, as: 'lead' | 'ops' = 'lead') =>
    world.call('POST', `/v1/returns/${rma}/claims/P1:damaged/answers`, body, { as });
  const euros = (amount: string, currency = 'EUR') => ({ outcome: 'paid', amount: { amount, currency } });
  expect((await answer(euros('5.00'), 'ops')).status).toBe(403);
  expect((await answer(euros('5.001'))).body).toMatchObject({ code: 'amount_precision' });
  expect((await answer(euros('5.00', 'USD'))).body).toMatchObject({ code: 'other_currency' });
  expect((await answer(euros('0.00'))).body).toMatchObject({ code: 'amount_not_positive' });
  expect((await answer(euros('5.00'))).body).toMatchObject({ events: ['claim_paid'] });
  expect((await answer({ outcome: 'refused' })).body).toMatchObject({ status: 409, code: 'claim_answered' });
  const other = `/v1/returns/${rma}/claims/P7/answers`;
  expect((await world.call('POST', other, { outcome: 'refused' })).body).toMatchObject({ code: 'unknown_claim' });
});
