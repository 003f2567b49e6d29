import type { PoolClient } from 'pg';
import { receiptPostings } from '../../domain/receipt/postings.ts';
import { foldReceipt, type Receipt, type ReceiptEvent } from '../../domain/receipt/receipt.ts';
import { ledgers } from './append-statement.ts';
import { type Compared, compareRows, type Difference } from './compare-rows.ts';
import { receiptRows } from './receipt-rows.ts';
import type { Row } from './table.ts';

const compared: Compared<'receipt' | 'process'> = {
  receipts: {
    scope: 'receipt',
    key: ['receipt'],
    columns: {
      receipt: 'text',
      facility: 'text',
      tracking: 'text',
      order_id: 'text',
      buyer_id: 'text',
      rma: 'text',
      serials: 'text[]',
      weight_grams: 'int',
      note: 'text',
      units: 'int',
      units_left: 'int',
      received_at: 'timestamptz',
      received_by: 'text',
      version: 'int',
    },
  },
  receipt_lines: {
    scope: 'receipt',
    key: ['receipt', 'line'],
    columns: {
      receipt: 'text',
      line: 'text',
      sku: 'text',
      quantity: 'int',
      lot: 'text',
      serials: 'text[]',
      damaged_in_transit: 'boolean',
    },
  },
  receipt_shares: {
    scope: 'receipt',
    key: ['receipt', 'line', 'version', 'seq'],
    columns: {
      receipt: 'text',
      line: 'text',
      version: 'int',
      seq: 'int',
      quantity: 'int',
      serials: 'text[]',
      rma: 'text',
      command_id: 'text',
      disposition: 'text',
      evidence: 'text',
    },
  },
  stock_entries: {
    scope: 'process',
    key: ['process', 'entry'],
    columns: { process: 'text', ...ledgers.stock_entries },
  },
};

type Stored = {
  readonly process: string;
  readonly version: number;
  readonly command_id: string;
  readonly at: Date;
  readonly by: string;
  readonly events: readonly ReceiptEvent[];
};

/** How the rows of parcels that nobody expected differ from what their journals make. */
export async function compareReceipts(client: PoolClient): Promise<readonly Difference[]> {
  const { rows } = await client.query<Stored>(
    `SELECT process, version, command_id, at, by, events FROM journal WHERE process LIKE 'receipt:%' ORDER BY process, version`,
  );
  const journals = Map.groupBy(rows, ({ process }) => process);
  const rebuilt = new Map<string, Row[]>(Object.keys(compared).map((table) => [table, []]));
  for (const [process, journal] of journals) {
    const entries = journal.map((row) => ({ ...row, at: row.at.toISOString() }));
    const made = receiptRows(null, entries);
    rebuilt.get('receipts')?.push(made.receipt);
    rebuilt.get('receipt_lines')?.push(...made.lines);
    rebuilt.get('receipt_shares')?.push(...made.shares);
    rebuilt.get('stock_entries')?.push(...entriesOf(process, journal));
  }
  const processes = [...journals.keys()];
  const live = await client.query<{ receipt: string }>('SELECT receipt FROM receipts');
  return await compareRows(client, compared, rebuilt, {
    process: processes,
    receipt: live.rows.map(({ receipt }) => receipt),
  });
}

function entriesOf(process: string, journal: readonly Stored[]): Row[] {
  let state: Receipt | null = null;
  return journal.flatMap(({ command_id, events }): Row[] => {
    const entries = receiptPostings(state, events, command_id);
    state = foldReceipt(state, events);
    return entries.map(({ from, to, ...entry }) => ({ ...entry, process, from_account: from, to_account: to }));
  });
}
