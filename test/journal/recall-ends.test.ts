import { expect, test } from 'vitest';
import { liftStopSale } from '../../activities/recalls/lift-stop-sale.ts';
import { recordTermination } from '../../activities/recalls/record-termination.ts';
import { inTransaction } from '../../prisma/client.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal } from './world.ts';

const ends = { terminated: recordTermination, withdrawn: liftStopSale } as const;

test.each(['terminated', 'withdrawn'] as const)(
  'whoever answers, and is checked, while a recall is %s doesn’t stand in its way',
  async (outcome) => {
    const { pool } = await aJournal(4);
    await pool.query(`INSERT INTO consignees (id, kind) VALUES ('K', 'store'); ${aRecallOf('RC')};
      UPDATE recalls SET status = 'closed', launched_at = now(), completed_at = now(), closed_at = now(), outcome = '${outcome}';
      INSERT INTO recall_final_reports SELECT 'RC', now(), encode(sha256(text::bytea), 'hex'), text, 'completed' FROM (VALUES ('{"at":"2026-03-01T09:00:00.000Z","recall":{}}')) AS report(text);
      INSERT INTO recall_waves (recall, wave) VALUES ('RC', 1);
      INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
        VALUES ('RC', 'K', 1, 1, 'planned', 'initial', 1, now());
      INSERT INTO recall_checks (recall, number, consignee, state) VALUES ('RC', 1, 'K', 'open')`);
    let ended: Promise<unknown> = Promise.resolve();
    await inTransaction(pool, async (client) => {
      // As a finding does, and a response: the consignee first, then what is its own.
      await client.query(`SELECT FROM recall_consignees WHERE consignee = 'K' FOR UPDATE`);
      ended = ends[outcome](pool, { recall: 'RC', notice: false });
      const waiting = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      const isWaiting = async () => (await pool.query<{ count: number }>(waiting)).rows[0]?.count;
      await expect.poll(isWaiting, { timeout: 10_000 }).toBe(1);
      await client.query(`INSERT INTO recall_positions (recall, consignee, sku, traced) VALUES ('RC', 'K', 'S', 1)`);
      await client.query(`UPDATE recall_checks SET assignee = 'lead', method = 'phone' WHERE recall = 'RC'`);
    });
    await expect(ended).resolves.toBeDefined();
    const { rows } = await pool.query('SELECT c.state, k.state AS check FROM recall_consignees c, recall_checks k');
    expect(rows).toEqual([
      outcome === 'terminated' ? { state: 'over', check: 'ended' } : { state: 'withdrawn', check: 'withdrawn' },
    ]);
  },
);
