import type { Pool } from 'pg';
import { parseMoney } from '../../domain/money/money.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import { readTable } from '../import/table.ts';
import { SOURCE } from './file-shape.ts';

/** A row of the file, named as the import names it, read once more on its own. */
export type ExpectedRow = { readonly id: string; readonly row: number; readonly value: number };

export type Audit = {
  readonly closed: ReadonlySet<number>;
  readonly queued: Readonly<Record<string, number>>;
  /** Rows whose return isn't closed. */
  readonly open: number;
  /** Rows that are nowhere, or whose units or return did not come to their end. */
  readonly lost: number;
  /** Rows that are in two places, units that no row asked for, and effects that a provider has twice. */
  readonly doubled: number;
  /** In minor units; unasked are refunds of no row. */
  readonly refunds: { readonly expected: number; readonly made: number; readonly unasked: number };
};

/** Reads a file's rows as an auditor does: by document and position, in the file's own words. */
export async function expectedRows(file: string, limit: number): Promise<readonly ExpectedRow[]> {
  const rows: ExpectedRow[] = [];
  const positions = new Map<string, number>();
  for await (const { row, values } of readTable(file)) {
    if (row > limit) break;
    const document = values?.['InvoiceNo'] ?? '';
    const position = (positions.get(document) ?? 0) + 1;
    positions.set(document, position);
    const id = document === '' ? `import:${SOURCE}:row/${row}` : `import:${SOURCE}:${document}/${position}`;
    const price = parseMoney(values?.['UnitPrice'] ?? '', 'GBP')?.amount ?? 0;
    rows.push({ id, row, value: -Number(values?.['Quantity'] ?? 0) * price });
  }
  return rows;
}

type Noted = {
  readonly id: string;
  readonly rma: string;
  readonly lines: readonly Part[];
  readonly goods: string | null;
};
type Part = { readonly orderLine: string; readonly quantity: number };

/**
 * Counts what became of every row without asking the run that did it: the file, the database and the sandbox's books are
 * compared with each other. `before` are rows of an earlier file, whose returns are there too.
 */
export async function audit(
  pool: Pool,
  sandbox: SandboxHand,
  rows: readonly ExpectedRow[],
  before: readonly ExpectedRow[],
): Promise<Audit> {
  const noted = await readNoted(pool);
  const queue = await readQueue(pool);
  const returned = new Map(noted.map((each) => [each.id, each]));
  const units = await unitsAstray(pool, noted);
  const closed = new Set<number>();
  const queued: Record<string, number> = {};
  let open = 0;
  let lost = units.missing;
  let doubled = units.surplus;
  for (const { id, row } of rows) {
    const note = returned.get(id);
    const reason = queue.get(id);
    if (note !== undefined && reason !== undefined) doubled += 1;
    if (note?.goods === 'closed') closed.add(row);
    else if (note !== undefined) open += 1;
    if (reason !== undefined) queued[reason] = (queued[reason] ?? 0) + 1;
    if (note?.goods !== 'closed' && reason === undefined) lost += 1;
  }
  const books = await sandbox.books();
  const ours = new Set(noted.map(({ rma }) => rma));
  const made = Object.entries(books.refunds);
  const asked = [...before, ...rows].filter(({ id }) => returned.get(id)?.goods === 'closed');
  const { duplicates } = books;
  return {
    closed,
    queued,
    open,
    lost,
    doubled: doubled + duplicates.labels + duplicates.pickups + duplicates.refunds + duplicates.claims,
    refunds: {
      expected: asked.reduce((sum, { value }) => sum + value, 0),
      made: made.reduce((sum, [, { amount }]) => sum + amount, 0),
      unasked: made.filter(([reference]) => !ours.has(reference.split(':')[0] ?? '')).length,
    },
  };
}

async function readNoted(pool: Pool): Promise<readonly Noted[]> {
  const { rows } = await pool.query<Noted>(
    `SELECT n.id, n.subject AS rma, n.text::jsonb->'lines' AS lines,
       CASE WHEN r.outcome = 'completed' THEN r.goods END AS goods
     FROM notes n LEFT JOIN returns r ON r.rma = n.subject WHERE n.id LIKE $1`,
    [`import:${SOURCE}:%`],
  );
  return rows;
}

async function readQueue(pool: Pool): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ id: string; reason: string }>(
    'SELECT id, reason FROM attention WHERE id LIKE $1',
    [`import:${SOURCE}:%`],
  );
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

/** Compares what rows asked for with what returns of these orders brought back, by return and order line. */
async function unitsAstray(pool: Pool, noted: readonly Noted[]): Promise<{ missing: number; surplus: number }> {
  const { rows } = await pool.query<{ rma: string; orderLine: string; units: number }>(
    `SELECT l.rma, l.order_line_id AS "orderLine",
       CASE WHEN r.closed_at IS NULL THEN l.requested ELSE l.received END AS units
     FROM return_lines l JOIN returns r ON r.rma = l.rma JOIN orders o ON o.id = r.order_id WHERE o.channel = $1`,
    [SOURCE],
  );
  const asked = new Map<string, number>();
  // A row whose return isn't closed is counted as lost by itself.
  const missing = new Set<string>();
  for (const { rma, lines, goods } of noted) {
    for (const { orderLine, quantity } of lines) {
      const key = `${rma} ${orderLine}`;
      asked.set(key, (asked.get(key) ?? 0) + quantity);
      if (goods === 'closed') missing.add(key);
    }
  }
  let surplus = 0;
  for (const { rma, orderLine, units } of rows) {
    const key = `${rma} ${orderLine}`;
    const wanted = asked.get(key) ?? 0;
    if (units > wanted) surplus += 1;
    if (units >= wanted) missing.delete(key);
  }
  return { missing: missing.size, surplus };
}
