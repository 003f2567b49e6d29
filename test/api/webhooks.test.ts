import { afterAll, beforeAll, expect, test } from 'vitest';
import { anOrder, asked } from './orders.ts';
import { eventually, putJson, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test('a carrier’s scan reaches its return, three times sent or not', async () => {
  await putJson(`${world.sandboxUrl}/_sandbox/faults`, { webhooks: { duplicate: 3 } });
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world)));
  const rma = String(created.body['rma']);
  const tracking = await eventually(async () => {
    const parcel = await world.db.parcel.findFirstOrThrow({ where: { rma } });
    if (parcel.tracking === null) throw new Error('no label yet');
    return parcel.tracking;
  });
  await post(`${world.sandboxUrl}/_sandbox/parcels/${tracking}/scan`);
  await eventually(async () => {
    const { goods } = await world.db.return.findUniqueOrThrow({ where: { rma } });
    expect(goods).toBe('in_transit');
    // That its label was made may be told before or after the label is known.
    const of = { process: `return:${rma}`, processedAt: { not: null } };
    const scanned = { path: ['status'], equals: 'in_transit' };
    expect(await world.db.inboxEvent.count({ where: { ...of, payload: scanned } })).toBe(1);
  });
  const scans = await world.db.journalEntry.count({ where: { process: `return:${rma}`, by: 'easypost' } });
  expect(scans).toBe(1);
});

test('an event of a parcel that nobody knows is kept for the sweeper', async () => {
  const paid = await post(`${world.sandboxUrl}/_sandbox/payments`, {
    payments: [{ reference: 'STRAY', amount: 500, currency: 'EUR' }],
  });
  const [{ charge }] = JSON.parse(paid);
  await post(`${world.sandboxUrl}/_sandbox/payments/${charge}/dispute`, {});
  await eventually(async () => {
    const rows = await world.db.inboxEvent.findMany({ where: { provider: 'stripe', processedAt: null } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.payload).toMatchObject({ kind: 'dispute', status: 'open' });
  });
});

async function post(url: string, body: unknown = {}): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return text;
}
