import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { describe, expect, test } from 'vitest';
import { unavailable } from '../../activities/failures.ts';
import { numberOf } from '../../activities/journal/process.ts';
import { type HistoryEvent, historyOf, replayAll } from './history.ts';
import { type AskedReturn, askFor } from './returns.ts';
import { realTime } from './servers.ts';
import { hasEnded, voidedLabel } from './steps.ts';
import { until } from './trouble.ts';
import { aWorld, type World } from './world.ts';

/** How long the carrier takes for each call of a return's quick attempts, and whether it answers then. */
type Slowness = { readonly voidMs: number; readonly cancelMs: number; readonly answers: boolean };
const slow = new Map<string, Slowness>();

/** An append that makes the effects due: their quick attempts begin when half of the task's time is gone. */
const slowAppendMs = 2_000;

async function slowly(reference: string, ms: 'voidMs' | 'cancelMs'): Promise<void> {
  const its = slow.get(reference.split(':')[0] ?? '');
  if (its === undefined || !Context.current().info.isLocal) return;
  await sleep(its[ms]);
  if (!its.answers) throw unavailable('carrier.unavailable', 'timeout');
}

const worldOf = (maxCachedWorkflows: number) =>
  aWorld({
    server: realTime,
    maxCachedWorkflows,
    activities: (real) => ({
      ...real,
      append: async (input) => {
        if (slow.has(numberOf(input.process)) && input.items.some(({ command }) => command === 'cancel'))
          await sleep(slowAppendMs);
        return await real.append(input);
      },
      voidLabel: async (request) => {
        await slowly(request.reference, 'voidMs');
        return await real.voidLabel(request);
      },
      cancelPickup: async (request) => {
        await slowly(request.reference, 'cancelMs');
        return await real.cancelPickup(request);
      },
    }),
  });

/** A return with a label and a pickup, whose tasks are soon given again: after 80 % of this. */
async function aPickup(world: World): Promise<AskedReturn> {
  const impatient = { ...world, workflowTaskTimeout: '4s' };
  const its = await askFor(impatient, await world.anOrder(), { method: 'pickup' });
  await its.until((state) => state.pickups['K1']?.state === 'booked');
  return its;
}

/** What is told to a return in the meantime: half of it by people who wait for an answer, asking again as the API does. */
async function tellMuch(its: AskedReturn, count: number, pauseMs: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `told-${index}`);
  const answers: Promise<unknown>[] = [];
  for (const [index, id] of ids.entries()) {
    if (index % 2 === 0) {
      const tell = () => its.tell({ type: 'sync' }, id);
      answers.push(tell().catch(tell));
    } else {
      await its.signal({ type: 'track', parcel: 'P1', status: 'pre_transit', at: new Date(index).toISOString() }, id);
    }
    await sleep(pauseMs);
  }
  await Promise.all(answers);
  return ids;
}

async function eventsOf(world: World, its: AskedReturn): Promise<HistoryEvent[]> {
  const { workflowId } = its.handle();
  const ofIt = [...world.runs].filter(([, id]) => id === workflowId);
  const histories = await Promise.all(ofIt.map(([runId]) => historyOf(world.env, workflowId, runId)));
  const named = histories.map((history) => ({ workflowId, history }));
  expect(await replayAll(world.bundle, named, 0)).toEqual([]);
  return histories.flatMap((history) => history.events ?? []);
}

// A task that waits longer for a carrier is given again, with what has come since, and a replay hears of the carrier's
// answer earlier than the run did. The world replays every run in the end, here each is also replayed without a cache.
describe.each([500, 0])('with %i runs kept', (maxCachedWorkflows) => {
  const world = worldOf(maxCachedWorkflows);

  test.each([
    ['answers late, twice', { voidMs: 2_300, cancelMs: 1_700, answers: true }],
    ['fails late, twice', { voidMs: 2_300, cancelMs: 1_700, answers: false }],
    ['fails late and at once', { voidMs: 10, cancelMs: 2_500, answers: false }],
  ] as const)('a carrier that %s loses and doubles nothing that is told meanwhile', async (_, slowness) => {
    const its = await aPickup(world());
    slow.set(its.rma, slowness);
    const cancelled = its.tell({ type: 'cancel', note: null }, 'told-first').catch(() => undefined);
    await sleep(100);
    const ids = await tellMuch(its, 9, 500);
    await cancelled;
    await until(async () => {
      const told = (await its.journal()).map((row) => row.commandId);
      return ['told-first', ...ids].every((id) => told.filter((each) => each === id).length === 1);
    });
    const pickups = { 'pickup:K1': { booked: 1, cancelled: 1 } };
    await hasEnded(its, 'cancelled', { labels: voidedLabel, pickups });
    await eventsOf(world(), its);
  });
});
