import type { Pool } from 'pg';
import { withClient } from '../prisma/client.ts';

/** How long done rows stay: longer than any provider repeats a webhook, and than anyone looks for a delivery. */
const KEPT = '30 days';
const BATCH = 5_000;

const expired = [
  `DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE processed_at < now() - interval '${KEPT}' LIMIT ${BATCH})`,
  `DELETE FROM outbox WHERE (process, version, seq) IN (
     SELECT process, version, seq FROM outbox WHERE delivered_at < now() - interval '${KEPT}' LIMIT ${BATCH})`,
  `DELETE FROM idempotency_keys WHERE (api_key_id, key) IN (
     SELECT api_key_id, key FROM idempotency_keys WHERE expires_at < now() LIMIT ${BATCH})`,
];

/** Deletes what has had its time, in small steps, so that no lock lasts. What waits for a person stays. */
export async function expireRows(pool: Pool): Promise<void> {
  for (const statement of expired) {
    let deleted: number | null;
    do {
      deleted = await withClient(pool, async (client) => (await client.query(statement)).rowCount);
    } while (deleted === BATCH);
  }
}
