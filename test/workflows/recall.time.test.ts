import { expect, test } from 'vitest';
import { aRecall, lotsOf, noticesOf, shipped } from './recalls.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

const schedules = {
  I: { reminders: ['P1D', 'P2D'], escalation: 'P3D' },
  II: { reminders: ['P3D'], escalation: 'P14D' },
  III: { reminders: [], escalation: 'P30D' },
  unclassified: { reminders: ['P2D', 'P5D'], escalation: 'P7D' },
} as const;

/** Waits until the notices are these: the clock stands still meanwhile, as nothing else is waited for. */
async function untilNotices(number: string, wanted: Readonly<Record<string, number>>): Promise<void> {
  let found: Readonly<Record<string, number>> = {};
  for (let attempt = 0; attempt < 400; attempt += 1) {
    found = await noticesOf(world().pool, number);
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(found).toEqual(wanted);
}

/** Brings a recall to its end: an open run would hold the clock of the tests that come after. */
async function end(its: Awaited<ReturnType<typeof aRecall>>): Promise<void> {
  await its.tell({ type: 'complete' });
  await its.until(({ waves }) => waves.ended === 1);
  await its.tell({ type: 'terminate' });
  await its.handle.result();
}

test('who doesn’t answer is reminded at the times of the class, and then left to a person', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-SILENT', ['store', 'store', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-SILENT'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  await skip('47h');
  await untilNotices(its.number, { 'initial sent': 3 });
  await skip('2h');
  await untilNotices(its.number, { 'initial sent': 3, 'reminder sent': 3 });
  // Of class I the second reminder was due two days after the first notice: that is now.
  await its.tell({ type: 'set_class', hazardClass: 'I' });
  await untilNotices(its.number, { 'initial sent': 3, 'reminder sent': 6 });
  await skip('24h');
  await untilNotices(its.number, { 'escalation sent': 3, 'initial sent': 3, 'reminder sent': 6 });
  const now = await its.until(({ waves }) => waves.ended === 1);
  expect(Object.values(now.attention).map(({ reason, subject }) => `${reason} ${subject}`)).toEqual([
    'consignees_silent W1',
  ]);
  const { rows } = await pool.query('SELECT DISTINCT state FROM recall_consignees WHERE recall = $1', [its.number]);
  expect(rows).toEqual([{ state: 'silent' }]);
  await end(its);
});

test('nobody is reminded while it is paused, nor once it is completed', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-CALM', ['store', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-CALM'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  await its.tell({ type: 'pause' });
  await skip('49h');
  await untilNotices(its.number, { 'initial sent': 2 });
  await its.tell({ type: 'resume' });
  await untilNotices(its.number, { 'initial sent': 2, 'reminder sent': 2 });
  await its.tell({ type: 'complete' });
  await its.until(({ waves }) => waves.ended === 1);
  await skip('10d');
  await untilNotices(its.number, { 'initial sent': 2, 'reminder sent': 2 });
  await its.tell({ type: 'terminate' });
  await its.handle.result();
});

test('a mailbox that is busy is tried again', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-BUSY', ['busy', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-BUSY'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await untilNotices(its.number, { 'initial failed': 1, 'initial sent': 1 });
  expect((await its.state()).status).toBe('notifying');
  await skip('16m');
  await its.until(({ status }) => status === 'notified');
  expect(await noticesOf(pool, its.number)).toEqual({ 'initial sent': 2 });
  await end(its);
});
