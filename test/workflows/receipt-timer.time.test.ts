import { expect, test } from 'vitest';
import { skippingTime } from './servers.ts';
import {
  complete,
  confirm,
  handOver,
  hasEnded,
  hasLabel,
  inspect,
  oneRefund,
  receive,
  refundSucceeds,
  usedLabel,
  voidedLabel,
} from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });
/** 50.00 less 4.95 for the way back. */
const paid = 4505;

test('a return runs from its request to its closing', async () => {
  const its = await world().aReturn();
  expect(its.decision.events).toContain('authorized');
  await complete(its);
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(paid) });
});

test('the buyer is reminded twice, then a person is told, until the goods come', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  await its.after('8 days', (state) => state.schedule.reminders.length === 1);
  await its.after('5 days', (state) => state.schedule.reminders.length === 0);
  await its.after('3 days', (state) => state.escalated);
  const late = await its.state();
  expect(Object.values(late.attention).map(({ reason }) => reason)).toEqual(['receipt_late']);
  await handOver(its);
  expect((await its.state()).attention).toEqual({});
  await complete(its);
  await hasEnded(its, 'closed', { refunds: oneRefund(paid) });
  const reminded = await its.events('receipt_reminded');
  const { schedule } = (await its.events('authorized'))[0] ?? {};
  expect(reminded.map(({ due }) => due)).toEqual(schedule?.reminders);
});

test('a person who has seen that goods are late lets the timer run on', async () => {
  const its = await world().aReturn();
  await its.after('16 days', (state) => state.escalated);
  expect(await its.resolve('receipt_late', 'acknowledge')).toMatchObject({ attention: [], goods: 'collecting' });
  await its.after('7 days', (state) => state.phase === 'closed');
  await hasEnded(its, 'expired', { money: 'none', labels: voidedLabel });
});

test('a return that nobody hands over expires, and its label is given back', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  await its.after('22 days', (state) => state.phase === 'closed');
  await hasEnded(its, 'expired', { money: 'none', labels: voidedLabel });
  const held = await world().pool.query('SELECT FROM unit_holds WHERE rma = $1 AND NOT isempty(units)', [its.rma]);
  expect(held.rowCount).toBe(0);
});

test('an extension moves reminders, escalation and expiry', async () => {
  const its = await world().aReturn();
  await its.after('16 days', (state) => state.escalated);
  const now = Date.parse(await its.now());
  const day = (n: number) => new Date(now + n * 86_400_000).toISOString();
  await its.tell({
    type: 'extend',
    schedule: { reminders: [day(10)], escalation: day(20), expiry: day(30) },
    note: 'N1',
  });
  await its.after('15 days', (state) => state.schedule.reminders.length === 0);
  expect((await its.state()).phase).toBe('open');
  expect(await its.events('receipt_reminded')).toHaveLength(3);
  await its.after('6 days', (state) => state.escalated);
  await its.after('10 days', (state) => state.phase === 'closed');
  await hasEnded(its, 'expired', { labels: voidedLabel });
});

test('an extension that repeats an escalation which has passed escalates again at once, and once', async () => {
  const its = await world().aReturn();
  await its.after('16 days', (state) => state.escalated);
  const { schedule } = await its.state();
  const expiry = new Date(Date.parse(await its.now()) + 30 * 86_400_000).toISOString();
  await its.tell({ type: 'extend', schedule: { ...schedule, expiry }, note: 'N1' });
  await its.after('1 hour', (state) => state.escalated);
  expect(await its.events('receipt_escalated')).toHaveLength(2);
  await its.tell({ type: 'cancel', note: null });
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('the first scan ends the receipt timer', async () => {
  const its = await world().aReturn();
  await its.skip('20 days');
  await handOver(its);
  await its.skip('5 days');
  expect((await its.state()).hasExpired).toBe(false);
  await complete(its);
  await hasEnded(its, 'closed', { refunds: oneRefund(paid) });
});

test('a parcel that arrives after expiry opens the return again, and its journal goes on', async () => {
  const its = await world().aReturn();
  await its.after('23 days', (state) => state.phase === 'closed');
  const before = await its.journal();
  expect(await receive(its)).toMatchObject({ goods: 'received', version: before.length + 1 });
  expect((await its.journal()).slice(0, before.length)).toEqual(before);
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { money: 'full', labels: voidedLabel, refunds: oneRefund(paid) });
});

test('so does a signal that nobody waits for', async () => {
  const its = await world().aReturn();
  await its.after('23 days', (state) => state.phase === 'closed');
  await its.signal({ type: 'receive', parcel: 'P1', contents: [{ sku: 'KETTLE', quantity: 1 }], partial: false });
  await its.until((state) => Object.keys(state.items).length === 1);
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { labels: voidedLabel, refunds: oneRefund(paid) });
});

test('a late scan of an expired return is noted, and changes nothing else', async () => {
  const its = await world().aReturn();
  await its.after('23 days', (state) => state.phase === 'closed');
  await its.signal({ type: 'track', parcel: 'P1', status: 'in_transit', at: await its.now() });
  await its.until((state) => state.parcels['P1']?.tracking === 'in_transit');
  await hasEnded(its, 'expired', { labels: voidedLabel });
});

test('late goods whose units another return took meanwhile wait for a person, and are paid once', async () => {
  const order = await world().anOrder();
  const first = await world().returnOf(order);
  await first.after('23 days', (state) => state.phase === 'closed');
  const second = await world().returnOf(order, { reason: 'defective' });
  expect(second.decision.events).toContain('authorized');
  await receive(first);
  await first.until((state) => Object.keys(state.attention).length > 0);
  await inspect(first);
  expect(await first.resolve('units_not_held', 'reject')).toMatchObject({ money: 'none', attention: [] });
  expect((await first.state()).items['P1-1']?.choice?.disposition).toBe('return_to_customer');
  await confirm(first, 'P1-1');
  await hasEnded(first, 'closed', { money: 'none', labels: voidedLabel });
  await complete(second);
  await hasEnded(second, 'closed', { labels: usedLabel, refunds: oneRefund(5000) });
});
