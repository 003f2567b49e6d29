import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defaultStrategy } from '../../domain/recall/terms.ts';
import { recallWorkflowId } from '../../workflows/recall/messages.ts';
import { lookSignal, recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import { returnWorkflowId } from '../../workflows/return/messages.ts';
import { type HistoryEvent, historyOf } from './history.ts';
import { impatient } from './impatient-server.ts';
import { aRecall, lotsOf, noticesOf, shipped, untilNotices } from './recalls.ts';
import type { OpenReturn } from './returns.ts';
import { complete, hasEnded, hasLabel, oneRefund, voidedLabel } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: impatient });

const scan = (index: number) =>
  ({ type: 'track', parcel: 'P1', status: 'pre_transit', at: new Date(index).toISOString() }) as const;

/** Ids of those commands that aren't in the journal exactly once. */
async function lostOrDoubled(its: OpenReturn, ids: readonly string[]): Promise<string[]> {
  const counts = Map.groupBy(await its.journal(), (row) => row.commandId);
  return ids.filter((id) => counts.get(id)?.length !== 1);
}

/** The events of each run of a process, from its first on; their histories are replayed with the others at the end. */
async function runsOf(workflowId: string): Promise<HistoryEvent[][]> {
  const { env, runs } = world();
  const all: HistoryEvent[][] = [];
  let runId = [...runs].find(([, id]) => id === workflowId)?.[0];
  while (runId !== undefined && runId !== '') {
    runs.set(runId, workflowId);
    const events = (await historyOf(env, workflowId, runId)).events ?? [];
    all.push(events);
    runId = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return all;
}

/** Why tasks failed. A task is given again where a message came while it was to end the run; nothing else may happen. */
const failures = (runs: readonly HistoryEvent[][]) =>
  runs.flat().flatMap(({ workflowTaskFailedEventAttributes: failed }) => (failed == null ? [] : [failed.cause]));
const messageCame = 1; // WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND

test('a return continues as new when it is suggested, and drops nothing', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  const ids = Array.from({ length: 180 }, (_, index) => `scan-${index}`);
  for (let at = 0; at < ids.length; at += 12) {
    await Promise.all(ids.slice(at, at + 12).map((id, index) => its.signal(scan(at + index), id)));
  }
  await its.tell({ type: 'sync' });
  expect(await lostOrDoubled(its, ids)).toEqual([]);
  await complete(its);
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
  const runs = await runsOf(returnWorkflowId(its.rma));
  expect(runs.length).toBeGreaterThan(1);
  expect(failures(runs).filter((cause) => cause !== messageCame)).toEqual([]);
});

test('a deadline outlives the run that it was set in', async () => {
  const receipt = { reminders: [], escalation: 'PT9S', expiry: 'PT10S', lostAfter: 'P10D' } as const;
  const its = await world().aReturn({ policy: { receipt } });
  await hasLabel(its);
  for (let index = 0; index < 80; index += 1) await its.signal(scan(index));
  await hasEnded(its, 'expired', { labels: voidedLabel });
  expect((await runsOf(returnWorkflowId(its.rma))).length).toBeGreaterThan(1);
  expect(await its.events('receipt_escalated')).toHaveLength(1);
});

test('updates that keep coming around it are answered, each once', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  const ids = Array.from({ length: 120 }, (_, index) => `update-${index}`);
  const tellUntilAnswered = async (id: string, index: number) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await its.tell(scan(index), id);
      } catch (error) {
        // As the API does: the same commandId under another update.
        if (attempt >= 30) throw error;
        await sleep(50);
      }
    }
  };
  // A server takes ten updates of a run at once; when there are more, it drops the tasks of all of them.
  const left = ids.entries();
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      for (const [index, id] of left) await tellUntilAnswered(id, index);
    }),
  );
  expect(await lostOrDoubled(its, ids)).toEqual([]);
  await complete(its);
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
  const runs = await runsOf(returnWorkflowId(its.rma));
  expect(failures(runs).filter((cause) => cause !== messageCame)).toEqual([]);
  expect(runs.length).toBeGreaterThan(1);
});

test('a wave of a recall continues as new, writes to nobody twice, and reminds at the times of the run before', async () => {
  const { pool, client, runs } = world();
  await shipped(pool, 'L-LONG', ['store', 'store']);
  const soon = { reminders: ['PT8S'], escalation: 'PT9S' } as const;
  const schedules = { ...defaultStrategy.schedules, unclassified: soon };
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-LONG'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  const wave = client.workflow.getHandle(recallWaveWorkflowId(its.number, 1));
  const { runId: first } = await wave.describe();
  runs.set(first, wave.workflowId);
  const isFirst = async () => (await wave.describe()).runId === first;
  for (let look = 0; look < 60 && (await isFirst()); look += 1) {
    await wave.signal(lookSignal);
    await sleep(50);
  }
  await untilNotices(pool, its.number, { 'escalation sent': 2, 'initial sent': 2, 'reminder sent': 2 });
  await its.until(({ waves }) => waves.ended === 1);
  expect((await runsOf(wave.workflowId)).length).toBeGreaterThan(1);
  await its.end();
});

test('a recall of many waves continues as new, starts each once, and is steered all the same', async () => {
  const { pool } = world();
  const stores = Array.from({ length: 24 }, () => 'store');
  await shipped(pool, 'L-MANY', stores);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-MANY'), { strategy: { waveSize: 1, window: 3 } });
  await its.tell({ type: 'launch' });
  await its.until(({ waves }) => waves.started >= 6);
  await its.tell({ type: 'pause' });
  await its.tell({ type: 'resume' });
  const now = await its.until(({ status }) => status === 'notified');
  expect(now.waves).toMatchObject({ planned: 24, started: 24, sending: [] });
  expect(await noticesOf(pool, its.number)).toEqual({ 'initial sent': 24 });
  await its.end();
  const runs = await runsOf(recallWorkflowId(its.number));
  expect(runs.length).toBeGreaterThan(1);
  expect(failures(runs).filter((cause) => cause !== messageCame)).toEqual([]);
});
