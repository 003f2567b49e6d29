import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { inTransaction } from '../../prisma/client.ts';

/** A trace of a million units may take a while; below the time-out of its activity. */
const LONGEST_MS = 8 * 60_000;

/** A transaction whose statements may touch every consignee of a recall: the journal's plans and time-outs are for a few rows. */
export const inLongTransaction = <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (client) => {
    await client.query(
      `SET LOCAL statement_timeout = ${LONGEST_MS}; SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on;
         SET LOCAL enable_mergejoin = on; SET LOCAL plan_cache_mode = auto`,
    );
    return work(client);
  });

/** A statement of such a transaction that the client waits for as long as the server may take. */
export async function longQuery<Row extends QueryResultRow>(
  client: PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const query = { text, values: [...values], query_timeout: LONGEST_MS + 1_000 };
  return (await client.query<Row>(query)).rows;
}
