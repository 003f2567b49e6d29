import type { Pool, PoolClient } from 'pg';
import { type Depth, reachedBy } from '../../domain/recall/terms.ts';
import { type Gathered, leaveGathered, markGathered } from '../journal/gathered.ts';
import { inLongTransaction, longQuery } from './long-transaction.ts';
import { drawOnceCommitted, wakeOnceCommitted } from './wake.ts';

/**
 * That consignees have named whom they passed goods on to, and somebody is to be written to. There is one a recall, by its number:
 * however many answer meanwhile, it is one.
 */
export type NamedConsignees = Gathered & { readonly provider: 'passed_on' };

/** So many are given their waves in one transaction: who answers waits for no more than that. */
const SLICE = 1_000;

/**
 * Notes that somebody is to be written to for a response. The more consignees a recall has, the longer they are gathered, from five
 * seconds to ten minutes, so that their answers don't keep all of its waves awake.
 */
export async function noteNamed(client: PoolClient, recall: string): Promise<void> {
  const { rows } = await client.query<{ seconds: number }>({
    name: 'how long the named are gathered',
    text: 'SELECT 5 + least(595, consignees / 100) AS seconds FROM recalls WHERE number = $1',
    values: [recall],
  });
  await leaveGathered(client, [{ provider: 'passed_on', eventId: recall }], rows[0]?.seconds ?? 5);
}

/**
 * Writes to consignees whom others named and nobody has written to yet, and again to those who have answered and got more goods since.
 * They hear of it from the wave of whoever named them. Nothing happens where the recall is over, or for who is too far down the chain.
 *
 * @param id the note's own, in the inbox
 */
export async function writeToNamed(pool: Pool, id: string, note: NamedConsignees): Promise<void> {
  for (let placed = SLICE; placed >= SLICE; ) {
    placed = await inLongTransaction(pool, (client) => place(client, note.eventId));
  }
  await markGathered(pool, id, note);
}

/** Gives some of those who are to be written to their waves, which hear of it as far as they have begun. @returns how many */
async function place(client: PoolClient, recall: string): Promise<number> {
  const { rows: found } = await client.query<{ depth: Depth; version: number }>(
    `SELECT depth, planned_version AS version FROM recalls WHERE number = $1 AND status IN ('launched', 'notifying', 'notified')`,
    [recall],
  );
  const [campaign] = found;
  if (campaign === undefined) return 0;
  const named = await longQuery(
    client,
    `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
      SELECT e.recall, e.sub_consignee, min(c.wave), $2, 'planned', 'initial', 1, min(r.launched_at)
      FROM recall_passed_on e JOIN recall_consignees c ON c.recall = e.recall AND c.consignee = e.consignee
        JOIN consignees k ON k.id = e.sub_consignee AND k.kind = ANY ($3) JOIN recalls r ON r.number = e.recall
      WHERE e.recall = $1 AND NOT EXISTS (
        SELECT FROM recall_consignees known WHERE known.recall = e.recall AND known.consignee = e.sub_consignee)
      GROUP BY e.recall, e.sub_consignee ORDER BY e.sub_consignee LIMIT ${SLICE} ON CONFLICT (recall, consignee) DO NOTHING RETURNING consignee`,
    [recall, campaign.version, reachedBy[campaign.depth]],
  );
  const again = await askAgain(client, recall);
  const waves = await longQuery<{ wave: number }>(
    client,
    `UPDATE recall_waves w SET ended_at = NULL WHERE recall = $1 AND started_at IS NOT NULL AND EXISTS (
        SELECT FROM recall_consignees c WHERE c.recall = w.recall AND c.wave = w.wave AND c.state = 'planned') RETURNING wave`,
    [recall],
  );
  await wakeOnceCommitted(
    client,
    recall,
    waves.map(({ wave }) => wave),
  );
  await drawOnceCommitted(client, recall);
  return Math.max(named.length, again);
}

/**
 * Who has answered and is to say more, in a round of its own. Their rows first: one who is just answering may have said it.
 * @returns how many were found
 */
async function askAgain(client: PoolClient, recall: string): Promise<number> {
  const hasMore = `state = 'responded' AND EXISTS (SELECT FROM recall_positions p WHERE p.recall = c.recall AND p.consignee = c.consignee
    AND p.response IS NULL AND p.traced + p.taken_over + p.possible > 0)`;
  const again = await longQuery<{ consignee: string }>(
    client,
    `SELECT consignee FROM recall_consignees c WHERE recall = $1 AND ${hasMore} ORDER BY consignee LIMIT ${SLICE} FOR UPDATE`,
    [recall],
  );
  if (again.length === 0) return 0;
  await longQuery(
    client,
    `UPDATE recall_consignees c SET state = 'planned', round = c.round + 1, due_number = 1, first_sent_at = NULL,
        due_kind = CASE WHEN c.last_sent_at IS NULL THEN 'initial' ELSE 'amended' END, next_due = r.launched_at
      FROM recalls r WHERE r.number = c.recall AND c.recall = $1 AND c.consignee = ANY ($2) AND ${hasMore}`,
    [recall, again.map(({ consignee }) => consignee)],
  );
  return again.length;
}
