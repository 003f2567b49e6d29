import type { PoolClient } from 'pg';
import { confirmationTimes } from '../../../domain/recall/confirmation.ts';
import type { ConfirmWithin, HazardClass } from '../../../domain/recall/terms.ts';
import { longQuery } from '../long-transaction.ts';

type Terms = {
  readonly within: ConfirmWithin | null;
  readonly hazardClass: HazardClass | null;
  readonly mock: boolean;
  readonly isOver: boolean;
  readonly now: Date;
};

const readTerms = async (client: PoolClient, recall: string): Promise<Terms | undefined> => {
  const { rows } = await client.query<Terms>(
    `SELECT confirm_within AS within, hazard_class AS "hazardClass", mock,
        status = 'closed' AS "isOver", now() FROM recalls WHERE number = $1`,
    [recall],
  );
  return rows[0];
};

/** Goods of a facility, `p`, that it was asked about and hasn't counted. */
export const UNCOUNTED = `p.asked_scope IS NOT NULL AND p.found IS NULL AND p.traced + p.possible > 0`;

/**
 * Asks facilities to confirm what a scope has stopped there. One that had confirmed all before is asked anew; one that hadn't keeps its
 * time and hears of the further goods. A drill writes to nobody.
 */
export async function askFacilities(client: PoolClient, recall: string, scopeVersion: number): Promise<void> {
  await ask(client, recall, scopeVersion, `p.asked_scope = $2 AND ${UNCOUNTED}`, []);
}

/** Asks one facility again to count what a person doesn't take its count of. */
export async function askAgain(client: PoolClient, recall: string, facility: string): Promise<void> {
  const { rows } = await client.query<{ scopeVersion: number }>(
    'SELECT scope_version AS "scopeVersion" FROM recall_facilities WHERE recall = $1 AND facility = $2',
    [recall, facility],
  );
  await ask(client, recall, rows[0]?.scopeVersion ?? 1, `p.facility = $7 AND ${UNCOUNTED}`, [facility]);
}

async function ask(
  client: PoolClient,
  recall: string,
  scopeVersion: number,
  which: string,
  more: readonly string[],
): Promise<void> {
  const terms = await readTerms(client, recall);
  if (terms === undefined || terms.within === null || terms.isOver) return;
  const { within, hazardClass, mock, now } = terms;
  const { dueAt } = confirmationTimes(within, hazardClass, now.toISOString());
  await longQuery(
    client,
    `INSERT INTO recall_facilities AS f (recall, facility, scope_version, state, hazard_class, asked_at, due_at, letter, letter_at)
      SELECT $1, facility, $2::int, 'asked', $3::text, $4::timestamptz, $5::timestamptz, CASE WHEN $6::boolean THEN NULL ELSE 'ask' END,
        CASE WHEN $6::boolean THEN NULL ELSE $4::timestamptz END
      FROM (SELECT DISTINCT p.facility FROM recall_positions p WHERE p.recall = $1 AND p.consignee IS NULL AND ${which}) AS asked
      ORDER BY facility
      ON CONFLICT (recall, facility) DO UPDATE SET scope_version = EXCLUDED.scope_version,
        state = CASE WHEN f.state = 'late' THEN f.state ELSE 'asked' END,
        hazard_class = CASE WHEN f.state = 'confirmed' THEN EXCLUDED.hazard_class ELSE f.hazard_class END,
        asked_at = CASE WHEN f.state = 'confirmed' THEN EXCLUDED.asked_at ELSE f.asked_at END,
        due_at = CASE WHEN f.state = 'confirmed' THEN EXCLUDED.due_at ELSE f.due_at END,
        letter = EXCLUDED.letter, letter_at = EXCLUDED.letter_at, confirmed_at = NULL, confirmed_by = NULL`,
    [recall, scopeVersion, hazardClass, now, dueAt, mock, ...more],
  );
}
