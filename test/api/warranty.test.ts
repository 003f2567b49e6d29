import { afterAll, beforeAll, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { claimOf, drillShop, withWarranty } from './drills.ts';
import { eventually, type Json, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await withWarranty(world);
});
afterAll(async () => {
  await world.close();
});

const { post, until, drills, comesBroken, codesFor, rebuilt, returnable, atBench, ledgerOf } = drillShop(() => world);

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

test('a drill is repaired for its owner, covered for longer, and repaired again without more', async () => {
  const order = await drills();
  for (const time of ['first', 'second']) {
    const { rma, path, mended } = await atBench(order, 'S-1');
    await post(`${path}/labour`, { minutes: 10 });
    await post(`${path}/tests`, mended);
    await until(rma, { items: [{ item: 'P1-1', disposition: 'return_to_customer', acceptance: 'accepted' }] });
    expect((await world.call('GET', `/v1/${path}`)).body).toMatchObject({ budget: { amount: '10.00' } });
    await post(`returns/${rma}/items/P1-1/confirmations`, { evidence: 'TRACK-77' });
    const closed = await until(rma, { outcome: 'completed', status: { money: 'none' }, settlements: [] });
    expect(JSON.stringify(closed['timeline'])).toContain('Item P1-1 is back with its owner, repaired, S-1 covered');
    const { owners, accounts } = await ledgerOf(rma);
    expect([new Set(owners), accounts.filter((account) => account !== 'carrier_costs')]).toEqual([
      new Set(['customer']),
      [],
    ]);
    expect(await returnable(order), time).toBe(2);
  }
  const { body } = await world.call('GET', `/v1/orders/${order}`);
  const [line] = body['lines'] as readonly (Json & { readonly replacements: readonly Json[] })[];
  expect(line?.replacements).toMatchObject([
    { serial: 'S-1', repaired: true },
    { serial: 'S-1', repaired: true },
  ]);
  const ends = new Set(line?.replacements.map(({ coveredUntil }) => coveredUntil));
  expect(ends.size, [...ends].join()).toBe(1);
  expect(await codesFor(order, 'S-1')).toEqual(['within_warranty']);
  await eventually(async () => expect((await rebuilt()).differences).toEqual([]));
});

test('what cannot be repaired is replaced, and where the shop has none paid', async () => {
  const order = await drills();
  await post('stock-levels', { levels: [{ facility: 'RC1', sku: 'DRILL', onHand: 1 }] });
  const { rma, path, unit } = await atBench(order, 'S-1');
  await post(`${path}/abandonments`, { ...unit, outcome: 'beyond_repair' });
  const ready = await until(rma, { exchange: { kind: 'replacement', state: 'ready' } });
  expect(JSON.stringify(ready['timeline'])).toContain('not repaired (not repairable)');
  await post(`returns/${rma}/exchanges/X1/shipments`, { serials: [{ sku: 'DRILL', serials: ['N-1'] }] });
  expect(new Set((await ledgerOf(rma)).owners)).toEqual(new Set(['customer', 'ours']));

  await post('stock-levels', { levels: [{ facility: 'RC1', sku: 'DRILL', onHand: 0 }] });
  const other = await atBench(order, 'S-2');
  await post(`${other.path}/abandonments`, { ...other.unit, outcome: 'given_up' });
  await until(other.rma, { settled: { amount: '20.00' }, exchange: { state: 'dropped' } });
  await eventually(async () => expect((await rebuilt()).differences).toEqual([]));
});

test('a person gives another remedy than a repair, of what the policy offers, before it is at the bench', async () => {
  const order = await drills();
  await world.db.orderLine.update({ where: { id: `${order}-1` }, data: { serials: ['S-9'] } });
  const { rma } = await post('returns', claimOf(order, 'S-9', { instrument: 'repair' }));
  const path = `/v1/returns/${rma}/items/P1-1/repair-endings`;
  const end = { why: 'withdrawn', note: 'They need one tomorrow' };
  expect((await world.call('POST', path, end, { as: 'lead' })).body).toMatchObject({ code: 'unknown_item' });
  await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'DRILL', quantity: 1, serials: ['S-9'] }] });
  expect((await world.call('POST', path, end, { as: 'lead' })).body).toMatchObject({ code: 'not_under_repair' });
  const facts = { ...asNew, packaging: 'opened', function: 'defective' };
  await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts }] });
  const liquidated = await world.call('POST', `/v1/returns/${rma}/items/P1-1/dispositions`, {
    ...{ disposition: 'liquidate', note: 'Sell it' },
  });
  expect([liquidated.status, liquidated.body['code']]).toEqual([409, 'owned_by_customer']);
  const odd = await world.call('POST', path, { ...end, instead: 'credit_memo' }, { as: 'lead' });
  expect([odd.status, odd.body['code'], odd.body['field']]).toEqual([422, 'remedy_not_offered', 'instead']);
  expect((await world.call('POST', path, end, { as: 'ops' })).status).toBe(403);
  const ended = await world.call('POST', path, { ...end, instead: 'store_credit' }, { as: 'lead' });
  expect(ended.body, ended.text).toMatchObject({ events: expect.arrayContaining(['repair_ended', 'settlement_due']) });
  await until(String(rma), { settled: { amount: '20.00' } });
});
