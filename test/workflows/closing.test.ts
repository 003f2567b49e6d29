import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { numberOf } from '../../activities/journal/process.ts';
import { type HistoryEvent, historyOf } from './history.ts';
import type { OpenReturn } from './returns.ts';
import { realTime } from './servers.ts';
import { confirm, handOver, hasEnded, inspect, oneRefund, receive, refundSucceeds } from './steps.ts';
import { until } from './trouble.ts';
import { aWorld } from './world.ts';

/** Told when a return's closing is in the journal, and the workflow task that closes its run isn't completed yet. */
const closing = new Map<string, () => void>();

const world = aWorld({
  server: realTime,
  activities: (real) => ({
    ...real,
    append: async (input) => {
      const result = await real.append(input);
      const closes = input.items.some(({ events }) => events.some(({ type }) => type === 'closed'));
      const tell = closes ? closing.get(numberOf(input.process)) : undefined;
      if (tell !== undefined) {
        closing.delete(numberOf(input.process));
        tell();
        await sleep(500);
      }
      return result;
    },
  }),
});

/** A return that a last confirmation closes, and the moment in which it does. */
async function almostClosed(): Promise<{ its: OpenReturn; whenClosing: Promise<void> }> {
  const its = await world().aReturn();
  await handOver(its);
  await receive(its);
  await inspect(its);
  await refundSucceeds(its);
  return { its, whenClosing: new Promise((tell) => closing.set(its.rma, tell)) };
}

async function failuresOf(its: OpenReturn): Promise<HistoryEvent[]> {
  const { workflowId } = its.handle();
  const runs = [...world().runs].filter(([, id]) => id === workflowId).map(([run]) => run);
  const histories = await Promise.all(runs.map((run) => historyOf(world().env, workflowId, run)));
  return histories.flatMap(({ events }) => events ?? []).filter((event) => event.workflowTaskFailedEventAttributes);
}

const times = async (its: OpenReturn, ids: readonly string[]): Promise<number[]> => {
  const rows = await its.journal();
  return ids.map((id) => rows.filter((row) => row.commandId === id).length);
};

const unhandledCommand = 1;
const late = { type: 'track', parcel: 'P1', status: 'delivered', at: '2026-01-01T00:00:00.000Z' } as const;

// The server doesn't let a run end that has a message waiting: it fails the task, and the closing is done again.
test('what is signalled while a return closes is taken once, and so is all that its task had done', async () => {
  const { its, whenClosing } = await almostClosed();
  const confirmed = its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'A-01-02' }, 'confirmed');
  // Its answer was in the task that failed; the API asks again with the same commandId.
  const answered = confirmed.catch(() => its.tell({ type: 'sync' }, 'confirmed'));
  await whenClosing;
  await its.signal(late, 'late-1');
  await its.signal(late, 'late-2');
  await answered;
  await until(async () => (await times(its, ['late-1', 'late-2'])).every((count) => count === 1));
  const failures = await failuresOf(its);
  expect(failures.map((event) => event.workflowTaskFailedEventAttributes?.cause)).toContain(unhandledCommand);
  expect(await times(its, ['confirmed', 'late-1', 'late-2'])).toEqual([1, 1, 1]);
  expect(await its.events('closed')).toHaveLength(1);
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
});

test('what is told by an update while a return closes is answered once', async () => {
  const { its, whenClosing } = await almostClosed();
  const confirmed = confirm(its, 'P1-1');
  await whenClosing;
  const tell = () => its.tell({ type: 'sync' }, 'late');
  await tell().catch(tell);
  await confirmed.catch(() => undefined);
  expect(await times(its, ['late'])).toEqual([1]);
  expect(await its.events('closed')).toHaveLength(1);
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
});
