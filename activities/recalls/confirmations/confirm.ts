import type { Pool, PoolClient } from 'pg';
import { type ConfirmationEvent, type Count, decideConfirmation } from '../../../domain/recall/confirmation.ts';
import { UNCOUNTED } from './ask.ts';
import { settleDifferences } from './differences.ts';
import type { Append } from './journal.ts';
import { type Taken, takeInTurn } from './turns.ts';

/** What a facility of ours has found of stopped goods, and who says so. The same commandId may come any number of times. */
export type Confirmation = {
  readonly recall: string;
  readonly facility: string;
  readonly commandId: string;
  readonly at: string;
  /** The API key's id. */
  readonly by: string;
  readonly counts: readonly Count[];
};

/**
 * Takes down what a facility has found: its journal, the count, its positions, whether it has confirmed all by that, and what
 * waits for a person where a count differs from the books. No process is told.
 */
export const takeConfirmation = (pool: Pool, confirmation: Confirmation): Promise<Taken> =>
  takeInTurn(pool, confirmation, async (client, standing, append) => {
    const decision = decideConfirmation(standing, confirmation.counts);
    if (decision.type === 'refused') return decision.refusals;
    if (decision.type === 'accepted') {
      await write(client, { ...confirmation, counts: decision.counts }, standing.scopeVersion, append);
    }
    return [];
  });

async function write(
  client: PoolClient,
  { recall, facility, commandId, at, by, counts }: Confirmation,
  scopeVersion: number,
  append: Append,
): Promise<void> {
  const { rows } = await client.query<{ last: number }>({
    name: 'counts of a facility',
    text: 'SELECT coalesce(max(number), 0) AS last FROM recall_confirmations WHERE recall = $1 AND facility = $2',
    values: [recall, facility],
  });
  const number = (rows[0]?.last ?? 0) + 1;
  const event: ConfirmationEvent = { type: 'counted', recall, facility, number, counts };
  await append({ commandId, at, by, command: 'confirm', event });
  await client.query({
    name: 'what a facility found',
    text: `INSERT INTO recall_positions AS p (recall, facility, sku, lot, asked_scope, found, location, confirmation)
      SELECT $1, $2, n.sku, n.lot, $3::int, n.found, CASE WHEN n.found > 0 THEN n.location END, $4::int
      FROM jsonb_to_recordset($5::jsonb) AS n(sku text, lot text, found int, location text)
      ON CONFLICT (recall, consignee, facility, sku, lot) DO UPDATE SET asked_scope = coalesce(p.asked_scope, EXCLUDED.asked_scope),
        accepted = p.accepted AND p.found - p.left_since = EXCLUDED.found, found = EXCLUDED.found, left_since = 0,
        location = EXCLUDED.location, confirmation = EXCLUDED.confirmation`,
    values: [recall, facility, scopeVersion, number, JSON.stringify(counts)],
  });
  const allCounted = `NOT EXISTS (SELECT FROM recall_positions p WHERE p.recall = $1 AND p.consignee IS NULL AND p.facility = $2 AND ${UNCOUNTED})`;
  // Who wasn't asked, and says that there are some, has confirmed by that. Whoever confirms again has confirmed when it first had.
  const { rows: states } = await client.query<{ state: string }>({
    name: 'a facility confirms',
    text: `INSERT INTO recall_facilities AS f (recall, facility, scope_version, state, confirmed_at, confirmed_by, confirmation)
      VALUES ($1, $2, $3, 'confirmed', $4, $5, $6)
      ON CONFLICT (recall, facility) DO UPDATE SET confirmation = EXCLUDED.confirmation,
        state = CASE WHEN ${allCounted} THEN 'confirmed' ELSE f.state END,
        confirmed_at = CASE WHEN ${allCounted} THEN coalesce(f.confirmed_at, EXCLUDED.confirmed_at) END,
        confirmed_by = CASE WHEN ${allCounted} THEN EXCLUDED.confirmed_by END,
        letter = CASE WHEN ${allCounted} THEN NULL ELSE f.letter END,
        letter_at = CASE WHEN ${allCounted} THEN NULL ELSE f.letter_at END
      RETURNING state`,
    values: [recall, facility, scopeVersion, at, by, number],
  });
  await client.query({
    name: 'keep a count',
    text: 'INSERT INTO recall_confirmations (recall, facility, number, at, by, counts) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [recall, facility, number, at, by, JSON.stringify(counts)],
  });
  if (states[0]?.state === 'confirmed') await isNoLongerLate(client, recall, facility);
  await settleDifferences(client, recall, facility);
}

const isNoLongerLate = (client: PoolClient, recall: string, facility: string) =>
  client.query({
    name: 'no longer late',
    text: `UPDATE attention SET resolved_at = now(), resolution = 'acknowledge' WHERE id = $1 AND resolved_at IS NULL`,
    values: [lateEntry(recall, facility)],
  });

/** The id of the entry in the people's queue of a facility that hasn't confirmed in time. */
const lateEntry = (recall: string, facility: string): string => `confirmation/${recall}/${facility}`;
