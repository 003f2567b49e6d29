import type { NetworkProjection } from '../../domain/network/projection.ts';
import { rebalanceRows, rebalanceTables } from './rebalance-rows.ts';
import { byColumn, type Row, type Table } from './table.ts';
import { transferRows, transferTables } from './transfer-rows.ts';
import { tripRows, tripTables } from './trip-rows.ts';

/** What is alike of all processes of the network, as append writes it. Each kind's own tables stand in a file of theirs. */
export const networkTables = {
  network_processes: {
    key: ['number'],
    columns: {
      number: 'text',
      kind: 'text',
      status: 'text',
      facility: 'text',
      opened_at: 'timestamptz',
      closed_at: 'timestamptz',
      next_deadline: 'timestamptz',
      outcome: 'text',
      version: 'int',
    },
  },
  ...transferTables,
  ...tripTables,
  ...rebalanceTables,
} as const satisfies Record<string, Table>;

/** The rows of a process of the network, as of a journal version. */
export const networkRows = (
  { network, transfer, trip, rebalance }: NetworkProjection,
  version: number,
): Partial<Readonly<Record<keyof typeof networkTables, readonly Row[]>>> => ({
  network_processes: [byColumn({ ...network, version })],
  ...(transfer === undefined ? {} : transferRows(network.number, transfer)),
  ...(trip === undefined ? {} : tripRows(network.number, trip)),
  ...(rebalance === undefined ? {} : rebalanceRows(network.number, rebalance)),
});
