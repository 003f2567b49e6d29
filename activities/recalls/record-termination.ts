import type { Pool, PoolClient } from 'pg';
import type { StatusReport } from '../../domain/recall/report.ts';
import { whileNoneCounts } from './confirmations/turns.ts';
import { keepText } from './keep-report.ts';
import { inLongTransaction, longQuery } from './long-transaction.ts';
import type { Recalls } from './port.ts';
import { endConfirmations, endTasks } from './tasks.ts';

/**
 * Notes that the authority has closed a recall. Its final report is kept once more with the date of that: its figures stay those
 * of the completion. Checks that nobody has made or followed up end with it; who has not answered isn't waited for; and where it is
 * wanted, whoever was written to is to hear that it is over. Asked again, it is done already.
 */
export const recordTermination = (pool: Pool, { recall, notice }: Parameters<Recalls['recordTermination']>[0]) =>
  inLongTransaction(pool, async (client): ReturnType<Recalls['recordTermination']> => {
    await whileNoneCounts(client, recall);
    // The recall's row first: a second attempt waits here, and finds what the first has done. Rows that only name the recall don't.
    const { rows: found } = await client.query<{ closedAt: Date }>(
      'SELECT closed_at AS "closedAt" FROM recalls WHERE number = $1 FOR NO KEY UPDATE',
      [recall],
    );
    const [closed] = found;
    if (closed === undefined) throw new Error(`there is no recall ${recall}`);
    // Consignees before their checks, as whoever says what a check found has them.
    await longQuery(
      client,
      `UPDATE recall_consignees SET state = 'over', due_kind = NULL, due_number = NULL, next_due = NULL
        WHERE recall = $1 AND state IN ('planned', 'notified')`,
      [recall],
    );
    if (notice) await makeDue(client, recall);
    await longQuery(
      client,
      `UPDATE recall_checks SET state = 'ended', due_at = NULL WHERE recall = $1 AND state IN ('open', 'follow_up')`,
      [recall],
    );
    await endConfirmations(client, recall);
    await endTasks(client, recall);
    const sha256 = await keepWithBothDates(client, recall, closed.closedAt.toISOString());
    const { rows } = await client.query<{ checks: number }>(
      `SELECT count(*)::int AS checks FROM recall_checks WHERE recall = $1 AND state = 'ended'`,
      [recall],
    );
    return { type: 'termination_recorded', checks: rows[0]?.checks ?? 0, sha256 };
  });

async function keepWithBothDates(client: PoolClient, recall: string, closedAt: string): Promise<string> {
  const { rows } = await client.query<{ report: StatusReport }>(
    `SELECT report::json AS report FROM recall_final_reports WHERE recall = $1 AND stage = 'completed'`,
    [recall],
  );
  const [kept] = rows;
  if (kept === undefined) throw new Error(`recall ${recall} has no final report of its completion`);
  const { report } = kept;
  const both = { ...report.recall, status: 'closed', outcome: 'terminated', closedAt };
  return await keepText(client, recall, 'terminated', { ...report, recall: both });
}

/** Only who was written to, or may have been: a claimed notice may have left. */
const makeDue = (client: PoolClient, recall: string) =>
  longQuery(
    client,
    `UPDATE recall_consignees c SET due_kind = 'terminated', due_number = 1, next_due = now()
      WHERE c.recall = $1 AND EXISTS (SELECT FROM notices n WHERE n.recall = c.recall AND n.consignee = c.consignee
          AND n.state IN ('claimed', 'sent'))
        AND NOT EXISTS (SELECT FROM notices n WHERE n.recall = c.recall AND n.consignee = c.consignee AND n.kind = 'terminated')`,
    [recall],
  );
