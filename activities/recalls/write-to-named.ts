import type { Pool, PoolClient } from 'pg';
import { type Depth, reachedBy } from '../../domain/recall/terms.ts';
import { withClient } from '../../prisma/client.ts';
import { inLongTransaction, longQuery } from './long-transaction.ts';
import type { WaveName } from './port.ts';

/**
 * That consignees have named whom they passed goods on to, and somebody is to be written to. There is one a recall, which waits
 * in the inbox until its sweeper comes by: however many answer meanwhile, it is one.
 */
export type NamedConsignees = {
  readonly provider: 'passed_on';
  /** The recall's number: there is one a recall. */
  readonly eventId: string;
  /** The newest response that named anybody. */
  readonly consignee: string;
  readonly response: number;
};

/** Has the waves that run, or have ended, look at whom they are to write to. Each may hear of it any number of times. */
export type WakeWave = (wave: WaveName) => Promise<void>;

/**
 * Notes that somebody is to be written to for a response. The more consignees a recall has, the longer they are gathered, from five
 * seconds to ten minutes, so that their answers don't keep all of its waves awake. Who takes it up while another response is
 * noting this finds that one in it, and leaves it where it is.
 */
export async function noteNamed(
  client: PoolClient,
  recall: string,
  consignee: string,
  response: number,
): Promise<void> {
  const noted: NamedConsignees = { provider: 'passed_on', eventId: recall, consignee, response };
  await client.query({
    name: 'named consignees',
    text: `INSERT INTO inbox (provider, event_id, payload, next_attempt_at)
      SELECT $1, $2, $3, now() + make_interval(secs => 5 + least(595, r.consignees / 100)) FROM recalls r WHERE r.number = $2
      ON CONFLICT (provider, event_id) DO UPDATE SET payload = EXCLUDED.payload, processed_at = NULL, dead_at = NULL, attempts = 0,
        next_attempt_at = CASE WHEN inbox.processed_at IS NULL THEN inbox.next_attempt_at ELSE EXCLUDED.next_attempt_at END`,
    values: [noted.provider, noted.eventId, JSON.stringify(noted)],
  });
}

/**
 * Writes to consignees whom others named and nobody has written to yet, and again to those who have answered and got more goods since.
 * They hear of it from the wave of whoever named them. Nothing happens where the recall is over, or for who is too far down the chain.
 *
 * @param id the note's own, in the inbox
 */
export async function writeToNamed(
  pool: Pool,
  id: string,
  { eventId: recall, consignee, response }: NamedConsignees,
  wake: WakeWave,
): Promise<void> {
  const waves = await inLongTransaction(pool, (client) => place(client, recall));
  for (const wave of waves) await wake({ recall, wave });
  await withClient(pool, (client) =>
    client.query({
      name: 'named are written to',
      text: `UPDATE inbox SET processed_at = now() WHERE id = $1 AND processed_at IS NULL
        AND payload->>'consignee' = $2 AND (payload->>'response')::int = $3`,
      values: [id, consignee, response],
    }),
  );
}

/** Gives who is to be written to their waves. @returns the waves with somebody to be told, as far as they have begun */
async function place(client: PoolClient, recall: string): Promise<readonly number[]> {
  const { rows: found } = await client.query<{ depth: Depth; version: number }>(
    `SELECT depth, planned_version AS version FROM recalls WHERE number = $1 AND status IN ('launched', 'notifying', 'notified')`,
    [recall],
  );
  const [campaign] = found;
  if (campaign === undefined) return [];
  await longQuery(
    client,
    `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
      SELECT e.recall, e.sub_consignee, min(c.wave), $2, 'planned', 'initial', 1, min(r.launched_at)
      FROM recall_passed_on e JOIN recall_consignees c ON c.recall = e.recall AND c.consignee = e.consignee
        JOIN consignees k ON k.id = e.sub_consignee AND k.kind = ANY ($3) JOIN recalls r ON r.number = e.recall
      WHERE e.recall = $1 AND NOT EXISTS (
        SELECT FROM recall_consignees known WHERE known.recall = e.recall AND known.consignee = e.sub_consignee)
      GROUP BY e.recall, e.sub_consignee ORDER BY e.sub_consignee ON CONFLICT (recall, consignee) DO NOTHING`,
    [recall, campaign.version, reachedBy[campaign.depth]],
  );
  await askAgain(client, recall);
  const waves = await longQuery<{ wave: number }>(
    client,
    `UPDATE recall_waves w SET ended_at = NULL WHERE recall = $1 AND started_at IS NOT NULL AND EXISTS (
        SELECT FROM recall_consignees c WHERE c.recall = w.recall AND c.wave = w.wave AND c.state = 'planned') RETURNING wave`,
    [recall],
  );
  return waves.map(({ wave }) => wave);
}

/** Who has answered and is to say more, in a round of its own. Their rows first: one who is just answering may have said it. */
async function askAgain(client: PoolClient, recall: string): Promise<void> {
  const hasMore = `state = 'responded' AND EXISTS (SELECT FROM recall_positions p WHERE p.recall = c.recall AND p.consignee = c.consignee
    AND p.response IS NULL AND p.traced + p.taken_over + p.possible > 0)`;
  const again = await longQuery<{ consignee: string }>(
    client,
    `SELECT consignee FROM recall_consignees c WHERE recall = $1 AND ${hasMore} ORDER BY consignee FOR UPDATE`,
    [recall],
  );
  if (again.length === 0) return;
  await longQuery(
    client,
    `UPDATE recall_consignees c SET state = 'planned', round = c.round + 1, due_number = 1, first_sent_at = NULL,
        due_kind = CASE WHEN c.last_sent_at IS NULL THEN 'initial' ELSE 'amended' END, next_due = r.launched_at
      FROM recalls r WHERE r.number = c.recall AND c.recall = $1 AND c.consignee = ANY ($2) AND ${hasMore}`,
    [recall, again.map(({ consignee }) => consignee)],
  );
}
