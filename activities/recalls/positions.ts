import type { PoolClient } from 'pg';
import { longQuery } from './long-transaction.ts';

/**
 * Gives every holder that a trace found a position for each of its goods. What lies in our own facilities is held, as we see it
 * there. A wider scope adds to what a consignee got and takes nothing from it: what has come back since is counted with its
 * returns. Our own goods stay as they were when they were stopped; only goods that are new to the scope are added.
 */
export async function fillPositions(client: PoolClient, recall: string, scopeVersion: number): Promise<void> {
  await longQuery(
    client,
    `INSERT INTO recall_positions AS p (recall, consignee, facility, sku, lot, traced, possible, said_held)
      SELECT $1, consignee, facility, sku, lot, traced, possible, CASE WHEN consignee IS NULL THEN traced ELSE 0 END
      FROM (
        SELECT consignee, facility, sku, lot, coalesce(sum(quantity) FILTER (WHERE NOT u.possible), 0) AS traced,
          coalesce(sum(quantity) FILTER (WHERE u.possible), 0) AS possible
        FROM recall_units u WHERE recall = $1 AND scope_version = $2 AND holder <> 'shortfall'
        GROUP BY consignee, facility, sku, lot
      ) AS found
      ON CONFLICT (recall, consignee, facility, sku, lot) DO UPDATE SET
        traced = greatest(p.traced, EXCLUDED.traced),
        possible = greatest(p.traced + p.possible, EXCLUDED.traced + EXCLUDED.possible) - greatest(p.traced, EXCLUDED.traced),
        response = CASE WHEN EXCLUDED.traced > p.traced OR EXCLUDED.possible > p.possible THEN NULL ELSE p.response END
      WHERE p.consignee IS NOT NULL`,
    [recall, scopeVersion],
  );
}
