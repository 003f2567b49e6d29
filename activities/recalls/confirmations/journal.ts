import type { PoolClient } from 'pg';
import type { ConfirmationEvent } from '../../../domain/recall/confirmation.ts';

type Entry = {
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly event: ConfirmationEvent;
};

/** Adds an event to the journal of a facility, and tells whoever listens. */
export type Append = (entry: Entry) => Promise<void>;

/** The journal of a facility in a recall, once it is its turn: whether it knows a command, and how another is added to it. */
export async function journalAt(client: PoolClient, process: string, commandId: string) {
  const { rows } = await client.query<{ isKnown: boolean; last: number }>({
    name: 'journal of a facility',
    text: `SELECT EXISTS (SELECT FROM journal WHERE process = $1 AND command_id = $2) AS "isKnown",
      (SELECT coalesce(max(version), 0) FROM journal WHERE process = $1) AS last`,
    values: [process, commandId],
  });
  const { isKnown = false, last = 0 } = rows[0] ?? {};
  const append: Append = async ({ commandId: id, at, by, command, event }) => {
    const { type, recall, facility } = event;
    await client.query({
      name: 'journal of a facility goes on',
      text: `WITH journaled AS (
          INSERT INTO journal (process, version, command_id, at, by, command, events) VALUES ($1, $2, $3, $4, $5, $6, $7))
        INSERT INTO outbox (process, version, seq, event_type, payload) VALUES ($1, $2, 0, $8, $9)`,
      values: [
        ...[process, last + 1, id, at, by, command, JSON.stringify([event])],
        ...[`recall.facility_${type}`, JSON.stringify({ number: recall, facility, at })],
      ],
    });
  };
  return { isKnown, append };
}
