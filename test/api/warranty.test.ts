import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { defaultPolicies } from '../../domain/default-policies.ts';
import { openPool } from '../../prisma/client.ts';
import { asNew } from '../domain/sale.ts';
import { anOrder } from './orders.ts';
import { eventually, type Json, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const policy = defaultPolicies.find(({ program }) => program === 'warranty');
  if (policy === undefined) throw new Error('warranty has no default policy');
  const { id, version, program } = policy;
  const document = JSON.parse(JSON.stringify(policy));
  await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
});
afterAll(async () => {
  await world.close();
});

const post = async (path: string, body: object) => {
  const answer = await world.call('POST', `/v1/${path}`, body);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
};

const claimOf = (order: string, serial: string, more: object = {}) => ({
  ...{ program: 'warranty', order, method: 'drop_off', instrument: 'replacement' },
  lines: [{ sku: 'DRILL', quantity: 1, reason: 'defective', serials: [serial] }],
  ...more,
});

const until = async (rma: string, holds: object): Promise<Json> =>
  await eventually(async () => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`);
    expect(body).toMatchObject(holds);
    return body;
  });

/** Two drills with serials, one of them for each claim. */
async function drills(): Promise<string> {
  const order = await anOrder(world, [{ sku: 'DRILL' }]);
  await world.db.orderLine.update({ where: { id: `${order}-1` }, data: { serials: ['S-1', 'S-2'] } });
  return order;
}

async function comesBroken(order: string, serial: string, more: object = {}): Promise<string> {
  const rma = String((await post('returns', claimOf(order, serial, more)))['rma']);
  await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'DRILL', quantity: 1, serials: [serial] }] });
  const facts = { ...asNew, packaging: 'opened', function: 'defective' };
  await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts }] });
  await post(`returns/${rma}/items/P1-1/confirmations`, { evidence: 'BIN-1' });
  return rma;
}

const codesFor = async (order: string, serial: string) => {
  const { lines } = await post('returns/preview', claimOf(order, serial));
  return (lines as readonly Json[]).flatMap(({ codes }) => codes);
};
/** The read model as the journals make it, against the live one. */
async function rebuilt() {
  const pool = openPool(world.config.database);
  try {
    return await rebuildAll(pool);
  } finally {
    await pool.end();
  }
}

const returnable = async (order: string) => {
  const { body } = await world.call('GET', `/v1/orders/${order}`);
  return (body['lines'] as readonly Json[])[0]?.['returnable'];
};

test('a drill is replaced under its warranty, and then the one that replaced it', async () => {
  await post('stock-levels', { levels: [{ facility: 'RC1', sku: 'DRILL', onHand: 5 }] });
  const order = await drills();
  const rma = await comesBroken(order, 'S-1');
  await until(rma, { exchange: { state: 'ready' } });
  expect(await returnable(order)).toBe(1);
  const unnamed = await world.call('POST', `/v1/returns/${rma}/exchanges/X1/shipments`, {});
  expect([unnamed.status, unnamed.body['code']]).toEqual([422, 'replacement_without_serials']);
  await post(`returns/${rma}/exchanges/X1/shipments`, { serials: [{ sku: 'DRILL', serials: ['N-1'] }] });
  const closed = await until(rma, { status: { goods: 'closed', money: 'full' }, outcome: 'completed' });
  expect(JSON.stringify(closed['timeline'])).toContain('The warranty goes over to what was sent, N-1 until');
  expect(await returnable(order)).toBe(2);
  expect((await world.call('GET', `/v1/orders/${order}`)).body).toMatchObject({
    lines: [{ replacements: [{ serial: 'N-1', replaces: 'S-1', rma }] }],
  });

  expect(await codesFor(order, 'S-1')).toEqual(['serial_not_on_order']);
  expect(await codesFor(order, 'S-2')).toEqual(['within_warranty']);
  const again = await comesBroken(order, 'N-1');
  await until(again, { exchange: { state: 'ready' } });
  await post(`returns/${again}/exchanges/X1/shipments`, { serials: [{ sku: 'DRILL', serials: ['N-2'] }] });
  await until(again, { outcome: 'completed' });
  expect(await codesFor(order, 'N-1')).toEqual(['serial_not_on_order']);
  const covered = await world.db.warranty.findMany({
    where: { orderLineId: `${order}-1` },
    orderBy: { serial: 'asc' },
  });
  expect(covered.map(({ serial, replaces }) => [serial, replaces])).toEqual([
    ['N-1', 'S-1'],
    ['N-2', 'N-1'],
  ]);
  expect(new Set(covered.map(({ coveredUntil }) => coveredUntil.toISOString())).size).toBe(1);

  const refund = await comesBroken(order, 'N-2', { instrument: 'original' });
  await until(refund, { outcome: 'completed', settled: { amount: '20.00' } });
  expect(await returnable(order)).toBe(1);
  await eventually(async () => expect((await rebuilt()).differences).toEqual([]));
});

test('what is no defect, or has no warranty left, is declined with its code', async () => {
  const order = await drills();
  const { body } = await world.call('POST', '/v1/returns/preview', {
    ...claimOf(order, 'S-1'),
    lines: [{ sku: 'DRILL', quantity: 1, reason: 'changed_mind', serials: ['S-1'] }],
  });
  expect(JSON.stringify(body)).toContain('not_a_defect');
  const past = new Date('2020-01-01T12:00:00.000Z');
  await world.db.fulfilment.updateMany({ where: { orderLineId: `${order}-1` }, data: { deliveredAt: past } });
  expect(await codesFor(order, 'S-1')).toEqual(['outside_warranty']);
});

test('where the shop has none, the price is refunded once', async () => {
  await post('stock-levels', { levels: [{ facility: 'RC1', sku: 'DRILL', onHand: 0 }] });
  const order = await drills();
  const rma = await comesBroken(order, 'S-1');
  await until(rma, { outcome: 'completed', settled: { amount: '20.00' }, exchange: { state: 'dropped' } });
  expect(await returnable(order)).toBe(1);
});
