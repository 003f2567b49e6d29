import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import { aRecall, lotsOf, mailOf, noticesOf, shipped } from './recalls.ts';
import { realTime } from './servers.ts';
import { handOver, inspect, receive } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });
const { mail, mailTo } = mailOf(world);

const once = { reminders: [], escalation: 'PT1S' } as const;
/** All that is due is due at once. */
const soon = { I: once, II: once, III: once, unclassified: once };

test('a recall that was launched in error is withdrawn: goods go their way, and only who was written to hears of it', async () => {
  const { pool, db } = world();
  const addresses = await shipped(
    pool,
    'L-ERROR',
    Array.from({ length: 30 }, () => 'store'),
  );
  const order = await world().anOrder();
  await pool.query('UPDATE order_lines SET lots = ARRAY[$2] WHERE order_id = $1', [order, 'L-ERROR']);
  const back = await world().returnOf(order);
  await handOver(back);
  await receive(back, 1, { contents: [{ sku: 'KETTLE', quantity: 1, lot: 'L-ERROR' }] });
  await inspect(back);
  const way = async () => (await back.state()).items['P1-1']?.choice?.disposition;
  expect(await way()).toBe('restock');

  const strategy = { perMinute: 300, waveSize: 5, window: 2 };
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-ERROR'), { hazardClass: 'I', strategy });
  await its.tell({ type: 'launch' });
  await its.until(({ returnsVersion }) => returnsVersion === 1);
  expect(await way()).toBe('quarantine');
  while ((await mail(addresses)).length < 7) await sleep(50);
  await its.tell({ type: 'pause' });
  await its.tell({ type: 'withdraw', note: 'N' });
  await its.handle.result();
  expect(await its.state()).toMatchObject({
    outcome: 'withdrawn',
    withdrawal: { lifted: true, released: true, told: true },
  });
  expect(await way()).toBe('restock');

  const counts = async () =>
    (await noticesOf(pool, its.number)) as { 'initial sent': number; 'withdrawn sent'?: number };
  for (let now = await counts(); now['withdrawn sent'] !== now['initial sent']; now = await counts()) await sleep(100);
  const sent = (await counts())['initial sent'];
  expect(sent).toBeLessThan(30);
  await sleep(1_500);
  expect(await counts()).toEqual({ 'initial sent': sent, 'withdrawn sent': sent });
  const states = await db.recallConsignee.groupBy({ by: ['state', 'nextDue'], where: { recall: its.number } });
  expect(states).toEqual([{ state: 'withdrawn', nextDue: null }]);
  // Half of the stores read English, whoever of them was written to.
  const told = (await mail(addresses)).find(({ subject }) => subject.startsWith('Withdrawn: Product recall: Kettle'));
  const { letter } = await mailTo(told?.to ?? '');
  expect(letter).toContain('was an error');
  expect(letter).not.toContain('/respond/');

  // Its lot is free for whoever recalls it rightly, and that recall is withdrawn once all its waves have ended.
  const next = await aRecall(world(), lotsOf('KETTLE', 'L-ERROR'), { strategy: { schedules: soon } });
  await next.tell({ type: 'launch' });
  await next.until(({ waves }) => waves.planned > 0 && waves.ended === waves.planned);
  expect(await way()).toBe('quarantine');
  await next.tell({ type: 'withdraw', note: 'N' });
  await next.handle.result();
  const all = async () => (await noticesOf(pool, next.number))['withdrawn sent'];
  while ((await all()) !== addresses.length) await sleep(100);
});

test('a drill that is withdrawn writes to nobody', async () => {
  const { pool } = world();
  const addresses = await shipped(pool, 'L-DRILL', ['store', 'store', 'store']);
  const drill = await aRecall(world(), lotsOf('KETTLE', 'L-DRILL'), { mock: true });
  await drill.tell({ type: 'launch' });
  await drill.until(({ status }) => status === 'notified');
  await drill.tell({ type: 'withdraw', note: 'N' });
  await drill.handle.result();
  const wave = world().client.workflow.getHandle(recallWaveWorkflowId(drill.number, 1));
  await wave.result();
  expect(await noticesOf(pool, drill.number)).toEqual({ 'initial withheld': 3 });
  expect(await mail(addresses)).toEqual([]);
});
