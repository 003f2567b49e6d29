import type { ClientBase } from 'pg';
import type { ReturnKind } from '../../domain/return/kind.ts';
import type { JournalKind, JournalRow } from './port.ts';

type Stored<K extends JournalKind> = {
  version: number;
  command_id: string;
  at: Date;
  by: string;
  events: readonly K['event'][];
};

const ROW = 'version, command_id, at, by, events';

/**
 * The journal above a version together with the rows of these commands, however old, and the journal's own version
 * (0 where it has none). A process's rows hold events of its own kind, which the caller names.
 */
export async function readTail<K extends JournalKind = ReturnKind>(
  client: ClientBase,
  process: string,
  above: number,
  commandIds: readonly string[] = [],
): Promise<{ readonly rows: readonly JournalRow<K>[]; readonly version: number }> {
  const found = await client.query<Stored<K>>({
    name: 'journal tail',
    text: `SELECT ${ROW} FROM journal WHERE process = $1 AND (version > $2 OR command_id = ANY($3::text[]))
      UNION ALL
      (SELECT version, NULL, NULL, NULL, NULL FROM journal WHERE process = $1 ORDER BY version DESC LIMIT 1)
      ORDER BY version, command_id NULLS LAST`,
    values: [process, above, commandIds],
  });
  const last = found.rows.at(-1);
  return { rows: found.rows.slice(0, -1).map(journalRow<K>), version: last?.version ?? 0 };
}

const journalRow = <K extends JournalKind>({ version, command_id, at, by, events }: Stored<K>): JournalRow<K> => ({
  version,
  commandId: command_id,
  at: at.toISOString(),
  by,
  events,
});
