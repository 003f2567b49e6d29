import { afterAll, beforeAll, expect, test } from 'vitest';

import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { type CreditCommand, takeCreditCommand } from '../../activities/journal/store-credits.ts';
import { expireCredits } from '../../activities/store-credits/expire.ts';
import { redeem } from '../../domain/store-credit/decide.ts';
import { openPool } from '../../prisma/client.ts';
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

const post = (path: string, body: object = {}) => world.call('POST', `/v1/${path}`, body, { as: 'lead' });
const get = async (path: string): Promise<Json> => (await world.call('GET', `/v1/${path}`)).body;
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A unit of 20.00 comes back for store credit; 4.95 of it pays the way back. */
async function creditOf(order: string, request: object = {}): Promise<string> {
  const created = await post('returns', { ...asked(order), instrument: 'store_credit', ...request });
  expect(created.status, created.text).toBe(201);
  const rma = String(created.body['rma']);
  await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] });
  await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts: asNew }] });
  return await eventually(async () => {
    const { refunds } = await get(`returns/${rma}`);
    expect(refunds).toMatchObject([{ refund: 'S1-1', state: 'succeeded', storeCredit: `SC-${rma}-S1-1` }]);
    return `SC-${rma}-S1-1`;
  });
}

async function booksAgree(): Promise<void> {
  const pool = openPool(world.config.database);
  expect((await rebuildAll(pool)).differences).toEqual([]);
  expect((await checkLedgers(pool)).disagreements).toEqual([]);
  await pool.end();
}

test('what a return gives is spent at the checkout, once for each reference, and put back where that comes to nothing', async () => {
  const order = await anOrder(world);
  await world.db.order.update({ where: { id: order }, data: { buyer: { create: { id: 'B-1' } } } });
  const credit = await creditOf(order);
  expect(await get(`store-credits/${credit}`)).toMatchObject({
    ...{ state: 'open', issued: eur('15.05'), balance: eur('15.05'), spendable: eur('15.05') },
    ...{ buyer: 'B-1', cause: 'return', expiresAt: null, redemptions: [] },
  });
  expect(await get('store-credits?buyer=B-1')).toMatchObject({ data: [{ storeCredit: credit }], nextCursor: null });

  const pay = (amount: string, changes: object = {}) =>
    post(`store-credits/${credit}/redemptions`, {
      ...{ amount: eur(amount), order: 'SHOP-7', reference: 'pay-1', buyer: 'B-1' },
      ...changes,
    });
  const [one, other] = await Promise.all([pay('10.00'), pay('10.00')]);
  expect([one.status, other.status], one.text).toEqual([200, 200]);
  expect(await get(`store-credits/${credit}`)).toMatchObject({
    balance: eur('5.05'),
    redemptions: [{ redemption: 'R1', payment: `${credit}:R1`, amount: eur('10.00'), reversed: false }],
  });
  expect((await pay('9.00')).body).toMatchObject({ status: 409, code: 'redemption_differs' });
  expect((await pay('5.06', { reference: 'pay-2' })).body).toMatchObject({ status: 409, code: 'exceeds_balance' });
  expect((await pay('1.00', { reference: 'x', buyer: 'B-2' })).body).toMatchObject({ code: 'not_the_buyers' });
  const { status } = await world.call('POST', `/v1/store-credits/${credit}/redemptions`, {}, { as: 'viewer' });
  expect(status).toBe(403);
  expect((await post(`store-credits/${credit}/redemptions/R1/reversals`)).body).toMatchObject({
    balance: eur('15.05'),
    redemptions: [{ reversed: true, undone: eur('10.00') }],
  });
  await booksAgree();
});

test('twenty checkouts at once spend no more than there is', async () => {
  const made = await post('store-credits', { amount: eur('10.00'), cause: 'goodwill', buyer: 'B-9' });
  expect(made.status, made.text).toBe(201);
  const credit = String(made.body['storeCredit']);
  const paid = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      post(`store-credits/${credit}/redemptions`, {
        ...{ amount: eur('3.00'), order: `S-${n}`, reference: `p-${n}`, buyer: 'B-9' },
      }),
    ),
  );
  expect(paid.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(await get(`store-credits/${credit}`)).toMatchObject({ balance: eur('1.00') });
  await booksAgree();
});

test('a gift card is whoever’s knows its code, which is shown once', async () => {
  const made = await post('store-credits', { amount: eur('25.00'), cause: 'gift_card' });
  const credit = String(made.body['storeCredit']);
  const shown = await post(`store-credits/${credit}/codes`);
  expect(shown.status, shown.text).toBe(201);
  const code = String(shown.body['code']);
  expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);
  expect((await post('store-credits/lookups', { code: code.toLowerCase().replaceAll('-', ' ') })).body).toMatchObject({
    storeCredit: credit,
    balance: eur('25.00'),
  });
  const pay = (by: object) =>
    post(`store-credits/${credit}/redemptions`, { amount: eur('5.00'), order: 'S', reference: 'p', ...by });
  expect((await pay({})).body).toMatchObject({ code: 'not_the_buyers' });
  expect((await pay({ code: 'AAAA-AAAA-AAAA-AAAA' })).body).toMatchObject({ code: 'not_the_buyers' });
  expect((await pay({ code })).status).toBe(200);
  await post(`store-credits/${credit}/codes`);
  expect((await post('store-credits/lookups', { code })).status).toBe(404);
  expect((await post(`store-credits/${credit}/closures`, { note: 'stolen' })).body).toMatchObject({
    ...{ state: 'closed', balance: eur('0.00'), spendable: eur('0.00') },
  });
  await booksAgree();
});

test('a dispute of the payment that it stands for freezes a credit, and a lost one keeps it', async () => {
  const order = await anOrder(world);
  await world.db.order.update({ where: { id: order }, data: { buyer: { create: { id: 'B-2' } } } });
  const credit = await creditOf(order);
  const { id } = await world.db.payment.findFirstOrThrow({ where: { orderId: order } });
  expect(Number((await world.db.payment.findUniqueOrThrow({ where: { id } })).credited)).toBe(1505);
  await world.db.payment.update({ where: { id }, data: { disputed: true } });
  const pay = (reference: string) =>
    post(`store-credits/${credit}/redemptions`, { amount: eur('5.00'), order: 'S', reference, buyer: 'B-2' });
  expect((await pay('a')).body).toMatchObject({ status: 409, code: 'credit_frozen' });
  expect(await get(`store-credits/${credit}`)).toMatchObject({ balance: eur('15.05'), spendable: eur('0.00') });
  await world.db.payment.update({ where: { id }, data: { disputed: false } });
  expect((await pay('a')).status).toBe(200);
  await world.db.payment.update({ where: { id }, data: { chargedBack: 4000 } });
  expect((await pay('b')).body).toMatchObject({ code: 'credit_frozen' });
});

test('what a bank took is withheld once from all credits of a payment, of the youngest first', async () => {
  const order = await anOrder(world, [{}, { sku: 'MUG' }]);
  await world.db.order.update({ where: { id: order }, data: { buyer: { create: { id: 'B-6' } } } });
  const first = await creditOf(order);
  const second = await creditOf(order);
  const { id, captured } = await world.db.payment.findFirstOrThrow({ where: { orderId: order } });
  await world.db.payment.update({ where: { id }, data: { chargedBack: captured - 3_010n + 1_600n } });
  expect(await get(`store-credits/${second}`)).toMatchObject({ balance: eur('15.05'), spendable: eur('0.00') });
  expect(await get(`store-credits/${first}`)).toMatchObject({ balance: eur('15.05'), spendable: eur('14.10') });
});

test('store credit takes room from the order’s payments, also for what a person pays by hand in another return', async () => {
  const order = await anOrder(world);
  await creditOf(order);
  const second = await post('returns', asked(order));
  const rma = String(second.body['rma']);
  const adjusted = await post(`returns/${rma}/adjustments`, {
    ...{ direction: 'pay', amount: eur('24.96'), reason: 'goodwill', note: 'sorry' },
  });
  expect(adjusted.body, adjusted.text).toMatchObject({ code: 'adjustment_exceeds' });
});

/** An order of 20.00 that was paid with a credit. */
async function bought(credit: string, order: string): Promise<string> {
  const paid = await post(`store-credits/${credit}/redemptions`, {
    ...{ amount: eur('20.00'), order, reference: `pay-${order}`, buyer: 'B-5' },
  });
  const [{ payment } = { payment: '' }] = (paid.body['redemptions'] as { order: string; payment: string }[]).filter(
    (each) => each.order === order,
  );
  const row = {
    ...{ order, currency: 'EUR', country: 'DE', placedAt: '2026-11-01', sku: 'SKU-1', quantity: 1, price: '20.00' },
    ...{ deliveredAt: new Date(Date.now() - 86_400_000).toISOString(), payment, paid: '20.00', buyer: 'B-5' },
    ...{ name: 'N', street1: 'S', city: 'C', zip: '10115', phone: '+49 30 000000' },
  };
  const send = (changes: object) =>
    world.call('POST', '/v1/orders/import', undefined, {
      headers: { 'content-type': 'application/x-ndjson' },
      raw: JSON.stringify({ ...row, ...changes }),
    });
  expect((await send({ paid: '20.01' })).text).toContain('not_redeemed');
  expect((await send({})).text).toContain('created');
  return order;
}

test('what a credit paid for goods that come back is given back to it, or to a new one where it has ended', async () => {
  const made = await post('store-credits', { amount: eur('50.00'), cause: 'gift_card', buyer: 'B-5' });
  const credit = String(made.body['storeCredit']);
  const comesBack = async (order: string): Promise<string> => {
    const created = await post('returns', { ...asked(order), instrument: 'original' });
    const rma = String(created.body['rma']);
    await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] });
    await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts: asNew }] });
    return await eventually(async () => {
      const { refunds } = await get(`returns/${rma}`);
      expect(refunds).toMatchObject([{ refund: 'S1-1', state: 'succeeded' }]);
      return String((refunds as { storeCredit: string }[])[0]?.storeCredit);
    });
  };
  const [one, two] = [await bought(credit, 'PAID-1'), await bought(credit, 'PAID-2')];
  expect(await get(`store-credits/${credit}`)).toMatchObject({ balance: eur('10.00') });
  expect(await comesBack(one)).toBe(credit);
  expect(await get(`store-credits/${credit}`)).toMatchObject({ balance: eur('25.05') });
  await post(`store-credits/${credit}/closures`, { note: 'lost' });
  const other = await comesBack(two);
  expect(other).not.toBe(credit);
  expect(await get(`store-credits/${other}`)).toMatchObject({
    ...{ balance: eur('15.05'), buyer: 'B-5', cause: 'given_back', state: 'open' },
  });
  await booksAgree();
});

test('what a credit paid for goods that came back for another credit is not put back as well', async () => {
  const made = await post('store-credits', { amount: eur('20.00'), cause: 'gift_card', buyer: 'B-5' });
  const credit = String(made.body['storeCredit']);
  const other = await creditOf(await bought(credit, 'PAID-3'));
  expect(await get(`store-credits/${other}`)).toMatchObject({ balance: eur('15.05') });
  const back = await post(`store-credits/${credit}/redemptions/R1/reversals`);
  expect(back.body, back.text).toMatchObject({ status: 409, code: 'redemption_given_back' });
  expect(await get(`store-credits/${credit}`)).toMatchObject({ balance: eur('0.00') });
});

test('what was put back is not given once more for goods of its order, whatever came first', async () => {
  const made = await post('store-credits', { amount: eur('20.00'), cause: 'gift_card', buyer: 'B-5' });
  const credit = String(made.body['storeCredit']);
  const order = await bought(credit, 'PAID-4');
  await post(`store-credits/${credit}/redemptions/R1/reversals`);
  const created = await post('returns', { ...asked(order), instrument: 'store_credit' });
  const rma = String(created.body['rma']);
  await post(`returns/${rma}/receipts`, { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] });
  await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts: asNew }] });
  await eventually(async () => {
    expect(await get(`returns/${rma}`)).toMatchObject({
      refunds: [{ state: 'failed' }],
      attention: [expect.objectContaining({ reason: 'refund_over_payment' })],
    });
  });
  expect(await get(`store-credits/${credit}`)).toMatchObject({ balance: eur('20.00') });
  await booksAgree();
});

test('what is left of a credit that has expired is booked off once, and again where something came back to it', async () => {
  const pool = openPool(world.config.database);
  const credit = 'SC-73MN-Q9TX-0';
  const [at, expiresAt] = ['2026-01-10T09:00:00.000Z', '2026-03-01T00:00:00.000Z'];
  const tell = async (name: string, decide: CreditCommand['decide']) =>
    await takeCreditCommand(pool, { credit, commandId: `${credit}:${name}`, at, by: 'test', name, decide });
  const of = { currency: 'EUR', buyer: 'B-11', expiresAt, cause: 'goodwill', refund: null } as const;
  await tell('issue', () => ({ type: 'accepted', events: [{ type: 'issued', credit, amount: 2500, ...of }] }));
  const paid = { amount: 1000, currency: 'EUR', order: 'S-11', reference: 'p-11', buyer: 'B-11', shown: false };
  await tell('redeem', (state) => {
    if (state === null) throw new Error('it was issued');
    return redeem(state, paid, { at, withheld: 0 });
  });

  await expireCredits(pool, '2026-02-28T23:59:59.999Z');
  expect(await get(`store-credits/${credit}`)).toMatchObject({ balance: eur('15.00'), unspent: eur('0.00') });
  // Two workers at once.
  await Promise.all([expireCredits(pool, expiresAt), expireCredits(pool, expiresAt)]);
  const expired = { state: 'expired', balance: eur('0.00'), spendable: eur('0.00') };
  expect(await get(`store-credits/${credit}`)).toMatchObject({ ...expired, unspent: eur('15.00') });
  await post(`store-credits/${credit}/redemptions/R1/reversals`);
  await expireCredits(pool, new Date().toISOString());
  expect(await get(`store-credits/${credit}`)).toMatchObject({ ...expired, unspent: eur('25.00') });
  const entries = await world.db.moneyEntry.findMany({ where: { credit: 'breakage' }, orderBy: { amount: 'asc' } });
  expect(entries.map(({ debit, amount }) => [debit, Number(amount)])).toEqual([
    ['store_credit_liability', 1000],
    ['store_credit_liability', 1500],
  ]);
  await pool.end();
  await booksAgree();
});

test('a credit that can’t be booked off bars nobody else’s', async () => {
  const pool = openPool(world.config.database);
  const [at, expiresAt] = ['2026-01-10T09:00:00.000Z', '2026-03-01T00:00:00.000Z'];
  const of = { currency: 'EUR', buyer: null, expiresAt, cause: 'goodwill', refund: null } as const;
  const [barred, free] = ['SC-2222-2222-2', 'SC-3333-3333-3'];
  for (const credit of [barred, free]) {
    await takeCreditCommand(pool, {
      ...{ credit, commandId: `${credit}:issue`, at, by: 'test', name: 'issue' },
      decide: () => ({ type: 'accepted', events: [{ type: 'issued', credit, amount: 500, ...of }] }),
    });
  }
  const rule = `CHECK (command_id NOT LIKE 'expiry:${barred}:%') NOT VALID`;
  await pool.query(`ALTER TABLE journal ADD CONSTRAINT barred_for_a_test ${rule}`);
  await expect(expireCredits(pool, expiresAt)).rejects.toThrow('1 store credits could not be booked off');
  const balanceOf = async (credit: string) => (await get(`store-credits/${credit}`))['balance'];
  expect([await balanceOf(barred), await balanceOf(free)]).toEqual([eur('5.00'), eur('0.00')]);
  await pool.query('ALTER TABLE journal DROP CONSTRAINT barred_for_a_test');
  await expireCredits(pool, expiresAt);
  expect(await balanceOf(barred)).toEqual(eur('0.00'));
  await pool.end();
});
