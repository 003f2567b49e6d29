import type { PoolClient } from 'pg';
import type { NoticeKind } from '../../domain/recall/notices.ts';
import {
  lookSignal,
  type RecallWaveArguments,
  recallWaveWorkflowId,
  recallWaveWorkflowType,
} from '../../workflows/recall-wave/messages.ts';
import type { Api } from '../api.ts';
import { wakeProcess } from '../telling.ts';
import { recallProblem } from './refusals.ts';

/** A consignee of a recall, and the wave that writes to it. */
export type Written = { readonly recall: string; readonly consignee: string; readonly wave: number };

/**
 * Makes the first notice about the goods as they are now due again, under a number of its own: it is another letter. The
 * consignee's row is locked already; its wave is to be woken once this is stored.
 */
export async function makeDueAgain(client: PoolClient, { recall, consignee, wave }: Written): Promise<NoticeKind> {
  const { rows } = await client.query<{ notice: NoticeKind }>(
    `UPDATE recall_consignees c SET state = 'planned', next_due = now(), first_sent_at = NULL, due_kind = n.kind, due_number = n.number
      FROM (
        SELECT CASE WHEN bool_or(kind = 'amended') THEN 'amended' ELSE 'initial' END AS kind,
          coalesce(max(n.number) FILTER (WHERE n.kind IN ('initial', 'amended')), 0) + 1 AS number
        FROM recall_consignees o LEFT JOIN notices n ON n.recall = o.recall AND n.consignee = o.consignee
          AND n.scope_version = o.scope_version
        WHERE o.recall = $1 AND o.consignee = $2) AS n
      WHERE c.recall = $1 AND c.consignee = $2 RETURNING n.kind AS notice`,
    [recall, consignee],
  );
  await client.query('UPDATE recall_waves SET ended_at = NULL WHERE recall = $1 AND wave = $2', [recall, wave]);
  return rows[0]?.notice ?? 'initial';
}

/** Has a wave look for what is due; one that has ended runs again. */
export async function wakeWave(
  { processes }: Pick<Api, 'processes'>,
  { recall, wave }: Pick<Written, 'recall' | 'wave'>,
): Promise<void> {
  const args: RecallWaveArguments = { recall, wave, isNotified: true, hasEnded: true };
  const workflowId = recallWaveWorkflowId(recall, wave);
  const summary = `Wave ${wave} of ${recall}`;
  const target = { workflowType: recallWaveWorkflowType, workflowId, args, summary, refused: recallProblem };
  await wakeProcess(processes, target, lookSignal);
}
