import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defaultStrategy } from '../../domain/recall/terms.ts';
import { recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import { historyOf } from './history.ts';
import { aRecall, lotsOf, mailOf, noticesOf, ship, shipped } from './recalls.ts';
import { realTime } from './servers.ts';
import { handOver, inspect, receive } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

const times = (count: number, address = 'store') => Array.from({ length: count }, () => address);

const { mail, mailTo } = mailOf(world);

test('every consignee gets one notice, in waves, after the goods were stopped', async () => {
  const { pool } = world();
  const addresses = await shipped(pool, 'L-FIRST', times(25));
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-FIRST'), { hazardClass: 'I', strategy: { waveSize: 10 } });
  expect(await mail(addresses)).toEqual([]);
  await its.tell({ type: 'launch' });
  const now = await its.until(({ status }) => status === 'notified');
  expect(now).toMatchObject({
    consignees: 25,
    waves: { planned: 3, started: 3, sending: [], ended: 0 },
    stopped: { lots: 1, shippedUnits: 50 },
  });
  expect((await mail(addresses)).map(({ to }) => to).sort()).toEqual([...addresses].sort());
  expect(await noticesOf(pool, its.number)).toEqual({ 'initial sent': 25 });
  const { received, letter } = await mailTo(addresses[1] ?? '');
  expect(received[0]?.messageId).toMatch(/^<[0-9a-f]{40}@/);
  expect(letter).toContain('lang=3D"de"');

  // The wave's history knows counts; whom it wrote to is nowhere in it.
  const wave = world().client.workflow.getHandle(recallWaveWorkflowId(its.number, 1));
  const { runId } = await wave.describe();
  const history = JSON.stringify(await historyOf(world().env, wave.workflowId, runId), (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
  );
  expect(history).not.toContain('stores.example');
  expect(history).not.toContain('S-L-FIRST');

  await its.end();
});

test('a paused recall sends nothing more within seconds, and goes on where it was', async () => {
  const { pool } = world();
  const addresses = await shipped(pool, 'L-PAUSED', times(60));
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-PAUSED'), { strategy: { perMinute: 300 } });
  await its.tell({ type: 'launch' });
  while ((await mail(addresses)).length < 10) await sleep(50);
  await its.tell({ type: 'pause' });
  await sleep(2_500);
  const paused = await mail(addresses);
  expect(paused.length).toBeLessThan(40);
  await sleep(1_500);
  expect(await mail(addresses)).toHaveLength(paused.length);
  await its.tell({ type: 'change_rate', perMinute: 60_000 });
  await its.tell({ type: 'resume' });
  await its.until(({ status }) => status === 'notified');
  expect((await mail(addresses)).map(({ to }) => to).sort()).toEqual([...addresses].sort());
});

test('whom no notice reaches is a person’s to find', async () => {
  const { pool } = world();
  const addresses = await shipped(pool, 'L-BOUNCED', ['store', 'unknown', 'store']);
  await pool.query(`UPDATE contacts SET email = NULL WHERE email = $1`, [addresses[2]]);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-BOUNCED'));
  await its.tell({ type: 'launch' });
  const now = await its.until(({ status }) => status === 'notified');
  expect(Object.values(now.attention).map(({ reason, subject }) => `${reason} ${subject}`)).toEqual([
    'notices_undeliverable W1',
  ]);
  expect(await noticesOf(pool, its.number)).toEqual({ 'initial bounced': 2, 'initial sent': 1 });
});

test('a wider scope writes to the new consignees, and amends what the others were told', async () => {
  const { pool, db } = world();
  const before = await shipped(pool, 'L-WIDE-1', times(3));
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-WIDE-1'));
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  const after = await shipped(pool, 'L-WIDE-2', times(2));
  await ship(pool, 'KETTLE', 'L-WIDE-2', [{ id: 'S-L-WIDE-1-00001', address: '', language: 'en' }]);
  await its.widen(2, lotsOf('KETTLE', 'L-WIDE-1', 'L-WIDE-2'));
  await its.tell({ type: 'widen', scopeVersion: 2 });
  const now = await its.until(({ status, plannedVersion }) => status === 'notified' && plannedVersion === 2);
  expect(now).toMatchObject({ consignees: 5, waves: { planned: 2, started: 2 } });
  expect(await noticesOf(pool, its.number)).toEqual({ 'amended sent': 1, 'initial sent': 5 });
  expect((await mail(before)).map(({ to }) => to).filter((to) => to === before[0])).toHaveLength(2);
  expect(await mail(after)).toHaveLength(2);
  // Each has a position for each of its lots, and the recall's account is their sum.
  const positions = await db.recallPosition.findMany({ where: { recall: its.number }, orderBy: { id: 'asc' } });
  expect(positions.map(({ lot, affected, unaccounted }) => [lot, affected, unaccounted])).toEqual([
    ...times(3).map(() => ['L-WIDE-1', 2, 2]),
    ...times(3).map(() => ['L-WIDE-2', 2, 2]),
  ]);
});

test('a lot is in one recall at a time, and a drill neither holds nor sends', async () => {
  const { pool } = world();
  const addresses = await shipped(pool, 'L-TWICE', times(2));
  const drill = await aRecall(world(), lotsOf('KETTLE', 'L-TWICE'), { mock: true });
  await drill.tell({ type: 'launch' });
  await drill.until(({ status }) => status === 'notified');
  expect(await noticesOf(pool, drill.number)).toEqual({ 'initial withheld': 2 });
  expect(await mail(addresses)).toEqual([]);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-TWICE'));
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  expect(await mail(addresses)).toHaveLength(2);
  const other = await aRecall(world(), lotsOf('KETTLE', 'L-TWICE'));
  await other.tell({ type: 'launch' });
  const now = await other.until(({ attention }) => Object.keys(attention).length > 0);
  expect(Object.values(now.attention).map(({ reason, subject }) => `${reason} ${subject}`)).toEqual([
    `scope_overlaps ${its.number}`,
  ]);
  await other.tell({ type: 'cancel', note: null });
  await other.handle.result();
  expect(await noticesOf(pool, other.number)).toEqual({});
});

test('a recall whose run was ended by an engineer leaves its waves to their end', async () => {
  const { pool } = world();
  await shipped(pool, 'L-KILLED', times(2));
  const soon = { reminders: ['PT3S'], escalation: 'PT4S' } as const;
  const schedules = { ...defaultStrategy.schedules, unclassified: soon };
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-KILLED'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  await its.handle.terminate('by hand');
  await its.waveResult(1);
  expect(await noticesOf(pool, its.number)).toEqual({ 'escalation sent': 2, 'initial sent': 2, 'reminder sent': 2 });
});

test('what is asked back of a stopped lot goes before a person, and a drill changes nothing', async () => {
  const { pool, db } = world();
  const boughtOf = async (lot: string) => {
    const order = await world().anOrder();
    await pool.query('UPDATE order_lines SET lots = ARRAY[$2] WHERE order_id = $1', [order, lot]);
    return order;
  };
  const codesOf = async (order: string) => {
    const { rma } = await world().returnOf(order);
    return (await db.returnLine.findMany({ where: { rma } })).flatMap(({ codes }) => codes);
  };
  await shipped(pool, 'L-STOPPED', ['store']);
  const drill = await aRecall(world(), lotsOf('KETTLE', 'L-STOPPED'), { mock: true });
  await drill.tell({ type: 'launch' });
  await drill.until(({ stoppedVersion }) => stoppedVersion === 1);
  expect(await codesOf(await boughtOf('L-STOPPED'))).not.toContain('under_recall');
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-STOPPED'));
  await its.tell({ type: 'launch' });
  await its.until(({ stoppedVersion }) => stoppedVersion === 1);
  expect(await codesOf(await boughtOf('L-STOPPED'))).toContain('under_recall');
  expect(await codesOf(await boughtOf('L-OTHER'))).not.toContain('under_recall');
});

test('what came back before its recall is kept from the shelf, and a drill touches nothing', async () => {
  const { pool } = world();
  await shipped(pool, 'L-OPEN', ['store']);
  const order = await world().anOrder();
  await pool.query('UPDATE order_lines SET lots = ARRAY[$2] WHERE order_id = $1', [order, 'L-OPEN']);
  const its = await world().returnOf(order);
  await handOver(its);
  await receive(its, 1, { contents: [{ sku: 'KETTLE', quantity: 1, lot: 'L-OPEN' }] });
  await inspect(its);
  const way = async () => (await its.state()).items['P1-1']?.choice?.disposition;
  expect(await way()).toBe('restock');
  const drill = await aRecall(world(), lotsOf('KETTLE', 'L-OPEN'), { mock: true });
  await drill.tell({ type: 'launch' });
  await drill.until(({ status }) => status === 'notified');
  expect(await way()).toBe('restock');

  const recall = await aRecall(world(), lotsOf('KETTLE', 'L-OPEN'));
  await recall.tell({ type: 'launch' });
  await recall.until(({ returnsVersion }) => returnsVersion === 1);
  const now = await its.until(({ attention }) => Object.keys(attention).length > 0);
  expect(now.items['P1-1']).toMatchObject({
    recalled: true,
    choice: { disposition: 'quarantine', vetoes: ['recalled'] },
  });
  expect(Object.values(now.attention)).toMatchObject([{ reason: 'goods_recalled', subject: recall.number }]);
  await expect(its.tell({ type: 'dispose', item: 'P1-1', disposition: 'restock', note: 'N' })).rejects.toThrow();
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N' });
  await its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'CERT-1' });
  await its.until(({ phase }) => phase === 'closed');
});
