import { expect, test } from 'vitest';
import { recallDrillWorkflowType } from '../../workflows/recall-drill/messages.ts';
import { recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import { noticesOf, shipped } from './recalls.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

/** Nothing that a drill would write to is ever reached: its recall looks as if it were still notifying. */
const world = aWorld({
  server: skippingTime,
  activities: (real) => ({
    ...real,
    drillStands: async (input) => ({ ...(await real.drillStands(input)), status: 'notifying', mustYield: false }),
  }),
});

test('a drill that doesn’t come to its end is ended all the same', async () => {
  const { pool, db, client, taskQueue } = world();
  await shipped(pool, 'L-OVERDUE', ['store', 'store']);
  await pool.query(
    `INSERT INTO recall_drill_schedules (id, name, every, time_zone, sku, lot, depth, tell, created_by)
      VALUES ('D1', 'Drills', 'P1D', 'UTC', 'KETTLE', 'L-OVERDUE', 'retail', '{}', 'test')`,
  );
  const workflowId = 'recall-drill:D1-overdue';
  await client.workflow.execute(recallDrillWorkflowType, { workflowId, taskQueue, args: [{ schedule: 'D1' }] });
  const drill = await db.recallDrill.findUniqueOrThrow({ where: { run: workflowId } });
  expect(drill).toMatchObject({ state: 'scored', overdue: true });
  const number = drill.recall ?? '';
  await client.workflow.getHandle(`recall:${number}`).result();
  // A run that is left open would hold the clock of the tests that come after.
  await client.workflow.getHandle(recallWaveWorkflowId(number, 1)).result();
  expect(await db.recall.findUnique({ where: { number } })).toMatchObject({ status: 'closed', outcome: 'withdrawn' });
  expect(await noticesOf(pool, number)).toEqual({ 'initial withheld': 2 });
});
