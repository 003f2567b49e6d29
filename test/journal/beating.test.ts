import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { makeRecalls } from '../../worker/recall-waves.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal } from './world.ts';

test('a stop sale says that it lives while its trace waits', async () => {
  const { pool } = await aJournal();
  await pool.query(aRecallOf('RC'));
  await pool.query(`INSERT INTO recall_scopes (recall, version, scope) VALUES ('RC', 1, '{"lines": []}')`);
  const environment = new MockActivityEnvironment();
  const beat = new Promise((resolve) => environment.on('heartbeat', resolve));
  // Another attempt at the same trace, which was taken for dead.
  const other = await pool.connect();
  try {
    await other.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('trace:RC', 0))`);
    const placed = environment.run(() => makeRecalls(pool).placeStopSale({ recall: 'RC', scopeVersion: 1 }));
    await beat;
    await other.query('COMMIT');
    expect(await placed).toMatchObject({ type: 'stop_sale_placed', lots: 0 });
  } finally {
    other.release();
  }
});
