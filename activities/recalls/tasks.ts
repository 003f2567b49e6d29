import type { PoolClient } from 'pg';
import { longQuery } from './long-transaction.ts';

/** What belongs to checks and facilities of a recall that is over waits for no person any more. */
export async function endTasks(client: PoolClient, recall: string): Promise<void> {
  await client.query(
    `UPDATE attention SET resolved_at = now(), resolution = 'acknowledge' WHERE resolved_at IS NULL AND (
      (reason = 'check_failed' AND id IN (SELECT 'check/' || recall || '/' || number FROM recall_checks WHERE recall = $1))
      OR (reason = 'stop_unconfirmed' AND id IN (SELECT 'confirmation/' || recall || '/' || facility FROM recall_facilities WHERE recall = $1))
      OR (reason = 'count_differs' AND id IN (
        SELECT 'count/' || id FROM recall_positions WHERE recall = $1 AND consignee IS NULL AND found IS NOT NULL)))`,
    [recall],
  );
}

/** Facilities that have not confirmed by the end of a recall need not any more. */
export const endConfirmations = (client: PoolClient, recall: string) =>
  longQuery(
    client,
    `UPDATE recall_facilities SET state = 'ended', letter = NULL, letter_at = NULL WHERE recall = $1 AND state IN ('asked', 'late')`,
    [recall],
  );
