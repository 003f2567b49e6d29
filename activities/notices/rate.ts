import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';

/**
 * Takes leave to send from what the recall may send in a minute, all its waves and workers together. What isn't used within a
 * second is lost, so that no burst follows a pause.
 *
 * @returns how many of the wanted may leave now; none where it is to be asked again in a moment
 */
export async function takeLeave(pool: Pool, recall: string, perMinute: number, wanted: number): Promise<number> {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ granted: number }>({
      name: 'take leave to send',
      text: `WITH bucket AS (
          SELECT least($2::float8, tokens + extract(epoch FROM clock_timestamp() - at) * $3::float8) AS available
          FROM recall_rates WHERE recall = $1 FOR UPDATE)
        UPDATE recall_rates SET tokens = available - least($4::int, floor(available)), at = clock_timestamp()
        FROM bucket WHERE recall = $1 RETURNING least($4::int, floor(bucket.available))::int AS granted`,
      values: [recall, Math.max(1, perMinute / 60), perMinute / 60, wanted],
    }),
  );
  return rows[0]?.granted ?? 0;
}
