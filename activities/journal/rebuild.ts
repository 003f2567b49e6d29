import type { Pool, PoolClient } from 'pg';
import type { Recorded, ReturnEvent } from '../../domain/return/events.ts';
import { fold } from '../../domain/return/evolve.ts';
import { postings } from '../../domain/return/postings.ts';
import { project } from '../../domain/return/project.ts';
import { initialState, type ReturnState } from '../../domain/return/state.ts';
import { ledgers } from './append-statement.ts';
import { type Compared, compareRows, type Difference, ENOUGH } from './compare-rows.ts';
import { numberOf } from './process.ts';
import { multirange, type Row, readModel, readModelTables, rowsOf } from './read-model.ts';
import { compareReceipts } from './rebuild-receipts.ts';
import { inSnapshot } from './snapshot.ts';

export type RebuildReport = { readonly processes: number; readonly differences: readonly Difference[] };

/** Processes folded and compared together: few enough to keep in memory, enough to spare round trips. */
const BATCH = 200;

/**
 * Folds every return's journal again and compares what follows from it with the rows as they are: read model, both
 * ledgers, holds; and so with the parcels that nobody expected. Reads only, in one snapshot, a batch of processes at a time.
 */
export function rebuildAll(pool: Pool): Promise<RebuildReport> {
  return inSnapshot(pool, async (client) => {
    const differences: Difference[] = [...(await rowsWithoutJournal(client)), ...(await compareReceipts(client))];
    let processes = 0;
    let after = '';
    for (;;) {
      const batch = await nextProcesses(client, after);
      const last = batch.at(-1);
      if (last === undefined || differences.length >= ENOUGH) return { processes, differences };
      const names = { process: batch, rma: batch.map(numberOf) };
      differences.push(...(await compareRows(client, compared, await rebuild(client, batch), names)));
      processes += batch.length;
      after = last;
    }
  });
}

/** The compared tables: the read model (its version column apart, which also counts commands without events), ledgers, holds. */
const compared: Compared<'rma' | 'process'> = {
  ...Object.fromEntries(
    readModelTables.map((name) => {
      const { version: _, ...columns }: Record<string, string> = readModel[name].columns;
      return [name, { key: readModel[name].key, columns, scope: 'rma' as const }];
    }),
  ),
  stock_entries: {
    key: ['process', 'entry'],
    columns: { process: 'text', ...ledgers.stock_entries },
    scope: 'process',
  },
  money_entries: {
    key: ['process', 'entry'],
    columns: { process: 'text', ...ledgers.money_entries },
    scope: 'process',
  },
  unit_holds: { key: ['rma', 'line'], columns: { rma: 'text', line: 'text', units: 'int4multirange' }, scope: 'rma' },
};

async function nextProcesses(client: PoolClient, after: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ process: string }>(
    `SELECT process FROM journal WHERE version = 1 AND process > $1 AND process LIKE 'return:%' ORDER BY process LIMIT ${BATCH}`,
    [after],
  );
  return rows.map(({ process }) => process);
}

type Stored = { process: string; command_id: string; at: Date; by: string; events: readonly ReturnEvent[] };

/** The rows that the journals of these processes make, by table. */
async function rebuild(client: PoolClient, processes: readonly string[]): Promise<ReadonlyMap<string, Row[]>> {
  const rows = new Map<string, Row[]>(Object.keys(compared).map((table) => [table, []]));
  const add = (table: string, more: readonly Row[]) => rows.get(table)?.push(...more);
  const { rows: journal } = await client.query<Stored>(
    'SELECT process, command_id, at, by, events FROM journal WHERE process = ANY($1) ORDER BY process, version',
    [processes],
  );
  for (const [process, commands] of Map.groupBy(journal, (row) => row.process)) {
    let state: ReturnState = initialState;
    const all: Recorded[] = [];
    for (const { command_id, at, by, events } of commands) {
      const recorded = events.map((event): Recorded => ({ at: at.toISOString(), by, event }));
      const { stock, money } = postings(state, recorded, command_id);
      add(
        'stock_entries',
        stock.map(({ from, to, ...entry }) => ({ ...entry, process, from_account: from, to_account: to })),
      );
      add(
        'money_entries',
        money.map((entry) => ({ ...entry, process })),
      );
      state = fold(state, recorded);
      all.push(...recorded);
    }
    if (state.phase === 'initial') continue;
    const projection = project(initialState, state, all);
    for (const [table, made] of Object.entries(rowsOf(projection, commands.length))) add(table, made);
    const held = projection.lines.filter(({ holds }) => holds.length > 0);
    add(
      'unit_holds',
      held.map(({ line, holds }) => ({ rma: numberOf(process), line, units: multirange(holds) })),
    );
  }
  return rows;
}

/** Rows of returns that have no journal at all. */
async function rowsWithoutJournal(client: PoolClient): Promise<readonly Difference[]> {
  const { rows } = await client.query<{ row: Row }>(
    `SELECT to_jsonb(r) AS row FROM returns r
     WHERE NOT EXISTS (SELECT FROM journal WHERE process = 'return:' || r.rma) LIMIT ${ENOUGH}`,
  );
  return rows.map(({ row }) => ({ table: 'returns', side: 'live', row }));
}
