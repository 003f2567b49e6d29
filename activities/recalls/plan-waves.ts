import type { Pool, PoolClient } from 'pg';
import { type Depth, reachedBy } from '../../domain/recall/terms.ts';
import { askFacilities } from './confirmations/ask.ts';
import { settleDifferences } from './confirmations/differences.ts';
import { whileNoneCounts } from './confirmations/turns.ts';
import { inLongTransaction, longQuery } from './long-transaction.ts';
import type { Recalls } from './port.ts';
import { fillPositions } from './positions.ts';

type Input = Parameters<Recalls['planWaves']>[0];
type Plan = Awaited<ReturnType<Recalls['planWaves']>>;

/**
 * Puts consignees into waves: those that the trace found first now, and those with more affected goods than their positions have, who
 * hear of it in a wave of their own, also where they have answered for what they had. How far down the chain it goes is the recall's depth.
 * Facilities of ours are asked to confirm what was stopped there; nobody waits for that.
 */
export const planWaves = (pool: Pool, input: Input): Promise<Plan> =>
  inLongTransaction(pool, (client) => plan(client, input));

async function plan(client: PoolClient, { recall, scopeVersion, firstWave }: Input): Promise<Plan> {
  await whileNoneCounts(client, recall);
  const known = await knownPlan(client, recall, scopeVersion);
  if (known !== null) return known;
  const { rows: found } = await client.query<{
    depth: Depth;
    wave_size: number;
    launched_at: Date;
    hazard_class: string;
    is_over: boolean;
  }>(
    `SELECT depth, wave_size, launched_at, hazard_class, status = 'closed' AS is_over FROM recalls WHERE number = $1`,
    [recall],
  );
  const [campaign] = found;
  if (campaign === undefined) throw new Error(`there is no recall ${recall}`);
  // Withdrawn meanwhile: whoever was put into another wave now would be written to by none.
  if (campaign.is_over) return { type: 'waves_planned', consignees: 0, amended: 0, waves: 0 };
  const before = await countConsignees(client, recall);
  // The rows of the trace are so new that the database takes them for few. So whole sets are compared, and nothing is looked up
  // consignee by consignee in what this very statement writes: that took a hundred times as long for ten times as many.
  await longQuery(
    client,
    `INSERT INTO recall_consignees AS c (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
      SELECT $1, consignee, $3 + (row_number() OVER (ORDER BY consignee) - 1) / $4, $2, 'planned', 'initial', 1, $5
      FROM (
        SELECT DISTINCT consignee FROM (
          SELECT consignee FROM (
            SELECT consignee, sku, lot, CASE WHEN possible THEN 0 ELSE quantity END AS traced, CASE WHEN possible THEN quantity ELSE 0 END AS possible
            FROM recall_units WHERE recall = $1 AND scope_version = $2 AND consignee IS NOT NULL
            UNION ALL
            SELECT consignee, sku, lot, -traced, -possible FROM recall_positions WHERE recall = $1 AND consignee IS NOT NULL
          ) AS compared GROUP BY consignee, sku, lot HAVING sum(traced) > 0 OR sum(possible) > 0
        ) AS new_goods
        WHERE EXISTS (SELECT FROM consignees k WHERE k.id = new_goods.consignee AND k.kind = ANY ($6))
      ) AS told
      ON CONFLICT (recall, consignee) DO UPDATE SET wave = EXCLUDED.wave, scope_version = EXCLUDED.scope_version, state = 'planned',
        due_kind = CASE WHEN c.last_sent_at IS NULL THEN 'initial' ELSE 'amended' END, due_number = 1,
        next_due = EXCLUDED.next_due, first_sent_at = NULL`,
    [recall, scopeVersion, firstWave, campaign.wave_size, campaign.launched_at, reachedBy[campaign.depth]],
  );
  await fillPositions(client, recall, scopeVersion);
  await askFacilities(client, recall, scopeVersion);
  // What has left since may have settled a difference.
  await settleDifferences(client, recall, null);
  await longQuery(client, 'DELETE FROM recall_units WHERE recall = $1 AND scope_version < $2', [recall, scopeVersion]);
  await client.query(
    `INSERT INTO recall_waves (recall, wave, hazard_class)
      SELECT DISTINCT recall, wave, $3 FROM recall_consignees WHERE recall = $1 AND wave >= $2`,
    [recall, firstWave, campaign.hazard_class],
  );
  await client.query('INSERT INTO recall_rates (recall) VALUES ($1) ON CONFLICT DO NOTHING', [recall]);
  await client.query(
    `INSERT INTO recall_plans (recall, scope_version, consignees, amended, waves)
      SELECT $1, $2, $4, count(*) FILTER (WHERE due_kind = 'amended'), count(DISTINCT wave)
      FROM recall_consignees WHERE recall = $1 AND wave >= $3`,
    [recall, scopeVersion, firstWave, (await countConsignees(client, recall)) - before],
  );
  const made = await knownPlan(client, recall, scopeVersion);
  if (made === null) throw new Error(`recall ${recall} has no plan for scope ${scopeVersion}`);
  return made;
}

async function countConsignees(client: PoolClient, recall: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM recall_consignees WHERE recall = $1',
    [recall],
  );
  return rows[0]?.count ?? 0;
}

async function knownPlan(client: PoolClient, recall: string, scopeVersion: number): Promise<Plan | null> {
  const { rows } = await client.query<Omit<Plan, 'type'>>(
    'SELECT consignees, amended, waves FROM recall_plans WHERE recall = $1 AND scope_version = $2',
    [recall, scopeVersion],
  );
  return rows[0] === undefined ? null : { type: 'waves_planned', ...rows[0] };
}
