import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { StatusReport } from '../../domain/recall/report.ts';
import { inLongTransaction } from './long-transaction.ts';
import type { Recalls } from './port.ts';
import { reportOf } from './report.ts';
import { endTasks } from './tasks.ts';

/** The ends of a recall at which its final report is kept: ours, then the authority's. */
export type ReportStage = 'completed' | 'terminated';

/**
 * Makes the final report of a recall, all figures of one moment, and keeps its text: what is learnt later doesn't change it. Its
 * checks that waited for a person don't any more.
 */
export const keepReport = (pool: Pool, { recall }: Parameters<Recalls['keepReport']>[0]) =>
  inLongTransaction(pool, async (client): ReturnType<Recalls['keepReport']> => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    const known = await keptAs(client, recall, 'completed');
    if (known !== null) return { type: 'report_kept', sha256: known };
    const report = await reportOf(client, recall);
    if (report === null) throw new Error(`there is no recall ${recall}`);
    const sha256 = await keepText(client, recall, 'completed', {
      ...report,
      at: report.recall.completedAt ?? report.at,
    });
    await endTasks(client, recall);
    return { type: 'report_kept', sha256 };
  });

/** Keeps a final report as the text that it is from then on; one that was kept already stays. @returns the SHA-256 of that */
export async function keepText(
  client: PoolClient,
  recall: string,
  stage: ReportStage,
  report: StatusReport,
): Promise<string> {
  const known = await keptAs(client, recall, stage);
  if (known !== null) return known;
  const text = JSON.stringify(report);
  const sha256 = createHash('sha256').update(text).digest('hex');
  await client.query(
    'INSERT INTO recall_final_reports (recall, stage, at, sha256, report) VALUES ($1, $2, $3, $4, $5)',
    [...[recall, stage, report.at, sha256, text]],
  );
  return sha256;
}

async function keptAs(client: PoolClient, recall: string, stage: ReportStage): Promise<string | null> {
  const { rows } = await client.query<{ sha256: string }>(
    'SELECT sha256 FROM recall_final_reports WHERE recall = $1 AND stage = $2',
    [recall, stage],
  );
  return rows[0]?.sha256 ?? null;
}
