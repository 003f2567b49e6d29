import { afterAll, beforeAll, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, type Json, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

/** As lead, unless told. */
const post = (path: string, body: object, as: 'ops' | 'lead' | 'viewer' = 'lead') =>
  world.call('POST', `/v1/${path}`, body, { as });
const told = async (sku: string, onHand: number) =>
  await post('stock-levels', { levels: [{ facility: 'RC1', sku, onHand }] });
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A unit of 20.00 comes back for a kettle of so much; 4.95 of it pays the way back. */
async function wants(sku: string, price: string): Promise<string> {
  const wanted = [{ sku, quantity: 1, price: eur(price) }];
  const created = await post('returns', { ...asked(await anOrder(world)), instrument: 'exchange', wanted }, 'ops');
  expect(created.status, created.text).toBe(201);
  return String(created.body['rma']);
}

async function comes(rma: string): Promise<void> {
  await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] });
  await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts: asNew }] });
  await post(`returns/${rma}/items/P1-1/confirmations`, { evidence: 'BIN-1' });
}

const until = async (rma: string, holds: object): Promise<Json> =>
  await eventually(async () => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`);
    expect(body).toMatchObject(holds);
    return body;
  });

const level = async (sku: string) => {
  const { body } = await world.call('GET', `/v1/stock-levels?sku=${sku}`);
  const [row] = body['data'] as readonly Json[];
  return `${row?.['reserved']}/${row?.['onHand']}`;
};

test('an exchange for something dearer: stock kept, the difference told and paid, shipped, closed', async () => {
  await told('KETTLE', 3);
  const rma = await wants('KETTLE', '25.00');
  await until(rma, { exchange: { state: 'wanted', stock: 'reserved', facility: 'RC1' } });
  expect(await level('KETTLE')).toBe('1/3');
  expect((await told('KETTLE', 0)).body).toMatchObject({ code: 'stock_reserved' });
  await comes(rma);
  await until(rma, { exchange: { state: 'payment_due', due: eur('9.95'), price: eur('25.00') } });
  const [row] = await world.db.$queryRaw<readonly Json[]>`
    SELECT payload FROM outbox WHERE process = ${`return:${rma}`} AND event_type = 'return.exchange_payment_due'`;
  expect(row?.['payload']).toMatchObject({ rma, amount: { amount: 995, currency: 'EUR' } });

  const path = `returns/${rma}/exchanges/X1`;
  expect((await post(`${path}/payments`, { amount: eur('9.95'), reference: 'ch_1' }, 'viewer')).status).toBe(403);
  expect((await post(`${path}/shipments`, {})).body).toMatchObject({ code: 'exchange_not_ready' });
  expect((await post(`${path}/payments`, { amount: eur('9.94'), reference: 'ch_1' })).body).toMatchObject({
    code: 'amount_not_due',
    detail: '9.95 EUR are due, no more and no less',
  });
  const paid = await post(`${path}/payments`, { amount: eur('9.95'), reference: 'ch_1' }, 'ops');
  expect(paid.body).toMatchObject({ events: ['exchange_paid', 'exchange_ready'] });
  expect((await post(`${path}/payments`, { amount: eur('9.95'), reference: 'ch_1' })).body).toMatchObject({
    events: [],
  });
  const serials = [{ sku: 'KETTLE', serials: ['K-1'] }];
  await post(`${path}/shipments`, { carrier: 'DHL', tracking: 'T-1', serials });
  const body = await until(rma, { status: { goods: 'closed', money: 'full' } });
  expect(body).toMatchObject({
    settled: eur('15.05'),
    exchange: { state: 'shipped', stock: 'released', paid: eur('9.95'), shipment: { tracking: 'T-1', serials } },
  });
  expect(JSON.stringify(body['timeline'])).toContain('The buyer is to pay 9.95 EUR for the goods by');
  expect(await level('KETTLE')).toBe('0/2');
  expect((await post(`${path}/cancellations`, { note: 'Late' })).body).toMatchObject({ code: 'exchange_ended' });
});

test('an exchange that is cancelled becomes a refund, and one without stock is one at once', async () => {
  await told('LAMP', 1);
  const rma = await wants('LAMP', '10.00');
  await until(rma, { exchange: { stock: 'reserved' } });
  const none = await wants('LAMP', '10.00');
  await until(none, { exchange: { state: 'dropped', stock: 'released' } });
  await comes(rma);
  await until(rma, { exchange: { state: 'ready', toShip: [{ sku: 'LAMP', quantity: 1 }] } });
  await post(`returns/${rma}/exchanges/X1/cancellations`, { note: 'The buyer wants the money' });
  expect(await until(rma, { status: { goods: 'closed', money: 'full' } })).toMatchObject({ settled: eur('15.05') });
  expect(await level('LAMP')).toBe('0/1');
  await comes(none);
  await until(none, { status: { goods: 'closed' }, settled: eur('15.05') });
});

test('a replacement sends the same again for what is defective, without money', async () => {
  await told('SKU-1', 5);
  const order = await anOrder(world);
  const own = await post('returns/preview', { ...asked(order), instrument: 'replacement' });
  expect(own.body).toMatchObject({ outcome: 'declined', lines: [{ codes: ['instrument_not_offered'] }] });
  const defective = { ...asked(order, 1, 'defective'), acceptsStoreCredit: true };
  const created = await post('returns', { ...defective, instrument: 'replacement' });
  const rma = String(created.body['rma']);
  await comes(rma);
  await until(rma, { exchange: { kind: 'replacement', state: 'ready', toShip: [{ sku: 'SKU-1', quantity: 1 }] } });
  await post(`returns/${rma}/exchanges/X1/shipments`, {});
  const body = await until(rma, { status: { goods: 'closed', money: 'full' } });
  expect(body['refunds']).toMatchObject([{ payment: null, state: 'succeeded' }]);
  const measured = await world.call('GET', '/v1/measures?groupBy=program');
  expect(measured.body).toMatchObject({ groups: [{ group: 'customer', replacementFrequency: { numerator: 1 } }] });
});

test('what can’t be an exchange is refused with the field that is wrong', async () => {
  const order = await anOrder(world);
  const wanted = (price: object, more: object = {}) => [{ sku: 'KETTLE', quantity: 1, price, ...more }];
  const ask = (more: object) => post('returns', { ...asked(order), instrument: 'exchange', ...more });
  expect((await ask({ wanted: wanted(eur('1.005')) })).body).toMatchObject({ code: 'amount_precision' });
  expect((await ask({ wanted: wanted({ amount: '1.00', currency: 'USD' }) })).body).toMatchObject({
    code: 'currency_differs',
  });
  expect((await ask({})).body).toMatchObject({ code: 'goods_not_named', status: 422 });
  expect((await ask({ wanted: wanted(eur('0.00')) })).body).toMatchObject({ code: 'amount_not_positive' });
  const nowhere = { levels: [{ facility: 'MOON', sku: 'KETTLE', onHand: 1 }] };
  expect((await post('stock-levels', nowhere)).body).toMatchObject({ code: 'unknown_facility' });
});
