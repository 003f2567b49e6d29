import type { ClientBase, Pool } from 'pg';
import type { ReturnKind } from '../../domain/return/kind.ts';
import { withClient } from '../../prisma/client.ts';
import type { JournalKind, JournalPage, JournalRow } from './port.ts';
import { processOf } from './process.ts';

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

/** The bytes of events in a page: Temporal warns of payloads from 256 KiB on and refuses what is above 2 MB. */
const pageBytes = 200_000;

/**
 * As much of the journal above a version as one payload carries, from its first row on and at least that one, with the rows
 * of these commands that are older; and the journal's own version. A row was part of one payload when it was appended.
 */
export async function readPage<K extends JournalKind = ReturnKind>(
  client: ClientBase,
  process: string,
  above: number,
  commandIds: readonly string[] = [],
): Promise<{ readonly rows: JournalPage<K>; readonly version: number }> {
  const found = await client.query<Stored<K>>({
    name: 'journal page',
    // Row by row, so that what doesn't fit is not unpacked to be weighed.
    text: `WITH RECURSIVE page AS (
        (SELECT ${ROW}, octet_length(events::text) AS weight FROM journal
         WHERE process = $1 AND version > $2 ORDER BY version LIMIT 1)
        UNION ALL
        SELECT next.*, page.weight + octet_length(next.events::text) FROM page CROSS JOIN LATERAL
          (SELECT ${ROW} FROM journal WHERE process = $1 AND version > page.version ORDER BY version LIMIT 1) AS next
        WHERE page.weight + octet_length(next.events::text) <= $4
      ), known AS (
        SELECT ${ROW}, sum(octet_length(events::text)) OVER (ORDER BY version) AS weight,
          row_number() OVER (ORDER BY version) AS place
        FROM journal WHERE process = $1 AND version <= $2 AND command_id = ANY($3::text[])
      )
      SELECT ${ROW} FROM known WHERE weight <= $4 OR place = 1
      UNION ALL SELECT ${ROW} FROM page
      UNION ALL
      (SELECT version, NULL, NULL, NULL, NULL FROM journal WHERE process = $1 ORDER BY version DESC LIMIT 1)
      ORDER BY version, command_id NULLS LAST`,
    values: [process, above, commandIds, pageBytes],
  });
  const version = found.rows.at(-1)?.version ?? 0;
  const rows = found.rows.slice(0, -1).map(journalRow<K>);
  const last = rows.at(-1);
  const more = last !== undefined && last.version > above && last.version < version;
  return { rows: more ? [...rows.slice(0, -1), { ...last, more }] : rows, version };
}

const journalRow = <K extends JournalKind>({ version, command_id, at, by, events }: Stored<K>): JournalRow<K> => ({
  version,
  commandId: command_id,
  at: at.toISOString(),
  by,
  events,
});

/** Whether a return's journal has a command. */
export const isJournaled = (pool: Pool, rma: string, commandId: string): Promise<boolean> =>
  withClient(pool, async (client) => {
    const { rows } = await client.query({
      name: 'command by id',
      text: 'SELECT version FROM journal WHERE process = $1 AND command_id = $2',
      values: [processOf(rma), commandId],
    });
    return rows.length > 0;
  });
