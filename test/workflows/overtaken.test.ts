import { expect, test } from 'vitest';
import { readPayments } from '../../activities/journal/facts.ts';
import { numberOf } from '../../activities/journal/process.ts';
import { asNew } from '../domain/sale.ts';
import type { AskedReturn } from './returns.ts';
import { realTime } from './servers.ts';
import { confirm, handOver, inspect, receive, refundSucceeds } from './steps.ts';
import { needsPerson, until } from './trouble.ts';
import { aWorld } from './world.ts';

/** By RMA what happens right before its next appends that settle, one after the other. */
const first = new Map<string, (() => Promise<unknown>)[]>();
/** Returns whose settlements are refused, with facts that they know already. */
const barred = new Map<string, number>();
let barredOrder = '';

const world = aWorld({
  server: realTime,
  activities: (real) => ({
    ...real,
    append: async (input) => {
      const rma = numberOf(input.process);
      if (!input.items.some(({ events }) => events.some(({ type }) => type === 'settlement_due'))) {
        return await real.append(input);
      }
      const asked = barred.get(rma);
      if (asked !== undefined) {
        barred.set(rma, asked + 1);
        const payments = await readPayments(world().pool, barredOrder);
        const stale = { type: 'payments', payments } as const;
        return { rows: [], refused: [], behind: null, forbidden: null, stale, conflict: true };
      }
      await first.get(rma)?.shift()?.();
      return await real.append(input);
    },
  }),
});

/** Three mugs at 50 €, 30 € off three; each comes back by itself, and is looked at next. */
async function threeOfOneSale(): Promise<{ order: string; returns: AskedReturn[] }> {
  const sale = { quantity: 3, captured: [12_000], policy: { promotions: 'recompute' as const } };
  const order = await world().anOrder(sale);
  const terms = { kind: 'threshold', from: 15_000, amount: 3000 };
  await world().pool.query('UPDATE order_lines SET discount = 3000, promotions = $2 WHERE order_id = $1', [
    order,
    JSON.stringify([{ promotion: '30-OFF', off: 3000, terms }]),
  ]);
  const returns: AskedReturn[] = [];
  for (let number = 0; number < 3; number += 1) {
    const its = await world().returnOf(order, { quantity: 1, reason: 'defective' });
    await handOver(its);
    await receive(its);
    returns.push(its);
  }
  return { order, returns };
}

async function end(returns: readonly AskedReturn[]): Promise<number> {
  let paid = 0;
  for (const its of returns) {
    await refundSucceeds(its);
    await confirm(its, 'P1-1');
    await its.closed();
    paid += (await its.events('settlement_due')).reduce((sum, { total }) => sum + total.amount, 0);
  }
  return paid;
}

test('returns of one promoted sale that settle at once are paid what was paid for all', async () => {
  const { returns } = await threeOfOneSale();
  await Promise.all(returns.map((its) => inspect(its)));
  expect(await end(returns)).toBe(12_000);
});

test('a return that is overtaken twice decides by the later news', async () => {
  const { returns } = await threeOfOneSale();
  const [one, two, last] = returns as [AskedReturn, AskedReturn, AskedReturn];
  first.set(last.rma, [() => inspect(one), () => inspect(two)]);
  await inspect(last);
  expect((await last.events('settlement_due'))[0]?.again?.others).toBe(2);
  expect(await last.events('basket_refreshed')).toHaveLength(1);
  expect(await end(returns)).toBe(12_000);
});

test('a return that is refused for what it knows stops asking, and a person sees it', async () => {
  const its = await world().aReturn({ reason: 'defective' });
  await handOver(its);
  await receive(its);
  barred.set(its.rma, 0);
  barredOrder = its.order;
  await its.signal({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  await until(async () => (await needsPerson(its)) === 'journal_forbids');
  const asked = barred.get(its.rma);
  expect(asked).toBeLessThan(10);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(barred.get(its.rma)).toBe(asked);
  barred.delete(its.rma);
  await its.tell({ type: 'sync' });
  expect(await end([its])).toBe(5000);
});
