import type { Pool, PoolClient } from 'pg';
import { withClient } from '../../prisma/client.ts';

/**
 * Reads a lot in one snapshot: what commits meanwhile is in all of it or in none. Plans for whole tables, which the
 * journal's own pool otherwise rules out; give it a pool with a long statement time-out where there is much to read.
 */
export function inSnapshot<T>(pool: Pool, read: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
      SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on;
      SET LOCAL plan_cache_mode = auto`);
    try {
      return await read(client);
    } finally {
      await client.query('ROLLBACK').catch(() => undefined);
    }
  });
}
