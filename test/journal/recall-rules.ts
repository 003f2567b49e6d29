import type { Pool } from 'pg';
import { reachedBy } from '../../domain/recall/terms.ts';

/** Figures of all positions of a recall: what is affected and what became of it, each unit at its last known holder, and what came to holders, or was found with them. */
export async function accountOf(
  pool: Pool,
  recall: string,
): Promise<{ readonly affected: number; readonly got: number; readonly told: number }> {
  const { rows } = await pool.query<{ affected: number; got: number; told: number }>(
    `SELECT coalesce(sum(affected - passed_on), 0)::int AS affected, coalesce(sum(traced + identified + beyond_books), 0)::int AS got,
        coalesce(sum(claimed_held + claimed_returned + claimed_destroyed + claimed_corrected + claimed_consumed + claimed_sold_on
          - passed_on + unaccounted), 0)::int AS told FROM recall_positions WHERE recall = $1`,
    [recall],
  );
  return rows[0] ?? { affected: 0, got: 0, told: 0 };
}

const REACHED = `SELECT p.consignee FROM recall_positions p JOIN recalls r ON r.number = p.recall JOIN consignees k ON k.id = p.consignee
  WHERE p.recall = $1 AND p.affected > 0 AND k.kind = ANY (CASE r.depth ${Object.entries(reachedBy)
    .map(([depth, kinds]) => `WHEN '${depth}' THEN '{${kinds.join(',')}}'::text[]`)
    .join(' ')} END)`;

/** What may be in no row of a recall, whatever came before; each finds those that break it. */
const always: Readonly<Record<string, string>> = {
  'a wave has more consignees than it may': `SELECT wave FROM recall_consignees c JOIN recalls r ON r.number = c.recall
    WHERE c.recall = $1 GROUP BY wave, wave_size HAVING count(*) > wave_size`,
  'a consignee’s wave is none': `SELECT consignee FROM recall_consignees c WHERE c.recall = $1
    AND NOT EXISTS (SELECT FROM recall_waves w WHERE w.recall = c.recall AND w.wave = c.wave)`,
  'somebody was written to before goods were stopped': `SELECT consignee FROM notices n WHERE n.recall = $1
    AND NOT EXISTS (SELECT FROM stop_sales s WHERE s.recall = n.recall)`,
  'somebody has goods and is told nothing': `SELECT consignee FROM (${REACHED}) AS reached
    WHERE consignee NOT IN (SELECT consignee FROM recall_consignees WHERE recall = $1)`,
  'all were written to but one': `SELECT consignee FROM recall_consignees c JOIN recalls r ON r.number = c.recall
    WHERE r.number = $1 AND r.status = 'notified' AND c.state = 'planned'`,
  'somebody got two first notices': `SELECT consignee FROM notices WHERE recall = $1 AND kind = 'initial' AND state = 'sent'
    GROUP BY consignee HAVING count(*) > 1`,
  'a drill has sent something': `SELECT consignee FROM notices n JOIN recalls r ON r.number = n.recall
    WHERE r.number = $1 AND r.mock AND n.state = 'sent'`,
  'a facility has confirmed what it has not counted': `SELECT f.facility FROM recall_facilities f JOIN recall_positions p
      ON p.recall = f.recall AND p.consignee IS NULL AND p.facility = f.facility
    WHERE f.recall = $1 AND f.state = 'confirmed' AND p.asked_scope IS NOT NULL AND p.found IS NULL AND p.traced + p.possible > 0`,
  'a facility has stopped goods and nobody asks it': `SELECT facility FROM recall_positions p JOIN recalls r ON r.number = p.recall
    WHERE p.recall = $1 AND p.consignee IS NULL AND p.asked_scope IS NOT NULL AND p.found IS NULL AND p.traced + p.possible > 0
      AND r.status <> 'closed' AND NOT EXISTS (SELECT FROM recall_facilities f WHERE f.recall = p.recall AND f.facility = p.facility
        AND f.state IN ('asked', 'late'))`,
  'a count that differs waits for nobody': `SELECT p.facility FROM recall_positions p JOIN recalls r ON r.number = p.recall
    WHERE p.recall = $1 AND p.differs AND NOT r.mock AND r.status IN ('launched', 'notifying', 'notified')
      AND NOT EXISTS (SELECT FROM attention a WHERE a.id = 'count/' || p.id AND a.resolved_at IS NULL)`,
  'a count that agrees waits for a person': `SELECT p.facility FROM recall_positions p WHERE p.recall = $1 AND NOT p.differs
      AND EXISTS (SELECT FROM attention a WHERE a.id = 'count/' || p.id AND a.resolved_at IS NULL)`,
  'goods are in two recalls': `SELECT s.recall FROM stop_sales s JOIN stop_sales o ON o.sku = s.sku AND o.recall <> s.recall
      AND (o.lot = s.lot OR o.lot IS NULL OR s.lot IS NULL)
    WHERE s.recall = $1 AND NOT s.mock AND NOT o.mock AND s.lifted_at IS NULL AND o.lifted_at IS NULL`,
};

/** Whoever was written to, or may have been, and nobody else, hears how it ended. */
const told = (kind: 'withdrawn' | 'terminated', ended: string): string =>
  `SELECT n.consignee FROM notices n JOIN recalls r ON r.number = n.recall WHERE r.number = $1 AND ${ended} GROUP BY n.consignee
    HAVING bool_or(n.kind <> '${kind}' AND n.state IN ('sent', 'claimed')) <> bool_or(n.kind = '${kind}')`;

/** What holds of a recall that is over once nothing is due any more. */
const atTheEnd: Readonly<Record<string, string>> = {
  'the recall counts other consignees than it has': `SELECT consignees FROM recalls WHERE number = $1
    AND consignees <> (SELECT count(*) FROM recall_consignees WHERE recall = $1)`,
  'goods of a withdrawn recall are still stopped': `SELECT s.sku FROM stop_sales s JOIN recalls r ON r.number = s.recall
    WHERE r.number = $1 AND r.outcome = 'withdrawn' AND s.lifted_at IS NULL`,
  'goods of a recall that was right are sold again': `SELECT s.sku FROM stop_sales s JOIN recalls r ON r.number = s.recall
    WHERE r.number = $1 AND r.outcome IS DISTINCT FROM 'withdrawn' AND s.lifted_at IS NOT NULL`,
  'a facility waits for the end of its recall': `SELECT f.facility FROM recall_facilities f JOIN recalls r ON r.number = f.recall
    WHERE r.number = $1 AND r.status = 'closed' AND f.state IN ('asked', 'late')`,
  'somebody waits in a withdrawn recall': `SELECT consignee FROM recall_consignees c JOIN recalls r ON r.number = c.recall
    WHERE r.number = $1 AND r.outcome = 'withdrawn' AND (c.next_due IS NOT NULL OR c.state IN ('planned', 'notified'))`,
  'somebody was not told that it was an error, or was for nothing': told(
    'withdrawn',
    `r.outcome = 'withdrawn' AND NOT r.mock`,
  ),
  'somebody was not told that it is over, or was for nothing': told('terminated', 'r.termination_notice'),
  'somebody hears of an end that nobody is to hear of': `SELECT consignee FROM notices n JOIN recalls r ON r.number = n.recall
    WHERE r.number = $1 AND n.kind = 'terminated' AND NOT r.termination_notice`,
};

const rules = { always, atTheEnd };

/** The rules that a recall's rows break. */
export async function brokenBy(pool: Pool, recall: string, when: keyof typeof rules): Promise<string[]> {
  const { affected, got, told } = await accountOf(pool, recall);
  const broken = affected === got && told === got ? [] : [`the account doesn't add up: ${affected}, ${got}, ${told}`];
  for (const [rule, offenders] of Object.entries(rules[when])) {
    const { rows } = await pool.query<Record<string, string>>(offenders, [recall]);
    if (rows.length > 0) broken.push(`${rule}: ${rows.map((row) => Object.values(row)[0]).join(', ')}`);
  }
  return broken;
}
