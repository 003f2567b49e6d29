import { afterEach, expect, test } from 'vitest';
import type { OpenReturn } from './returns.ts';
import { skippingTime } from './servers.ts';
import { complete, confirm, handOver, hasEnded, inspect, oneRefund, receive, refundSucceeds } from './steps.ts';
import { pastTheRules } from './trouble.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

afterEach(async () => {
  await world().control('DELETE', 'faults');
});

async function isInspected(its: OpenReturn): Promise<void> {
  await handOver(its);
  await receive(its);
  await inspect(its);
}

/** The provider decides on a refund; its webhook gets lost, or reaches the process as the inbox sends it. */
const turn = (its: OpenReturn, status: 'succeeded' | 'failed', refund = 'S1-1') =>
  world().control('POST', `refunds/${its.rma}:refund:${refund}/turn`, { status });

async function hearOf(its: OpenReturn, status: 'succeeded' | 'failed', refund = 'S1-1'): Promise<void> {
  const { providerId } = (await its.state()).refunds[refund] ?? {};
  await its.signal(
    { type: 'refund_update', refund, status, providerId: providerId ?? '' },
    `stripe:${refund}:${status}`,
  );
}

test('a policy may settle at receipt; inspection and disposition follow', async () => {
  const policy = { refund: { timing: 'receipt', instruments: ['original'], pendingCheck: 'PT24H' } } as const;
  const its = await world().aReturn({ policy });
  await handOver(its);
  await receive(its);
  await refundSucceeds(its);
  expect((await its.state()).items['P1-1']?.stage).toBe('received');
  await inspect(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
});

test('what is worth less than its way back is kept and paid at once', async () => {
  const its = await world().aReturn({ unitPrice: 500 });
  expect(its.decision.events).toContain('kept');
  await hasEnded(its, 'closed', { money: 'full', labels: {}, refunds: oneRefund(500) });
});

test('a refund that fails becomes store credit where the buyer had agreed, and nobody is asked', async () => {
  const its = await world().aReturn({ acceptsStoreCredit: true });
  await handOver(its);
  await receive(its);
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await its.until((state) => state.phase === 'closed');
  // Its bank sends it back.
  const { providerId } = (await its.state()).refunds['S1-1'] ?? {};
  const failed = { type: 'refund_update', refund: 'S1-1', status: 'failed', providerId: providerId ?? '' } as const;
  await its.signal(failed, 'stripe:S1-1:failed');
  await its.until((state) => state.phase === 'closed' && state.refunds['S1-2']?.state === 'succeeded');
  expect((await its.state()).refunds['S1-2']).toMatchObject({ to: 'store_credit', amount: 4505 });
  expect((await its.state()).attention).toEqual({});
});

test('store credit moves no money at the provider', async () => {
  const its = await world().aReturn({ instrument: 'store_credit' });
  await complete(its);
  await hasEnded(its, 'closed', { money: 'full', refunds: {} });
  const credit = await world().pool.query(
    `SELECT sum(amount)::int AS amount FROM money_entries WHERE process = $1 AND credit = 'store_credit_liability'`,
    [`return:${its.rma}`],
  );
  expect(credit.rows).toEqual([{ amount: 4505 }]);
});

test('a pending refund is settled by its webhook, which may come twice', async () => {
  const its = await world().aReturn({ refunds: 'hold' });
  await isInspected(its);
  await its.until((state) => state.refunds['S1-1']?.state === 'requested');
  expect(await confirm(its, 'P1-1')).toMatchObject({ goods: 'disposed', money: 'none' });
  await turn(its, 'succeeded');
  await hearOf(its, 'succeeded');
  await hearOf(its, 'succeeded');
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
});

test('a pending refund of which nobody hears is asked for, until it is settled', async () => {
  const its = await world().aReturn({ refunds: 'hold' });
  await isInspected(its);
  await its.until((state) => state.refunds['S1-1']?.state === 'requested');
  await its.after(
    '25 hours',
    (state) => state.retries['refund:S1-1'] === 1 && state.refunds['S1-1']?.state === 'requested',
  );
  await turn(its, 'succeeded');
  await its.after('25 hours', (state) => state.refunds['S1-1']?.state === 'succeeded');
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('a refund that failed becomes store credit by a person', async () => {
  const its = await world().aReturn({ refunds: 'hold' });
  await isInspected(its);
  await confirm(its, 'P1-1');
  await turn(its, 'failed');
  await hearOf(its, 'failed');
  await its.until((state) => Object.keys(state.attention).length > 0);
  expect(await its.resolve('refund_failed', 'store_credit')).toMatchObject({ goods: 'closed', money: 'full' });
  await hasEnded(its, 'closed', { refunds: { 'refund:S1-1': { count: 1, amount: 0 } } });
});

test('a refund that a bank sends back after the closing opens the return again, and is paid anew', async () => {
  const its = await world().aReturn();
  await complete(its);
  await its.until((state) => state.phase === 'closed');
  await turn(its, 'failed');
  await hearOf(its, 'failed');
  await its.until((state) => Object.keys(state.attention).length > 0);
  await its.resolve('refund_failed', 'retry');
  await hasEnded(its, 'closed', {
    money: 'full',
    refunds: { 'refund:S1-1': { count: 1, amount: 0 }, ...oneRefund(4505, 'S1-2') },
  });
});

test('a payment provider that is away for long is a matter for a person, and nothing is paid twice', async () => {
  const its = await world().aReturn();
  await handOver(its);
  await world().control('PUT', 'faults', { payment: { errorRate: 1 } });
  await receive(its);
  await inspect(its);
  await its.after('45 minutes', (state) => Object.keys(state.attention).length > 0);
  expect(Object.values((await its.state()).attention)).toMatchObject([{ reason: 'payment_unavailable' }]);
  await world().control('DELETE', 'faults');
  await its.resolve('payment_unavailable', 'retry');
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('two returns of one order never take more from a payment than it holds', async () => {
  const order = await world().anOrder({ quantity: 2, captured: [6000, 4000] });
  const [one, other] = [await world().returnOf(order), await world().returnOf(order)];
  await complete(one);
  await hasEnded(one, 'closed', { refunds: oneRefund(4505) });
  await isInspected(other);
  expect(await other.events('payments_refreshed')).toHaveLength(1);
  await refundSucceeds(other, 'S1-1');
  await refundSucceeds(other, 'S1-2');
  await confirm(other, 'P1-1');
  await hasEnded(other, 'closed', { refunds: { ...oneRefund(1495), ...oneRefund(3010, 'S1-2') } });
});

test('ledgers that disagree at the closing keep a return open until a person has mended them', async () => {
  const its = await world().aReturn();
  await isInspected(its);
  await refundSucceeds(its);
  const asIfRestored = (sql: string) => pastTheRules(world().pool, (query) => query(sql));
  await asIfRestored(
    `INSERT INTO stock_entries (process, version, entry, from_account, to_account, facility, sku, owner, quantity, item)
     VALUES ('return:${its.rma}', 1, 'stray', 'customer', 'quarantine', 'returns-test', 'KETTLE', 'ours', 1, 'P1-1')`,
  );
  await confirm(its, 'P1-1');
  expect((await its.state()).disagreements).toEqual(['quarantine:KETTLE 1']);
  // Tried too early, it stays where it was, with what was found this time.
  await its.resolve('reconciliation', 'retry').catch(() => undefined);
  await its.until((state) => state.disagreements.length > 0 && Object.keys(state.attention).length === 1);
  await asIfRestored(`DELETE FROM stock_entries WHERE process = 'return:${its.rma}' AND entry = 'stray'`);
  expect(await its.resolve('reconciliation', 'retry')).toMatchObject({ goods: 'closed' });
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('a valuable return waits for a person, who lets it through', async () => {
  const its = await world().aReturn({ unitPrice: 60_000 });
  expect(its.decision).toMatchObject({ goods: 'in_review', attention: ['review'] });
  expect(await its.refusal({ type: 'receive', parcel: null, contents: [], partial: false })).toMatchObject({
    code: 'not_authorized',
  });
  const reviewed = await its.tell({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N1' }] });
  expect(reviewed).toMatchObject({ attention: [] });
  await complete(its);
  await hasEnded(its, 'closed', { refunds: oneRefund(59_505) });
});

test('or declines it, and its units are free again', async () => {
  const order = await world().anOrder({ unitPrice: 60_000 });
  const its = await world().returnOf(order);
  await its.tell({ type: 'review', decisions: [{ line: 'L1', approve: false, note: 'N1' }] });
  await hasEnded(its, 'declined', { labels: {} });
  const again = await world().returnOf(order);
  expect(again.decision).toMatchObject({ goods: 'in_review' });
  await again.tell({ type: 'cancel', note: null });
  await hasEnded(again, 'cancelled', { labels: {} });
});

test('a final sale is declined at once; a named person lets it back in, and it opens again', async () => {
  const its = await world().aReturn({ finalSale: true, country: 'US' });
  expect(its.decision).toMatchObject({ goods: 'declined' });
  await hasEnded(its, 'declined', { labels: {} });
  await its.tell({ type: 'override', decisions: [{ line: 'L1', approve: true, note: 'N1' }] });
  await complete(its);
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
});
