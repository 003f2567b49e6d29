import type { Pool } from 'pg';
import { whileNoneCounts } from './confirmations/turns.ts';
import { inLongTransaction, longQuery } from './long-transaction.ts';
import type { Recalls } from './port.ts';
import { endConfirmations, endTasks } from './tasks.ts';

/**
 * Lets the goods of a withdrawn recall be sold again: its stop sale stays as a record of when it was placed and lifted. Checks that
 * nobody has made yet are withdrawn, and consignees of waves that never started are not written to.
 */
export const liftStopSale = (pool: Pool, { recall }: Parameters<Recalls['liftStopSale']>[0]) =>
  inLongTransaction(pool, async (client): ReturnType<Recalls['liftStopSale']> => {
    await whileNoneCounts(client, recall);
    // Consignees before their checks, as whoever says what a check found has them.
    await longQuery(
      client,
      `UPDATE recall_consignees c SET state = 'withdrawn', due_kind = NULL, due_number = NULL, next_due = NULL
        FROM recall_waves w WHERE c.recall = $1 AND w.recall = c.recall AND w.wave = c.wave AND w.started_at IS NULL
          AND c.last_sent_at IS NULL`,
      [recall],
    );
    await longQuery(client, `UPDATE recall_checks SET state = 'withdrawn' WHERE recall = $1 AND state = 'open'`, [
      recall,
    ]);
    await endConfirmations(client, recall);
    await endTasks(client, recall);
    // Waits for a stop sale that is being placed; one that comes after it finds the recall closed. Last, as whoever puts goods
    // away waits meanwhile.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('stop_sales'))`);
    await longQuery(client, 'UPDATE stop_sales SET lifted_at = now() WHERE recall = $1 AND lifted_at IS NULL', [
      recall,
    ]);
    const { rows } = await client.query<{ lots: number }>(
      'SELECT count(*)::int AS lots FROM stop_sales WHERE recall = $1 AND lifted_at IS NOT NULL',
      [recall],
    );
    return { type: 'stop_sale_lifted', lots: rows[0]?.lots ?? 0 };
  });
