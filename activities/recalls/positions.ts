import type { PoolClient } from 'pg';
import { longQuery } from './long-transaction.ts';

/**
 * Gives every holder that a trace found a position for each of its goods. What lies in our own facilities is held, as we see it
 * there. A wider scope adds to what a consignee got and takes nothing from it: what has come back since is counted with its
 * returns. Our own goods stay as they were when they were stopped, but for those that have gone to a liquidator, as a gift or to their
 * vendor since, who has them now; goods that are new to the scope are added. Where the recall has its facilities confirm, these are
 * to be counted.
 */
export async function fillPositions(client: PoolClient, recall: string, scopeVersion: number): Promise<void> {
  await takeOffSentOn(client, recall, scopeVersion);
  await longQuery(
    client,
    `INSERT INTO recall_positions AS p (recall, consignee, facility, sku, lot, traced, possible, said_held, asked_scope)
      SELECT $1, consignee, facility, sku, lot, traced, possible, CASE WHEN consignee IS NULL THEN traced ELSE 0 END,
        CASE WHEN consignee IS NULL AND r.confirm_within IS NOT NULL THEN $2::int END
      FROM recalls r, (
        SELECT consignee, facility, sku, lot, coalesce(sum(quantity) FILTER (WHERE NOT u.possible), 0) AS traced,
          coalesce(sum(quantity) FILTER (WHERE u.possible), 0) AS possible
        FROM recall_units u WHERE recall = $1 AND scope_version = $2 AND holder <> 'shortfall'
        GROUP BY consignee, facility, sku, lot
      ) AS found
      WHERE r.number = $1
      ON CONFLICT (recall, consignee, facility, sku, lot) DO UPDATE SET
        traced = greatest(p.traced, EXCLUDED.traced),
        possible = greatest(p.traced + p.possible, EXCLUDED.traced + EXCLUDED.possible) - greatest(p.traced, EXCLUDED.traced),
        response = CASE WHEN EXCLUDED.traced > p.traced OR EXCLUDED.possible > p.possible THEN NULL ELSE p.response END
      WHERE p.consignee IS NOT NULL`,
    [recall, scopeVersion],
  );
}

/** Each unit counts once: with whoever got it of us since the scope before, and no more as ours, as far as it isn't here any more. */
async function takeOffSentOn(client: PoolClient, recall: string, scopeVersion: number): Promise<void> {
  await longQuery(
    client,
    `WITH sent AS (
        SELECT sku, lot, sum(units) AS units FROM (
          SELECT u.sku, u.lot, sum(u.quantity) - coalesce((SELECT p.traced FROM recall_positions p
              WHERE p.recall = $1 AND p.consignee = u.consignee AND p.sku = u.sku AND p.lot IS NOT DISTINCT FROM u.lot), 0) AS units
          FROM recall_units u WHERE u.recall = $1 AND u.scope_version = $2 AND NOT u.possible
            AND EXISTS (SELECT FROM recall_positions WHERE recall = $1 AND consignee IS NULL)
            AND u.consignee ~ '^(liquidator|organisation|vendor):' GROUP BY u.consignee, u.sku, u.lot
        ) AS each WHERE units > 0 GROUP BY sku, lot
      ), missing AS (
        SELECT p.facility, p.sku, p.lot, p.traced - coalesce((SELECT sum(u.quantity) FROM recall_units u
            WHERE u.recall = $1 AND u.scope_version = $2 AND NOT u.possible AND u.holder IN ('stock', 'in_return')
              AND u.facility = p.facility AND u.sku = p.sku AND u.lot IS NOT DISTINCT FROM p.lot), 0) AS units
        FROM recall_positions p WHERE p.recall = $1 AND p.consignee IS NULL
          AND EXISTS (SELECT FROM sent WHERE sent.sku = p.sku AND sent.lot IS NOT DISTINCT FROM p.lot)
      ), gone AS (
        SELECT m.facility, m.sku, m.lot,
          least(m.units, s.units - (sum(m.units) OVER (PARTITION BY m.sku, m.lot ORDER BY m.facility) - m.units)) AS units
        FROM missing m JOIN sent s ON s.sku = m.sku AND s.lot IS NOT DISTINCT FROM m.lot WHERE m.units > 0
      )
      UPDATE recall_positions p SET traced = p.traced - gone.units, said_held = p.said_held - gone.units,
        left_since = p.left_since + CASE WHEN p.found IS NULL THEN 0 ELSE gone.units END FROM gone
      WHERE p.recall = $1 AND p.consignee IS NULL AND gone.units > 0
        AND p.facility = gone.facility AND p.sku = gone.sku AND p.lot IS NOT DISTINCT FROM gone.lot`,
    [recall, scopeVersion],
  );
}
