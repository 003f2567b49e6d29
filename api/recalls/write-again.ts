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
 * Begins a round of its own with the first notice about the goods as they are now: it and its reminders are other letters. The
 * consignee's row is locked already; its wave is to be woken once this is stored.
 */
export async function makeDueAgain(client: PoolClient, { recall, consignee, wave }: Written): Promise<NoticeKind> {
  const { rows } = await client.query<{ notice: NoticeKind }>(
    `UPDATE recall_consignees c SET state = 'planned', next_due = now(), first_sent_at = NULL, due_kind = n.kind, due_number = 1,
        round = c.round + 1
      FROM (
        SELECT CASE WHEN bool_or(kind = 'amended') THEN 'amended' ELSE 'initial' END AS kind
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
