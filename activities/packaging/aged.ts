import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';

/** The oldest pieces that are still out: those whose going out isn't covered yet by all that came back or was lost. */
const AGED = `
  SELECT a.partner, a.type, min(o.at) AS since, a.went_out - a.came_back - a.lost AS balance
  FROM packaging_accounts a
    JOIN LATERAL (
      SELECT m.at, sum(m.quantity) OVER (ORDER BY m.at, m.id) AS upto FROM packaging_movements m
      WHERE m.partner = a.partner AND m.type = a.type AND m.direction = 'out') AS o ON o.upto > a.came_back + a.lost
  WHERE a.aged_after_days IS NOT NULL AND a.went_out > a.came_back + a.lost
  GROUP BY a.partner, a.type HAVING min(o.at) < $1::timestamptz - make_interval(days => a.aged_after_days)`;

/**
 * Has a person look at what partners have had for too long, again after as long once somebody has acknowledged it; and takes out of the
 * queue what has come back, which nobody has acknowledged: it is raised anew as soon as others have been out for too long.
 */
export async function raiseAgedPackaging(pool: Pool, at: string): Promise<void> {
  await withClient(pool, (client) =>
    client.query({
      name: 'aged packaging',
      text: `WITH aged AS (${AGED}),
        raised AS (
          INSERT INTO attention AS q (id, reason, subject, codes, raised_at)
          SELECT 'packaging/' || partner || '/' || type, 'packaging_aged', partner || ' ' || type,
            jsonb_build_object('partner', partner, 'type', type, 'since', since, 'balance', balance), $1 FROM aged
          ON CONFLICT (id) DO UPDATE SET codes = EXCLUDED.codes, resolved_at = NULL, resolution = NULL, resolved_by = NULL,
            raised_at = CASE WHEN q.resolved_at IS NULL THEN q.raised_at ELSE EXCLUDED.raised_at END
          WHERE q.resolved_at IS NULL AND q.codes IS DISTINCT FROM EXCLUDED.codes OR q.resolved_at IS NOT NULL AND q.resolved_by IS NULL
            OR q.resolved_at < $1::timestamptz - make_interval(days => (
            SELECT aged_after_days FROM packaging_accounts p WHERE 'packaging/' || p.partner || '/' || p.type = q.id)))
        UPDATE attention SET resolved_at = $1, resolution = 'acknowledge'
        WHERE reason = 'packaging_aged' AND resolved_at IS NULL
          AND id NOT IN (SELECT 'packaging/' || partner || '/' || type FROM aged)`,
      values: [at],
    }),
  );
}
