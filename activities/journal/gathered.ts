import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { withClient } from '../../prisma/client.ts';

/**
 * A message of the inbox that stands for all of its name: however often it is left, one waits. Each time it says the same with
 * another mark, so that what is left while it is taken up isn't lost.
 */
export type Gathered = { readonly provider: string; readonly eventId: string; readonly mark: string };

/**
 * Leaves messages for which one a name is enough, as part of the transaction that they follow from.
 *
 * @param seconds how long others like them are gathered first; one that waits already isn't put off by it
 */
export async function leaveGathered(
  client: PoolClient,
  messages: readonly Omit<Gathered, 'mark'>[],
  seconds: number,
): Promise<void> {
  if (messages.length === 0) return;
  await client.query({
    name: 'leave gathered',
    text: `INSERT INTO inbox (provider, event_id, payload, next_attempt_at)
      SELECT n.payload->>'provider', n.payload->>'eventId', n.payload, now() + make_interval(secs => $2)
      FROM jsonb_array_elements($1::jsonb) AS n(payload) ORDER BY 1, 2
      ON CONFLICT (provider, event_id) DO UPDATE SET payload = EXCLUDED.payload, processed_at = NULL, dead_at = NULL, attempts = 0,
        next_attempt_at = CASE WHEN inbox.processed_at IS NULL AND inbox.dead_at IS NULL
          THEN least(inbox.next_attempt_at, EXCLUDED.next_attempt_at) ELSE EXCLUDED.next_attempt_at END`,
    values: [JSON.stringify(messages.map((message): Gathered => ({ ...message, mark: randomUUID() }))), seconds],
  });
}

/** Marks such a message as done, unless it was left again since it was read: then it waits once more. */
export async function markGathered(pool: Pool, id: string, message: Gathered): Promise<void> {
  await withClient(pool, (client) =>
    client.query({
      name: 'mark gathered',
      text: `UPDATE inbox SET processed_at = now() WHERE id = $1 AND processed_at IS NULL AND payload->>'mark' IS NOT DISTINCT FROM $2`,
      // One that was left before there were marks has none.
      values: [id, message.mark ?? null],
    }),
  );
}
