import type { Pool, PoolClient } from 'pg';
import type { ReceiptDecision } from '../../domain/receipt/decide.ts';
import { receiptPostings } from '../../domain/receipt/postings.ts';
import { foldReceipt, type Receipt, type ReceiptEvent } from '../../domain/receipt/receipt.ts';
import { inTransaction } from '../../prisma/client.ts';
import { receiptProcessOf } from './process.ts';
import { deliveriesOf, type ReceiptRows, receiptRows } from './receipt-rows.ts';

/** A command for a receipt: who sent it and when, and what it decides on the receipt as it is then. */
export type ReceiptCommand = {
  readonly receipt: string;
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
  readonly name: 'book' | 'match' | 'dispose';
  /** Null before it is booked. */
  readonly decide: (receipt: Receipt | null) => ReceiptDecision;
};

/** `known`: the command was taken before, and nothing was written now. */
export type ReceiptTaken =
  | { readonly type: 'taken' | 'known' }
  | Extract<ReceiptDecision, { readonly type: 'refused' }>;

/**
 * Decides a command of a receipt and writes what follows in one transaction: journal, rows, stock entries, people's
 * queue, what is told outside, and for each return that gets goods an inbox row, which brings them there once however
 * often a process dies. The same commandId may come any number of times.
 */
export const takeReceiptCommand = (pool: Pool, command: ReceiptCommand): Promise<ReceiptTaken> =>
  inTransaction(pool, (client) => take(client, command));

async function take(client: PoolClient, command: ReceiptCommand): Promise<ReceiptTaken> {
  const process = receiptProcessOf(command.receipt);
  // Commands of one receipt take turns; before its first row there is nothing else to lock.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [process]);
  const { rows } = await client.query<{ command_id: string; events: readonly ReceiptEvent[] }>(
    'SELECT command_id, events FROM journal WHERE process = $1 ORDER BY version',
    [process],
  );
  if (rows.some(({ command_id }) => command_id === command.commandId)) return { type: 'known' };
  const before = rows.reduce<Receipt | null>((state, { events }) => foldReceipt(state, events), null);
  const decision = command.decide(before);
  if (decision.type === 'refused') return decision;
  await write(client, command, before, decision.events, rows.length + 1);
  return { type: 'taken' };
}

async function write(
  client: PoolClient,
  { receipt, commandId, at, by, name }: ReceiptCommand,
  before: Receipt | null,
  events: readonly ReceiptEvent[],
  version: number,
): Promise<void> {
  const process = receiptProcessOf(receipt);
  await client.query(
    'INSERT INTO journal (process, version, command_id, at, by, command, events) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [process, version, commandId, at, by, name, JSON.stringify(events)],
  );
  await writeRows(client, receiptRows(before, [{ version, at, by, events }]));
  const entries = receiptPostings(before, events, commandId).map(({ from, to, ...entry }) => ({
    ...entry,
    from_account: from,
    to_account: to,
  }));
  await client.query(
    `INSERT INTO stock_entries (process, version, entry, from_account, to_account, facility, sku, lot, grade, owner, quantity, item)
     SELECT $1, $2::int, n.* FROM jsonb_to_recordset($3::jsonb) AS n(entry text, from_account text, to_account text, facility text,
       sku text, lot text, grade text, owner text, quantity int, item text)`,
    [process, version, JSON.stringify(entries)],
  );
  const told = events.map((event, seq) => ({
    seq,
    type: event.type.replace('_', '.'),
    payload: { ...event, receipt, at },
  }));
  await client.query(
    `INSERT INTO outbox (process, version, seq, event_type, payload)
     SELECT $1, $2::int, n.* FROM jsonb_to_recordset($3::jsonb) AS n(seq int, type text, payload jsonb)`,
    [process, version, JSON.stringify(told)],
  );
  await queue(client, foldReceipt(before, events), at, by);
  const deliveries = deliveriesOf(before, events, version, by);
  await client.query(
    `INSERT INTO inbox (provider, event_id, payload, next_attempt_at)
     SELECT 'receipt', n.payload->>'eventId', n.payload, now() + interval '5 seconds'
     FROM jsonb_array_elements($1::jsonb) AS n(payload)`,
    [JSON.stringify(deliveries)],
  );
}

async function writeRows(client: PoolClient, { receipt, lines, shares }: ReceiptRows): Promise<void> {
  await client.query(
    `INSERT INTO receipts SELECT * FROM jsonb_populate_record(NULL::receipts, $1::jsonb)
     ON CONFLICT (receipt) DO UPDATE SET units_left = EXCLUDED.units_left, version = EXCLUDED.version`,
    [JSON.stringify(receipt)],
  );
  for (const [table, rows] of Object.entries({ receipt_lines: lines, receipt_shares: shares })) {
    await client.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
      JSON.stringify(rows),
    ]);
  }
}

/** It waits for a person for as long as some of it belongs to nobody. */
async function queue(client: PoolClient, receipt: Receipt | null, at: string, by: string): Promise<void> {
  if (receipt === null) return;
  const left = Object.values(receipt.lines).filter((line) => line.left > 0);
  if (left.length === 0) {
    await client.query(
      `UPDATE attention SET resolved_at = $2, resolution = 'settled', resolved_by = $3 WHERE id = $1 AND resolved_at IS NULL`,
      [`receipt/${receipt.receipt}`, at, by],
    );
    return;
  }
  const { facility, clues } = receipt;
  const contents = left.map(({ counted: { sku, lot }, left: quantity, serials }) => ({ sku, lot, quantity, serials }));
  await client.query(
    `INSERT INTO attention (id, reason, subject, codes, raised_at) VALUES ($1, 'unexpected_parcel', $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET codes = EXCLUDED.codes`,
    [`receipt/${receipt.receipt}`, receipt.receipt, JSON.stringify({ facility, ...clues, contents }), at],
  );
}
