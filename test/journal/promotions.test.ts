import { expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { asNew } from '../domain/sale.ts';
import { arrive } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aPlainPolicy, aSale } from './sale.ts';
import { aJournal, value, type World } from './world.ts';

const terms = { kind: 'threshold', from: 10_000, amount: 1000 };

/** Two mugs at 60.00 each, 10.00 off from 100.00 on. */
async function promotedSale(): Promise<World> {
  const world = await aJournal();
  const policy = aPlainPolicy({ promotions: 'recompute' });
  await aSale(world.pool, { quantity: 1, lines: 2, price: 6000, captured: [11_000], policy });
  await world.pool.query(`UPDATE order_lines SET discount = 500, promotions = $1`, [
    JSON.stringify([{ promotion: '10-OFF', off: 500, terms }]),
  ]);
  return world;
}

async function arrived(world: World, rma: string, number: number): Promise<DrivenReturn> {
  const one = new DrivenReturn(world.journal, rma);
  const lines = [{ line: 'L1', orderLine: `O-1:${number}`, quantity: 1, reason: 'changed_mind' as const }];
  await one.request(aRequest('O-1', 1, { lines }));
  await arrive(one, 1, `MUG-${number}`);
  return one;
}

const findings = [{ quantity: 1, facts: asNew }];
const refunded = `SELECT sum(amount)::int FROM refunds WHERE rma = `;

test('a return is quoted by what other returns have settled of a promoted sale', async () => {
  const world = await promotedSale();
  const first = await arrived(world, 'R-1', 1);
  expect(first.opened.quote.amount).toBe(5000);
  await first.send({ type: 'inspect', item: 'P1-1', findings });
  const second = await arrived(world, 'R-2', 2);
  expect(second.opened.quote.amount).toBe(6000);
  expect(second.opened.basket).toMatchObject({
    others: 1,
    promotions: [{ promotion: '10-OFF', terms, saved: 1000 }],
    lines: [{ orderLine: 'O-1:1', settled: { quantity: 1, price: 6000, discount: 1000 } }, { promoted: 500 }],
  });
  await second.send({ type: 'inspect', item: 'P1-1', findings });
  expect(await value(world.pool, 'SELECT refunded::int FROM payments')).toBe(11_000);
  expect(await rebuildAll(world.pool)).toEqual({ processes: 2, differences: [] });
});

test('two returns that settle at once are both paid by what the other has had', async () => {
  const world = await promotedSale();
  const first = await arrived(world, 'R-1', 1);
  const second = await arrived(world, 'R-2', 2);
  // Decided before the other had settled.
  const late = second.decided({ type: 'inspect', item: 'P1-1', findings });
  await first.send({ type: 'inspect', item: 'P1-1', findings });
  const { conflict, stale } = await world.journal.append(late);
  expect(conflict).toBe(true);
  expect(stale).toMatchObject({ type: 'basket', basket: { others: 1 } });
  if (stale?.type === 'basket') await second.send({ type: 'basket_changed', basket: stale.basket });
  await second.send({ type: 'inspect', item: 'P1-1', findings });
  expect(await value(world.pool, `${refunded}'R-1'`)).toBe(5000);
  expect(await value(world.pool, `${refunded}'R-2'`)).toBe(6000);
  expect(await rebuildAll(world.pool)).toEqual({ processes: 2, differences: [] });
});

test('of two that really run at once, one waits and hears of the other', async () => {
  const world = await promotedSale();
  const both = [await arrived(world, 'R-1', 1), await arrived(world, 'R-2', 2)];
  const results = await Promise.all(
    both.map((each) => world.journal.append(each.decided({ type: 'inspect', item: 'P1-1', findings }))),
  );
  expect(results.map(({ conflict }) => conflict).sort()).toEqual([false, true]);
  expect(results.find(({ conflict }) => conflict)?.stale).toMatchObject({ type: 'basket', basket: { others: 1 } });
});
