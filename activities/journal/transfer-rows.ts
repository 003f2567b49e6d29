import type { TransferRows } from '../../domain/transfer/projection.ts';
import { byColumn, type Row, type Table } from './table.ts';

/** The tables of transfers as append writes them, beside what is alike of all processes of the network. */
export const transferTables = {
  transfers: {
    key: ['number'],
    columns: {
      number: 'text',
      origin: 'text',
      destination: 'text',
      reason: 'text',
      plan: 'text',
      trip: 'text',
      carrier: 'text',
      tracking: 'text',
      ship_by: 'timestamptz',
      arrive_by: 'timestamptz',
      shipped_at: 'timestamptz',
      turned_back: 'boolean',
      currency: 'text',
      claims: 'jsonb',
      holds: 'jsonb',
      surpluses: 'jsonb',
    },
  },
  transfer_lines: {
    key: ['number', 'line'],
    columns: {
      number: 'text',
      line: 'text',
      sku: 'text',
      lot: 'text',
      serials: 'text[]',
      quantity: 'int',
      reserved: 'int',
      picked: 'int',
      shipped: 'int',
      in_transit: 'int',
      received: 'int',
      held: 'int',
      disposed_of: 'int',
      damaged: 'int',
      lost: 'int',
      at_origin: 'int',
      unit_cost: 'bigint',
      is_out: 'boolean',
    },
  },
} as const satisfies Record<string, Table>;

/** A transfer's own rows. */
export const transferRows = (
  number: string,
  { transfer, lines }: TransferRows,
): Readonly<Record<keyof typeof transferTables, readonly Row[]>> => ({
  transfers: [byColumn({ number, ...transfer })],
  transfer_lines: lines.map((line) => byColumn({ number, ...line })),
});
