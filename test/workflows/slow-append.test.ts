import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { numberOf } from '../../activities/journal/process.ts';
import { historyOf, replayAll } from './history.ts';
import { askFor } from './returns.ts';
import { realTime } from './servers.ts';
import { aWorld } from './world.ts';

/** How long the next appends of a return take. */
const slow = new Map<string, number[]>();

const world = aWorld({
  server: realTime,
  activities: (real) => ({
    ...real,
    append: async (input) => {
      const ms = Context.current().info.isLocal ? slow.get(numberOf(input.process))?.shift() : undefined;
      if (ms !== undefined) await sleep(ms);
      return await real.append(input);
    },
  }),
});

// The timer rings too early, while an append outlasts its task, and before the append ends its deadline has come. Live, the
// task that is given again knows of the ringing at once; a replay hears of it and of the append's end together, at the
// time of the end.
test('a timer that rings during a slow append is replayed as it was heard', async () => {
  // A task that waits for a local activity is given again after 80 % of this.
  const impatient = { ...world(), workflowTaskTimeout: '3s' };
  const its = await askFor(impatient, await world().anOrder(), { method: 'drop_off' });
  await its.until((state) => state.parcels['P1']?.label === 'bought');
  const start = Date.now();
  const extendTo = (ms: number) => {
    const at = new Date(start + ms).toISOString();
    return its.tell({ type: 'extend', schedule: { reminders: [], escalation: at, expiry: at }, note: 'N1' });
  };
  await extendTo(3_000);
  await extendTo(3_700);
  await sleep(start + 800 - Date.now());
  slow.set(its.rma, [1_700, 1_700]);
  await its.signal({ type: 'change_method', method: 'pickup', note: null }, 'slow');
  await its.until((state) => state.pickups['K1'] !== undefined && Date.now() > start + 5_500);
  const { workflowId } = its.handle();
  const history = await historyOf(world().env, workflowId, '');
  expect(await replayAll(world().bundle, [{ workflowId, history }], 0)).toEqual([]);
});
