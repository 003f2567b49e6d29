import { expect, test } from 'vitest';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { asNew } from '../domain/sale.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aPlainPolicy, aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

const order = 'O-ROOM';

test('goods in exchange take room from the payment, so that two returns of an order give no more than was paid', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool, { order, quantity: 2, policy: aPlainPolicy() });
  const given = async () => await value<number>(pool, 'SELECT (refunded + credited)::int FROM payments');
  const first = new DrivenReturn(journal, 'R-A');
  const wanted = [{ sku: 'BOWL', quantity: 1, price: 1000 }];
  await first.request(aRequest(order, 1, { instrument: 'exchange', wanted }));
  const reserved = { type: 'stock_reserved', facility: 'RC-1' } as const;
  await first.send({ type: 'outcome', effect: 'reserve_stock:X1', outcome: reserved });
  await received(first);
  expect(first.opened.refunds).toMatchObject({ 'S1-1': { to: 'exchange', amount: 1000, payment: `${order}:P1` } });
  expect(await given()).toBe(1000);

  const second = new DrivenReturn(journal, 'R-B');
  await second.request(aRequest(order, 1));
  await received(second);
  expect(await given()).toBe(2000);
  const pay = { type: 'adjust', direction: 'pay', amount: 1000, code: 'goodwill', note: 'N' } as const;
  const [more] = second.decided(pay).items;
  expect(more?.refusal).toMatchObject({ code: 'adjustment_exceeds', params: { available: 0 } });

  await first.send({ type: 'drop_exchange', exchange: 'X1', note: 'N' });
  expect(first.opened.refunds).toMatchObject({ 'S1-2': { to: 'payment', amount: 1000 } });
  expect(await given()).toBe(2000);
  expect(await checkLedgers(pool)).toMatchObject({ disagreements: [] });
  expect(await rebuildAll(pool)).toMatchObject({ differences: [] });
});

/** One mug comes, as it should. */
async function received(one: DrivenReturn): Promise<void> {
  await one.send({ type: 'receive', parcel: null, contents: [{ sku: 'MUG-1', quantity: 1 }], partial: false });
  const [item = ''] = Object.keys(one.opened.items);
  await one.send({ type: 'inspect', item, findings: [{ quantity: 1, facts: asNew }] });
}
