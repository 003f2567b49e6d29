import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { endCheckTasks } from './check-tasks.ts';
import { inLongTransaction } from './long-transaction.ts';
import type { Recalls } from './port.ts';
import { reportOf } from './report.ts';

/**
 * Makes the final report of a recall, all figures of one moment, and keeps its text: what is learnt later doesn't change it. Its
 * checks that waited for a person don't any more.
 */
export const keepReport = (pool: Pool, { recall }: Parameters<Recalls['keepReport']>[0]) =>
  inLongTransaction(pool, async (client): ReturnType<Recalls['keepReport']> => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    const known = await keptAs(client, recall);
    if (known !== null) return { type: 'report_kept', sha256: known };
    const report = await reportOf(client, recall);
    if (report === null) throw new Error(`there is no recall ${recall}`);
    const text = JSON.stringify({ ...report, at: report.recall.completedAt ?? report.at });
    const sha256 = createHash('sha256').update(text).digest('hex');
    await client.query('INSERT INTO recall_final_reports (recall, at, sha256, report) VALUES ($1, $2, $3, $4)', [
      ...[recall, report.recall.completedAt ?? report.at, sha256, text],
    ]);
    await endCheckTasks(client, recall);
    return { type: 'report_kept', sha256 };
  });

async function keptAs(client: PoolClient, recall: string): Promise<string | null> {
  const { rows } = await client.query<{ sha256: string }>('SELECT sha256 FROM recall_final_reports WHERE recall = $1', [
    recall,
  ]);
  return rows[0]?.sha256 ?? null;
}
