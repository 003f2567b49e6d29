import { afterAll, beforeAll, expect, test } from 'vitest';
import { drillShop, withWarranty } from './drills.ts';
import { eventually, type Json, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await withWarranty(world);
});
afterAll(async () => {
  await world.close();
});

const { post, until, drills, inspected, codesFor, rebuilt, returnable, toBench } = drillShop(() => world);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const quote = { because: 'out_of_warranty', parts: eur('12.00'), labour: eur('20.00'), fee: eur('0.00') };
const repair = { instrument: 'repair' };

/** Drills that were delivered long ago. */
async function oldDrills(): Promise<string> {
  const order = await drills();
  const deliveredAt = new Date('2020-01-01T12:00:00.000Z');
  await world.db.fulfilment.updateMany({ where: { orderLineId: `${order}-1` }, data: { deliveredAt } });
  return order;
}

const itemOf = (body: Json) => (body['items'] as readonly Json[])[0];
const asking = (reason: string) => ({ attention: [expect.objectContaining({ reason })] });
const balanceOf = async (rma: string, account: string) => {
  const rows = await world.db.moneyEntry.findMany({ where: { process: `return:${rma}` } });
  return rows.reduce((sum, { debit, credit, amount }) => {
    return sum + (debit === account ? Number(amount) : 0) - (credit === account ? Number(amount) : 0);
  }, 0);
};

test('a drill whose warranty is over is quoted for, paid, mended and covered for that repair', async () => {
  const order = await oldDrills();
  expect(await codesFor(order, 'S-1')).toEqual(['outside_warranty']);
  expect(await codesFor(order, 'S-1', repair)).toEqual(['paid_repair']);
  const rma = await inspected(order, 'S-1', repair);
  await until(rma, asking('repair_quote_due'));
  const path = `returns/${rma}/items/P1-1`;
  expect((await world.call('POST', `/v1/${path}/repair-quotes`, quote, { as: 'ops' })).status).toBe(403);
  const dollars = { ...quote, parts: { amount: '12.00', currency: 'USD' } };
  const foreign = await world.call('POST', `/v1/${path}/repair-quotes`, dollars);
  expect([foreign.status, foreign.body['field']]).toEqual([422, 'parts.currency']);
  await post(`${path}/repair-quotes`, quote);
  const quoted = await until(rma, { attention: [] });
  expect(itemOf(quoted)).toMatchObject({ disposition: null, repairQuote: { state: 'open', parts: eur('12.00') } });

  const { total } = (itemOf(quoted)?.['repairQuote'] ?? {}) as { readonly total: { readonly amount: string } };
  const other = await world.call('POST', `/v1/${path}/repair-quote-answers`, { answer: 'accept', total: eur('1.00') });
  expect([other.status, other.body['code'], other.body['field']]).toEqual([409, 'quote_has_changed', 'total']);
  await post(`${path}/repair-quote-answers`, { answer: 'accept', total });
  await until(rma, { clawbacks: [{ clawback: 'C1', cause: 'repair', state: 'open' }] });
  const ended = { how: 'paid', note: 'By transfer', reference: 'TRANSFER-7' };
  await post(`returns/${rma}/clawbacks/C1/ends`, ended);
  await until(rma, { items: [{ disposition: 'repair_and_return', repairQuote: { state: 'paid', clawback: 'C1' } }] });

  const { path: work, mended } = await toBench(rma, 'S-1');
  expect((await world.call('GET', `/v1/${work}`)).body).toMatchObject({ budget: eur('32.00') });
  await post(`${work}/tests`, mended);
  await until(rma, { items: [{ disposition: 'return_to_customer' }] });
  await post(`${path}/confirmations`, { evidence: 'TRACK-77' });
  const closed = await until(rma, { outcome: 'completed', settlements: [] });
  expect(JSON.stringify(closed['timeline'])).toContain('(TRANSFER-7)');
  expect(await balanceOf(rma, 'repair_sales')).toBe(-3200);
  expect(await balanceOf(rma, 'cash_clearing')).toBe(Math.round(Number(total.amount) * 100));
  expect(await returnable(order)).toBe(2);
  expect(await codesFor(order, 'S-1', repair)).toEqual(['within_warranty']);
  await eventually(async () => expect((await rebuilt()).differences).toEqual([]));
});

test('an owner who declines gets the drill back as it came, and owes what looking at it cost', async () => {
  const rma = await inspected(await oldDrills(), 'S-1', repair);
  const path = `returns/${rma}/items/P1-1`;
  const early = await world.call('POST', `/v1/${path}/repair-quote-answers`, { answer: 'accept', total: eur('38.08') });
  expect([early.status, early.body['code']]).toEqual([409, 'quote_not_open']);
  await post(`${path}/repair-quotes`, quote);
  await post(`${path}/repair-quote-answers`, { answer: 'return_to_customer' });
  await until(rma, {
    items: [{ disposition: 'return_to_customer', repairQuote: { state: 'ended', end: 'declined' } }],
  });
  const again = await world.call('POST', `/v1/${path}/repair-quotes`, quote);
  expect([again.status, again.body['code']]).toEqual([409, 'quote_answered']);
  await post(`${path}/confirmations`, { evidence: 'TRACK-78' });
  const owing = await until(rma, { clawbacks: [{ cause: 'diagnosis', state: 'open' }] });
  expect(JSON.stringify(owing['timeline'])).toContain('Item P1-1 is back with its owner as it came.');
  await post(`returns/${rma}/clawbacks/C1/ends`, { how: 'paid', note: 'In cash' });
  await until(rma, { outcome: 'completed' });
  expect(await balanceOf(rma, 'repair_sales')).toBe(-2500);
  await eventually(async () => expect((await rebuilt()).differences).toEqual([]));
});
