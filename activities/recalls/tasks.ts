import type { PoolClient } from 'pg';

/** Checks of a recall that is over wait for no person any more. */
export async function endCheckTasks(client: PoolClient, recall: string): Promise<void> {
  await client.query(
    `UPDATE attention SET resolved_at = now(), resolution = 'acknowledge' WHERE resolved_at IS NULL AND reason = 'check_failed'
      AND id IN (SELECT 'check/' || recall || '/' || number FROM recall_checks WHERE recall = $1)`,
    [recall],
  );
}
