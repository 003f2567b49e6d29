import type { PoolClient } from 'pg';
import { wakeOnceCommitted } from '../../activities/recalls/wake.ts';
import type { NoticeKind } from '../../domain/recall/notices.ts';

/** A consignee of a recall, and the wave that writes to it. */
export type Written = { readonly recall: string; readonly consignee: string; readonly wave: number };

/**
 * Begins a round of its own with the first notice about the goods as they are now: it and its reminders are other letters. The
 * consignee's row is locked already; its wave is woken once this is stored.
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
  await wakeOnceCommitted(client, recall, [wave]);
  return rows[0]?.notice ?? 'initial';
}

/** Whether there is an address, or a machine, to write to a consignee `k`. */
export const IS_ADDRESSED = `(EXISTS (SELECT FROM contacts t WHERE t.id = k.contact_id AND t.email IS NOT NULL)
  OR EXISTS (SELECT FROM consignee_webhooks h WHERE h.consignee = k.id))`;
