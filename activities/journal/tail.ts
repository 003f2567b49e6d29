import type { ClientBase } from 'pg';
import type { ReturnEvent } from '../../domain/return/events.ts';
import type { JournalRow } from './port.ts';

type Stored = { version: number; command_id: string; at: Date; by: string; events: readonly ReturnEvent[] };

const ROW = 'version, command_id, at, by, events';

/**
 * The journal above a version together with the rows of these commands, however old, and the journal's own version
 * (0 where it has none).
 */
export async function readTail(
  client: ClientBase,
  process: string,
  above: number,
  commandIds: readonly string[] = [],
): Promise<{ readonly rows: readonly JournalRow[]; readonly version: number }> {
  const found = await client.query<Stored>({
    name: 'journal tail',
    text: `SELECT ${ROW} FROM journal WHERE process = $1 AND (version > $2 OR command_id = ANY($3::text[]))
      UNION ALL
      (SELECT version, NULL, NULL, NULL, NULL FROM journal WHERE process = $1 ORDER BY version DESC LIMIT 1)
      ORDER BY version, command_id NULLS LAST`,
    values: [process, above, commandIds],
  });
  const last = found.rows.at(-1);
  return { rows: found.rows.slice(0, -1).map(journalRow), version: last?.version ?? 0 };
}

const journalRow = ({ version, command_id, at, by, events }: Stored): JournalRow => ({
  version,
  commandId: command_id,
  at: at.toISOString(),
  by,
  events,
});
