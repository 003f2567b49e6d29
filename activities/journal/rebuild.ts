import type { Pool, PoolClient } from 'pg';
import { certifiedDisposalDecider } from '../../domain/certified-disposal/decider.ts';
import type { CertifiedDisposalKind } from '../../domain/certified-disposal/kind.ts';
import { deliveryDecider } from '../../domain/delivery/decider.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import { liquidationDecider } from '../../domain/liquidation/decider.ts';
import type { LiquidationKind } from '../../domain/liquidation/kind.ts';
import { loanDecider } from '../../domain/loan/decider.ts';
import type { LoanKind } from '../../domain/loan/kind.ts';
import type { Decider, Recorded } from '../../domain/process/kind.ts';
import { rebalanceDecider } from '../../domain/rebalance/decider.ts';
import type { RebalanceKind } from '../../domain/rebalance/kind.ts';
import { recallDecider } from '../../domain/recall/decider.ts';
import type { RecallProcess } from '../../domain/recall/kind.ts';
import { refurbishmentDecider } from '../../domain/refurbishment/decider.ts';
import type { RefurbishmentKind } from '../../domain/refurbishment/kind.ts';
import { returnDecider } from '../../domain/return/decider.ts';
import type { ReturnKind } from '../../domain/return/kind.ts';
import { transferDecider } from '../../domain/transfer/decider.ts';
import type { TransferKind } from '../../domain/transfer/kind.ts';
import { tripDecider } from '../../domain/trip/decider.ts';
import type { TripKind } from '../../domain/trip/kind.ts';
import { vendorReturnDecider } from '../../domain/vendor-return/decider.ts';
import type { VendorReturnKind } from '../../domain/vendor-return/kind.ts';
import { ledgers } from './append-statement.ts';
import { type Compared, compareRows, type Difference, ENOUGH } from './compare-rows.ts';
import { multirange } from './multirange.ts';
import type { JournalKind, JournalKinds } from './port.ts';
import { kindOf, numberOf } from './process.ts';
import { readModel, readModelTables, rowsOf } from './read-model.ts';
import { compareConfirmations } from './rebuild-confirmations.ts';
import { compareReceipts } from './rebuild-receipts.ts';
import { compareResponses } from './rebuild-responses.ts';
import { compareStoreCredits } from './rebuild-store-credits.ts';
import { inSnapshot } from './snapshot.ts';
import type { Row } from './table.ts';

export type RebuildReport = { readonly processes: number; readonly differences: readonly Difference[] };

/** Processes folded and compared together: few enough to keep in memory, enough to spare round trips. */
const BATCH = 200;

/**
 * Folds every process's journal again and compares what follows from it with the rows as they are: read model, both
 * ledgers, holds; and so with the parcels that nobody expected, with store credit and with what consignees of recalls answered and facilities confirmed. Reads only, in one snapshot, a batch of processes at a time.
 */
export function rebuildAll(pool: Pool): Promise<RebuildReport> {
  return inSnapshot(pool, async (client) => {
    const differences: Difference[] = [
      ...(await rowsWithoutJournal(client)),
      ...(await compareReceipts(client)),
      ...(await compareStoreCredits(client)),
      ...(await compareResponses(client)),
      ...(await compareConfirmations(client)),
    ];
    let processes = 0;
    let after = '';
    for (;;) {
      const batch = await nextProcesses(client, after);
      const last = batch.at(-1);
      if (last === undefined || differences.length >= ENOUGH) return { processes, differences };
      const numbers = batch.map(numberOf);
      const names = { process: batch, rma: numbers, number: numbers, tracking: numbers, [ofAny]: numbers };
      differences.push(...(await compareRows(client, compared, await rowsOfBatch(client, batch), names)));
      processes += batch.length;
      after = last;
    }
  });
}

/** Whose an entry of the people's queue is. */
const ofAny = 'coalesce(rma, execution, delivery, recall, network)';
type Scope = 'rma' | 'number' | 'tracking' | typeof ofAny | 'process';

/** The compared tables: the read model (its version column apart, which also counts commands without events), ledgers, holds. */
const compared: Compared<Scope> = {
  ...Object.fromEntries(
    readModelTables.map((name) => {
      const { version: _, ...columns }: Record<string, string> = readModel[name].columns;
      return [name, { key: readModel[name].key, columns, scope: scopeOf(columns) }];
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

function scopeOf(columns: Readonly<Record<string, string>>): Scope {
  if ('number' in columns) return 'number';
  if ('opened_at' in columns) return 'tracking';
  return 'execution' in columns && 'attention' in columns ? ofAny : 'rma';
}

/** The rows that the journals of these processes make, by table. */
async function rowsOfBatch(client: PoolClient, processes: readonly string[]): Promise<Rebuilt> {
  const rows: Rebuilt = new Map(Object.keys(compared).map((table) => [table, []]));
  for (const [kind, rebuild] of Object.entries(rebuilt)) {
    await rebuild(
      client,
      processes.filter((process) => kindOf(process) === kind),
      rows,
    );
  }
  return rows;
}

async function nextProcesses(client: PoolClient, after: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ process: string }>(
    `SELECT process FROM journal WHERE version = 1 AND process > $1
       AND split_part(process, ':', 1) = ANY($2) ORDER BY process LIMIT ${BATCH}`,
    [after, Object.keys(rebuilt)],
  );
  return rows.map(({ process }) => process);
}

type Rebuilt = ReadonlyMap<string, Row[]>;

/** Adds the rows that the journals of these processes make. */
type Rebuild = (client: PoolClient, processes: readonly string[], rows: Rebuilt) => Promise<void>;

/** How the rows of each kind follow from its journals; the keys are what its processes' names begin with. */
const rebuilt: Readonly<Record<keyof JournalKinds, Rebuild>> = {
  return: rebuilding<ReturnKind>(returnDecider, ({ lines }, process) => ({
    unit_holds: lines
      .filter(({ holds }) => holds.length > 0)
      .map(({ line, holds }) => ({ rma: numberOf(process), line, units: multirange(holds) })),
  })),
  delivery: rebuilding<DeliveryKind>(deliveryDecider),
  'vendor-return': rebuilding<VendorReturnKind>(vendorReturnDecider),
  liquidation: rebuilding<LiquidationKind>(liquidationDecider),
  'certified-disposal': rebuilding<CertifiedDisposalKind>(certifiedDisposalDecider),
  refurbishment: rebuilding<RefurbishmentKind>(refurbishmentDecider),
  recall: rebuilding<RecallProcess>(recallDecider),
  loan: rebuilding<LoanKind>(loanDecider),
  transfer: rebuilding<TransferKind>(transferDecider),
  trip: rebuilding<TripKind>(tripDecider),
  rebalance: rebuilding<RebalanceKind>(rebalanceDecider),
};

type Stored<K extends JournalKind> = {
  process: string;
  command_id: string;
  at: Date;
  by: string;
  events: readonly K['event'][];
};

/**
 * Folds the processes of one kind and adds their rows.
 * @param more rows of tables that aren't of the read model
 */
function rebuilding<K extends JournalKind>(
  decider: Decider<K>,
  more: (projection: K['projection'], process: string) => Readonly<Record<string, readonly Row[]>> = () => ({}),
): Rebuild {
  return async (client, processes, rows) => {
    const add = (table: string, made: readonly Row[]) => rows.get(table)?.push(...made);
    const { rows: journal } = await client.query<Stored<K>>(
      'SELECT process, command_id, at, by, events FROM journal WHERE process = ANY($1) ORDER BY process, version',
      [processes],
    );
    for (const [process, commands] of Map.groupBy(journal, (row) => row.process)) {
      let state: K['state'] = decider.initial;
      const all: Recorded<K['event']>[] = [];
      for (const { command_id, at, by, events } of commands) {
        const recorded = events.map((event): Recorded<K['event']> => ({ at: at.toISOString(), by, event }));
        const { stock, money } = decider.postings(state, recorded, command_id);
        add(
          'stock_entries',
          stock.map(({ from, to, ...entry }) => ({ ...entry, process, from_account: from, to_account: to })),
        );
        add(
          'money_entries',
          money.map((entry) => ({ ...entry, process })),
        );
        state = decider.fold(state, recorded);
        all.push(...recorded);
      }
      const opened = decider.opened(state);
      if (opened === null) continue;
      const projection = decider.project(decider.initial, opened, all);
      for (const [table, made] of Object.entries(rowsOf(projection, commands.length))) add(table, made);
      for (const [table, made] of Object.entries(more(projection, process))) add(table, made);
    }
  };
}

/** Rows of processes that have no journal at all. */
async function rowsWithoutJournal(client: PoolClient): Promise<readonly Difference[]> {
  const { rows } = await client.query<{ table: string; row: Row }>(
    `SELECT 'returns' AS table, to_jsonb(r) AS row FROM returns r
     WHERE NOT EXISTS (SELECT FROM journal WHERE process = 'return:' || r.rma)
     UNION ALL SELECT 'deliveries', to_jsonb(d) FROM deliveries d
     WHERE NOT EXISTS (SELECT FROM journal WHERE process = 'delivery:' || d.tracking)
     UNION ALL SELECT 'recalls', to_jsonb(r) FROM recalls r
     WHERE NOT EXISTS (SELECT FROM journal WHERE process = 'recall:' || r.number)
     UNION ALL SELECT 'network_processes', to_jsonb(n) FROM network_processes n
     WHERE NOT EXISTS (SELECT FROM journal WHERE process = n.kind || ':' || n.number)
     UNION ALL SELECT 'executions', to_jsonb(e) FROM executions e
     WHERE NOT EXISTS (SELECT FROM journal WHERE process = replace(e.kind, '_', '-') || ':' || e.number) LIMIT ${ENOUGH}`,
  );
  return rows.map(({ table, row }) => ({ table, side: 'live', row }));
}
