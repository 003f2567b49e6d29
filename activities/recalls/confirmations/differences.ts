import type { Pool, PoolClient } from 'pg';
import {
  type ConfirmationEvent,
  type DifferenceResolution,
  decideDifference,
} from '../../../domain/recall/confirmation.ts';
import type { Goods } from '../../../domain/recall/response.ts';
import { askAgain } from './ask.ts';
import { HERE } from './standing.ts';
import { type Taken, takeInTurn } from './turns.ts';

/** What a person says of a count that differs from the books, and why. */
export type Resolved = Goods & {
  readonly recall: string;
  readonly facility: string;
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
  /** The count that is meant, in units. */
  readonly found: number;
  readonly resolution: DifferenceResolution;
  readonly note: { readonly id: string; readonly text: string };
};

/**
 * Settles a count that differs from the books: it is right, so that units which weren't found are unaccounted for, or it is done again.
 */
export const resolveDifference = (pool: Pool, resolved: Resolved): Promise<Taken> =>
  takeInTurn(pool, resolved, async (client, standing, append) => {
    const { recall, facility, sku, lot, found, resolution, note, commandId, at, by } = resolved;
    const refusal = decideDifference(standing, resolved);
    if (refusal !== null) return [refusal];
    const type = resolution === 'accept' ? 'difference_accepted' : 'count_again';
    const event: ConfirmationEvent = { type, recall, facility, sku, lot, found, note: note.id };
    await append({ commandId, at, by, command: 'resolve_difference', event });
    await client.query('INSERT INTO notes (id, subject, text, by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      ...[note.id, recall, note.text, by],
    ]);
    const change =
      resolution === 'accept'
        ? 'accepted = true'
        : 'found = NULL, confirmation = NULL, location = NULL, left_since = 0';
    await client.query(
      `UPDATE recall_positions SET ${change} WHERE recall = $1 AND consignee IS NULL AND facility = $2 AND sku = $3 AND lot IS NOT DISTINCT FROM $4`,
      [recall, facility, sku, lot],
    );
    if (resolution === 'count_again') await askAgain(client, recall, facility);
    await settleDifferences(client, recall, facility);
    return [];
  });

/**
 * Has a person look at counts of a facility, or of all, that differ from the books, with both figures, and at none that doesn't any more. A
 * drill's are part of its score and wait for nobody.
 */
export async function settleDifferences(client: PoolClient, recall: string, facility: string | null): Promise<void> {
  await client.query({
    name: 'counts that differ',
    text: `WITH differing AS (
        SELECT 'count/' || p.id AS id, p.recall || '/facilities/' || p.facility AS subject, r.status,
          jsonb_build_object('recall', p.recall, 'facility', p.facility, 'sku', p.sku, 'lot', p.lot, 'onBooks', p.traced, 'found', ${HERE}) AS codes
        FROM recall_positions p JOIN recalls r ON r.number = p.recall
        WHERE p.recall = $1 AND p.consignee IS NULL AND ($2::text IS NULL OR p.facility = $2) AND p.differs AND NOT r.mock)
      INSERT INTO attention (id, reason, subject, codes, raised_at) SELECT id, 'count_differs', subject, codes, now() FROM differing d
      -- What was left open when the recall was completed is no news.
      WHERE status <> 'completed' OR NOT EXISTS (SELECT FROM attention a WHERE a.id = d.id AND a.codes = d.codes)
      ON CONFLICT (id) DO UPDATE SET codes = EXCLUDED.codes, resolved_at = NULL, resolution = NULL, resolved_by = NULL,
        raised_at = CASE WHEN attention.resolved_at IS NULL THEN attention.raised_at ELSE EXCLUDED.raised_at END`,
    values: [recall, facility],
  });
  await client.query({
    name: 'counts that agree',
    text: `UPDATE attention SET resolved_at = now(), resolution = 'acknowledge' WHERE resolved_at IS NULL AND id IN (
      SELECT 'count/' || id FROM recall_positions WHERE recall = $1 AND consignee IS NULL AND ($2::text IS NULL OR facility = $2) AND NOT differs)`,
    values: [recall, facility],
  });
}
