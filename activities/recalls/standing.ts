import type { PoolClient } from 'pg';
import type { ConsigneeKind } from '../../domain/recall/lots.ts';
import type { PositionFacts, Said, Standing } from '../../domain/recall/response.ts';
import type { RecallStatus } from '../../domain/recall/state.ts';
import type { Depth } from '../../domain/recall/terms.ts';

type Row = Omit<PositionFacts, 'said'> & { readonly said: Said | null };

const POSITIONS = `
WITH RECURSIVE above (sku, lot, consignee) AS (
  SELECT sku, lot, consignee FROM recall_passed_on WHERE recall = $1 AND sub_consignee = $2
  UNION
  SELECT a.sku, a.lot, p.consignee FROM above a JOIN recall_passed_on p
    ON p.recall = $1 AND p.sub_consignee = a.consignee AND p.sku = a.sku AND p.lot IS NOT DISTINCT FROM a.lot
)
SELECT p.sku, p.lot, p.traced + p.taken_over + p.possible AS most, p.came_back AS "cameBack",
  (SELECT said FROM recall_responses r CROSS JOIN LATERAL jsonb_array_elements(r.positions) AS said
    WHERE r.recall = p.recall AND r.consignee = p.consignee AND r.number = p.response
      AND said->>'sku' = p.sku AND said->>'lot' IS NOT DISTINCT FROM p.lot) AS said,
  ARRAY(SELECT a.consignee FROM above a WHERE a.sku = p.sku AND a.lot IS NOT DISTINCT FROM p.lot) AS "from",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('consignee', e.sub_consignee, 'quantity', e.quantity, 'answered', greatest(0, e.quantity - (
      s.traced + s.taken_over + s.possible - s.said_held - s.said_returned - s.said_destroyed - s.said_corrected - s.said_consumed
        - s.said_sold_on - greatest(0, s.came_back - s.said_returned - s.said_held))))), '[]')
    FROM recall_passed_on e JOIN recall_positions s ON s.recall = e.recall AND s.consignee = e.sub_consignee
      AND s.sku = e.sku AND s.lot IS NOT DISTINCT FROM e.lot
    WHERE e.recall = p.recall AND e.consignee = p.consignee AND e.sku = p.sku AND e.lot IS NOT DISTINCT FROM p.lot) AS "passedOn"
FROM recall_positions p WHERE p.recall = $1 AND p.consignee = $2 ORDER BY p.sku, p.lot`;

/**
 * What a consignee's response is decided on, as of now; its row stays locked until the transaction ends, so that its responses take
 * turns. Null where the recall doesn't reach it.
 *
 * @param named consignees that the response names; whom it named before are known too
 */
export async function readStanding(
  client: PoolClient,
  recall: string,
  consignee: string,
  named: readonly string[],
): Promise<Standing | null> {
  const locked = await client.query({
    name: 'consignee that answers',
    text: 'SELECT FROM recall_consignees WHERE recall = $1 AND consignee = $2 FOR UPDATE',
    values: [recall, consignee],
  });
  if (locked.rowCount === 0) return null;
  // Only now: what was read while it waited for the lock would be of before, and the recall may have been closed meanwhile.
  const { rows } = await client.query<{ status: RecallStatus; depth: Depth }>({
    name: 'recall that is answered',
    text: 'SELECT status, depth FROM recalls WHERE number = $1',
    values: [recall],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const positions = await client.query<Row>({ name: 'positions', text: POSITIONS, values: [recall, consignee] });
  const kinds = await client.query<{ id: string; kind: ConsigneeKind }>({
    name: 'kinds of consignees',
    text: `SELECT id, kind FROM consignees WHERE id = ANY ($1::text[])
      UNION SELECT k.id, k.kind FROM recall_passed_on e JOIN consignees k ON k.id = e.sub_consignee WHERE e.recall = $2 AND e.consignee = $3`,
    values: [named, recall, consignee],
  });
  return {
    ...row,
    consignee,
    positions: positions.rows,
    kinds: Object.fromEntries(kinds.rows.map(({ id, kind }) => [id, kind])),
  };
}
