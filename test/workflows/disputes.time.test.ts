import { expect, test } from 'vitest';
import { processEvent, storeEvent } from '../../activities/journal/inbox.ts';
import type { OpenReturn } from './returns.ts';
import { skippingTime } from './servers.ts';
import { complete, confirm, handOver, hasEnded, inspect, oneRefund, receive, refundSucceeds } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

let second = 0;

/** The provider's news of a dispute, taken in as its webhook is and brought to the returns that it concerns. */
async function hear(order: string, status: 'open' | 'won' | 'lost', returns: readonly OpenReturn[], amount = 5000) {
  second += 1;
  const { providerPaymentId } = await world().db.payment.findUniqueOrThrow({ where: { id: `${order}-p1` } });
  const at = new Date(Date.UTC(2026, 2, 20, 10, 0, second)).toISOString();
  const event = {
    provider: 'stripe',
    kind: 'dispute',
    eventId: `evt_${order}_${second}`,
    providerId: `dp_${order}`,
  } as const;
  const row = await storeEvent(world().pool, {
    ...event,
    providerPaymentId,
    status,
    amount: { amount, currency: 'EUR' },
    at,
  });
  if (row === null) throw new Error('not stored');
  const told: string[] = [];
  await processEvent(world().pool, row, {
    toReturn: async ({ rma, message }) => {
      told.push(rma);
      await returns.find((its) => its.rma === rma)?.signal(message.command, message.commandId);
    },
  });
  return told;
}

const dispute = (order: string) =>
  world().control('POST', `payments/${order}:0/dispute`, {}) as Promise<{ id: string }>;

async function isInspected(its: OpenReturn): Promise<void> {
  await handOver(its);
  await receive(its);
  await inspect(its);
}

test('a dispute reaches every open return of its order; won, their refunds go on', async () => {
  const order = await world().anOrder({ quantity: 3 });
  const [one, other, done] = [
    await world().returnOf(order),
    await world().returnOf(order),
    await world().returnOf(order),
  ];
  await complete(done);
  await hasEnded(done, 'closed', { refunds: oneRefund(4505) });
  const { id } = await dispute(order);
  expect((await hear(order, 'open', [one, other])).toSorted()).toEqual([one.rma, other.rma].toSorted());
  for (const its of [one, other]) {
    await isInspected(its);
    await its.until((state) => state.refunds['S1-1']?.state === 'frozen');
    expect(Object.values((await its.state()).attention)).toMatchObject([{ reason: 'payment_disputed' }]);
    await confirm(its, 'P1-1');
  }
  await world().control('POST', `disputes/${id}/close`, { outcome: 'won' });
  await hear(order, 'won', [one, other]);
  for (const its of [one, other]) {
    await refundSucceeds(its, 'S1-2');
    await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505, 'S1-2') });
  }
});

test('lost, the chargeback pays two returns up to what it gave, and no cent is refunded beside it', async () => {
  const order = await world().anOrder({ quantity: 2 });
  const [one, other] = [await world().returnOf(order), await world().returnOf(order)];
  await dispute(order);
  await isInspected(one);
  // The provider says so itself, as its webhook is late.
  await one.until((state) => state.refunds['S1-2']?.state === 'frozen');
  await hear(order, 'lost', [one, other], 6000);
  await confirm(one, 'P1-1');
  await hasEnded(one, 'closed', { money: 'full', refunds: {} });
  // What the provider gives back of such a payment is for the provider to say: it says no.
  await isInspected(other);
  await other.until((state) => Object.keys(state.attention).length > 0);
  expect((await other.state()).refunds).toMatchObject({
    'S1-1': { to: 'chargeback', amount: 1495, state: 'succeeded' },
  });
  await other.resolve('payment_disputed', 'store_credit');
  await confirm(other, 'P1-1');
  await hasEnded(other, 'closed', { money: 'full', refunds: {} });
  const { rows } = await world().pool.query(
    `SELECT refunded::int, charged_back::int, settled_by_chargeback::int FROM payments WHERE order_id = $1`,
    [order],
  );
  expect(rows).toEqual([{ refunded: 0, charged_back: 6000, settled_by_chargeback: 6000 }]);
});

test('lost and counted, then won after all, a closed return pays once what the bank gives back', async () => {
  const order = await world().anOrder();
  const its = await world().returnOf(order);
  const { id } = await dispute(order);
  await isInspected(its);
  await its.until((state) => Object.values(state.refunds).some((refund) => refund.state === 'frozen'));
  await hear(order, 'lost', [its]);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { money: 'full', refunds: {} });
  await world().control('POST', `disputes/${id}/close`, { outcome: 'won' });
  expect(await hear(order, 'won', [its])).toEqual([its.rma]);
  await refundSucceeds(its, 'S1-4');
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505, 'S1-4') });
  const { rows } = await world().pool.query(
    `SELECT refunded::int, charged_back::int, settled_by_chargeback::int FROM payments WHERE order_id = $1`,
    [order],
  );
  expect(rows).toEqual([{ refunded: 4505, charged_back: 0, settled_by_chargeback: 0 }]);
  expect(await hear(order, 'won', [its])).toEqual([]);
});
