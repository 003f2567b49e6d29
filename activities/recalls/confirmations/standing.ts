import type { PoolClient } from 'pg';
import type { CountedFacts, CountStanding } from '../../../domain/recall/confirmation.ts';
import type { Goods } from '../../../domain/recall/response.ts';
import type { RecallStatus } from '../../../domain/recall/state.ts';

type Row = { readonly status: RecallStatus; readonly scopeVersion: number; readonly isTraced: boolean };

/** What a count is decided on, with the newest scope of its recall. */
export type StandingAt = CountStanding & Pick<Row, 'scopeVersion'>;

/** Units that a facility found of a position, `p`, less what has left it since; null while it has not counted it. */
export const HERE = 'CASE WHEN p.found IS NOT NULL THEN greatest(0, p.found - p.left_since) END';

/**
 * What a count of a facility is decided on, as of now: once it is its turn.
 *
 * @returns null where there is no such recall or no such facility
 */
export async function readCountStanding(
  client: PoolClient,
  recall: string,
  facility: string,
): Promise<StandingAt | null> {
  const { rows } = await client.query<Row>({
    name: 'recall that is confirmed',
    text: `SELECT r.status, r.scope_version AS "scopeVersion", coalesce((SELECT max(scope_version) FROM recall_plans WHERE recall = $1)
        >= (SELECT max(scope_version) FROM recall_units WHERE recall = $1), r.planned_version > 0) AS "isTraced"
      FROM recalls r JOIN facilities f ON f.id = $2 WHERE r.number = $1`,
    values: [recall, facility],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const positions = await client.query<CountedFacts>({
    name: 'goods of a facility',
    text: `SELECT p.sku, p.lot, p.traced AS "onBooks", p.possible, ${HERE} AS found, p.location, p.accepted
      FROM recall_positions p WHERE p.recall = $1 AND p.consignee IS NULL AND p.facility = $2`,
    values: [recall, facility],
  });
  const stopped = await client.query<Goods>({
    name: 'what a recall has stopped',
    text: 'SELECT sku, lot FROM stop_sales WHERE recall = $1 AND lifted_at IS NULL',
    values: [recall],
  });
  return { ...row, positions: positions.rows, stopped: stopped.rows };
}
