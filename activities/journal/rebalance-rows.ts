import type { RebalanceRow } from '../../domain/rebalance/projection.ts';
import { byColumn, type Row, type Table } from './table.ts';

/** The table of rebalancings as append writes it, beside the row that every process of the network has. */
export const rebalanceTables = {
  rebalances: {
    key: ['number'],
    columns: {
      number: 'text',
      currency: 'text',
      horizon_days: 'int',
      plan: 'int',
      edits: 'int',
      positions: 'int',
      lines: 'int',
      units: 'int',
      transfers: 'int',
      cost: 'bigint',
      saving: 'bigint',
      most_saving: 'bigint',
      excess: 'int',
      excess_worth: 'bigint',
      started: 'int',
      ended: 'int',
      late: 'int',
      received: 'int',
      lost: 'int',
    },
  },
} as const satisfies Record<string, Table>;

/** A rebalancing's own row. */
export const rebalanceRows = (
  number: string,
  row: RebalanceRow,
): Readonly<Record<keyof typeof rebalanceTables, readonly Row[]>> => ({
  rebalances: [byColumn({ number, ...row })],
});
