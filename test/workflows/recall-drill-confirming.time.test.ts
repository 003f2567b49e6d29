import { expect, test } from 'vitest';
import { recallDrillWorkflowType } from '../../workflows/recall-drill/messages.ts';
import { recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import { shipped } from './recalls.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

test('a drill whose facilities never confirm ends once their time is over', async () => {
  const { pool, db, client, taskQueue } = world();
  await shipped(pool, 'L-UNSOUGHT', ['store']);
  await pool.query(
    `WITH made AS (INSERT INTO facilities (id, name, zone, street1, city, zip, country) VALUES ('RC-U', 'RC-U', 'UTC', '', '', '', 'DE') RETURNING id)
      INSERT INTO lot_receipts (reference, line, facility, sku, lot, quantity, received_at)
      SELECT 'PO-UNSOUGHT', '1', id, 'KETTLE', 'L-UNSOUGHT', 9, now() - interval '30 days' FROM made`,
  );
  await pool.query(
    `INSERT INTO recall_drill_schedules (id, name, every, time_zone, sku, lot, depth, tell, created_by, confirm_within)
      VALUES ('D2', 'Drills', 'P9D', 'UTC', 'KETTLE', 'L-UNSOUGHT', 'retail', '{}', 'test', 'PT1H')`,
  );
  const workflowId = 'recall-drill:D2-unsought';
  const handle = await client.workflow.start(recallDrillWorkflowType, {
    workflowId,
    taskQueue,
    args: [{ schedule: 'D2' }],
  });
  await handle.result();
  const { startTime, closeTime } = await handle.describe();
  const lasted = (closeTime?.getTime() ?? 0) - startTime.getTime();
  expect(lasted).toBeGreaterThan(3_600_000);
  expect(lasted).toBeLessThan(2 * 3_600_000);
  const drill = await db.recallDrill.findUniqueOrThrow({ where: { run: workflowId } });
  expect(drill).toMatchObject({ state: 'scored', overdue: false });
  const number = drill.recall ?? '';
  await client.workflow.getHandle(`recall:${number}`).result();
  await client.workflow.getHandle(recallWaveWorkflowId(number, 1)).result();
  const { rows } = await pool.query(
    `SELECT part->'confirmation' AS confirmation FROM recall_drills, jsonb_array_elements(score->'byFacility') AS part
      WHERE run = $1 AND part->>'facility' = 'RC-U'`,
    [workflowId],
  );
  expect(rows).toMatchObject([{ confirmation: { milliseconds: null, onBooks: 7, found: null } }]);
});
