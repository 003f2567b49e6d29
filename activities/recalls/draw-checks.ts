import type { Pool, PoolClient } from 'pg';
import { sampleSize } from '../../domain/recall/checks.ts';
import { inLongTransaction, longQuery } from './long-transaction.ts';
import type { Recalls } from './port.ts';

type Input = Parameters<Recalls['drawChecks']>[0];
type Drawn = Awaited<ReturnType<Recalls['drawChecks']>>;

/**
 * Chooses consignees for effectiveness checks. Each consignee belongs to the draw that first covered it, its stratum, and has
 * a place in that by a hash of the recall's number and its own id: the first of these are checked. So anybody can choose the same
 * ones again, nobody can choose others, who came later is a sample of its own, and a larger share keeps whom a smaller one had.
 */
export const drawChecks = (pool: Pool, input: Input): Promise<Drawn> =>
  inLongTransaction(pool, (client) => draw(client, input));

async function draw(client: PoolClient, input: Input): Promise<Drawn> {
  const { recall, draw: number, share } = input;
  const known = await knownDraw(client, input);
  if (known !== null) return known;
  await longQuery(client, 'UPDATE recall_consignees SET stratum = $2 WHERE recall = $1 AND stratum IS NULL', [
    recall,
    number,
  ]);
  const { rows: strata } = await client.query<{ stratum: number; consignees: number }>(
    'SELECT stratum, count(*)::int AS consignees FROM recall_consignees WHERE recall = $1 GROUP BY stratum ORDER BY stratum',
    [recall],
  );
  const sizes = strata.map(({ consignees }) => sampleSize(consignees, share));
  await longQuery(
    client,
    `CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
      SELECT consignee, ranked.stratum, rank FROM (
        SELECT consignee, stratum, row_number() OVER (
          PARTITION BY stratum ORDER BY sha256(convert_to(recall || E'\\n' || consignee, 'UTF8')), consignee) AS rank
        FROM recall_consignees WHERE recall = $1) AS ranked
      JOIN unnest($2::int[], $3::int[]) AS sizes(stratum, size) ON sizes.stratum = ranked.stratum AND rank <= size`,
    [recall, strata.map(({ stratum }) => stratum), sizes],
  );
  await longQuery(
    client,
    `UPDATE recall_checks c SET state = CASE WHEN w.consignee IS NULL THEN 'withdrawn' ELSE 'open' END
      FROM recall_checks b LEFT JOIN wanted w ON w.consignee = b.consignee
      WHERE c.recall = $1 AND b.recall = $1 AND b.number = c.number
        AND c.state = CASE WHEN w.consignee IS NULL THEN 'open' ELSE 'withdrawn' END`,
    [recall],
  );
  await longQuery(
    client,
    `INSERT INTO recall_checks (recall, number, consignee, state)
      SELECT $1, (SELECT coalesce(max(number), 0) FROM recall_checks WHERE recall = $1)
          + row_number() OVER (ORDER BY w.stratum, w.rank), w.consignee, 'open'
      FROM wanted w WHERE NOT EXISTS (SELECT FROM recall_checks c WHERE c.recall = $1 AND c.consignee = w.consignee)`,
    [recall],
  );
  await client.query(
    `INSERT INTO recall_draws (recall, draw, share, consignees, checks, withdrawn)
      SELECT $1, $2, $3, $4, count(*) FILTER (WHERE state <> 'withdrawn'), count(*) FILTER (WHERE state = 'withdrawn')
      FROM recall_checks WHERE recall = $1`,
    [recall, number, share, strata.reduce((sum, { consignees }) => sum + consignees, 0)],
  );
  const made = await knownDraw(client, input);
  if (made === null) throw new Error(`recall ${recall} has no draw ${number}`);
  return made;
}

async function knownDraw(client: PoolClient, { recall, draw: number }: Input): Promise<Drawn | null> {
  const { rows } = await client.query<Omit<Drawn, 'type'>>(
    'SELECT consignees, checks, withdrawn FROM recall_draws WHERE recall = $1 AND draw = $2',
    [recall, number],
  );
  return rows[0] === undefined ? null : { type: 'checks_drawn', ...rows[0] };
}
