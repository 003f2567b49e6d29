import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aRecall, lotsOf, mailOf, noticesOf, shipped } from './recalls.ts';
import { realTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });
const { mail, mailTo } = mailOf(world);

test('whoever was written to hears that a recall is over where that is wanted, and nobody waits for anything any more', async () => {
  const { pool, db } = world();
  const addresses = await shipped(pool, 'L-OVER', ['store', 'unknown', 'store', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-OVER'), { hazardClass: 'II' });
  await its.tell({ type: 'launch' });
  await its.until(({ status, draws }) => status === 'notified' && draws.made === 1);
  await db.recallConsignee.update({
    where: { recall_consignee: { recall: its.number, consignee: 'S-L-OVER-00003' } },
    data: { state: 'responded', dueKind: null, dueNumber: null, nextDue: null },
  });
  await its.tell({ type: 'complete' });
  await its.until(({ waves }) => waves.ended === 1);
  await its.tell({ type: 'terminate', notice: true });
  await its.handle.result();

  const told = async () => (await noticesOf(pool, its.number))['terminated sent'];
  while ((await told()) !== 3) await sleep(50);
  expect(await noticesOf(pool, its.number)).toEqual({ 'initial bounced': 1, 'initial sent': 3, 'terminated sent': 3 });
  const consignees = await db.recallConsignee.findMany({
    where: { recall: its.number },
    orderBy: { consignee: 'asc' },
  });
  const waiting = async () => await db.recallConsignee.count({ where: { recall: its.number, nextDue: { not: null } } });
  while ((await waiting()) > 0) await sleep(50);
  // What is known of each stays: who answered, whom no notice reached, and who did neither.
  expect(consignees.map(({ state }) => state)).toEqual(['over', 'undeliverable', 'responded', 'over']);
  const subjects = (await mail(addresses))
    .map(({ subject }) => subject)
    .filter((subject) => !/^URGENT|^DRING/.test(subject));
  expect(subjects.sort()).toEqual([
    `Ended: Product recall: Kettle <1.7 l> (${its.number})`,
    `Ended: Product recall: Kettle <1.7 l> (${its.number})`,
    `Ended: Product recall: Kettle <1.7 l> (${its.number})`,
  ]);
  const { letter } = await mailTo(addresses[0] ?? '');
  expect(letter).toContain('it is over');
  expect(letter).not.toContain('/respond/');
  const checks = await db.recallCheck.findMany({ where: { recall: its.number } });
  expect([...new Set(checks.map(({ state }) => state))]).toEqual(['ended']);
  const reports = await db.recallFinalReport.findMany({ where: { recall: its.number }, orderBy: { stage: 'asc' } });
  expect(reports.map(({ stage }) => stage)).toEqual(['completed', 'terminated']);
});
