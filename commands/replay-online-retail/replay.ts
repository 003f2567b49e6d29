import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import type { ApiClient } from '../import/client.ts';
import { neededColumns } from '../import/mapping.ts';
import { importOrders } from '../import/orders.ts';
import { type Admission, importReturns } from '../import/returns.ts';
import { readTable, type TableRow } from '../import/table.ts';
import { driveReturn } from './drive.ts';
import { FACILITY, orderMapping, returnMapping, SOURCE } from './file-shape.ts';
import { freezePolicy, payInSandbox, prepareShop } from './shop.ts';
import { watchReturns } from './watch.ts';

export type World = {
  readonly client: ApiClient;
  readonly db: PrismaClient;
  readonly pool: Pool;
  readonly sandbox: SandboxHand;
  readonly log: (line: string) => void;
};

export type Files = { readonly orders: readonly string[]; readonly before: string | null; readonly returns: string };

/** How long one step of a return may take to show. */
const PATIENCE_MS = 120_000;

/** The files of a folder: orders and earlier orders, what had come back before, and the returns to replay. */
export function filesOf(folder: string): Files {
  const path = (name: string) => [`${name}.csv.gz`, `${name}.csv`].map((each) => join(folder, each)).find(existsSync);
  const orders = path('orders');
  const returns = path('returns');
  if (orders === undefined || returns === undefined) {
    throw new Error(`${folder} has no orders.csv(.gz) and returns.csv(.gz) to replay.`);
  }
  const earlier = path('earlier_orders');
  return {
    orders: earlier === undefined ? [orders] : [earlier, orders],
    before: path('earlier_returns') ?? null,
    returns,
  };
}

export type OrdersTaken = {
  readonly rows: number;
  readonly orders: number;
  /** Rows that were not taken, by code. */
  readonly leftOut: Readonly<Record<string, number>>;
};

/** The customers that the first lines of a file name, as the file writes them. */
export async function customersOf(file: string, limit: number): Promise<ReadonlySet<string>> {
  const customers = new Set<string>();
  for await (const { values } of firstRows(readTable(file), limit)) customers.add(values?.['CustomerID'] ?? '');
  customers.delete('');
  return customers;
}

/**
 * Brings orders in, each with its payment captured.
 * @param wanted says which rows; all of them unless told
 */
export async function takeOrders(
  { client, db, sandbox, log }: World,
  files: readonly string[],
  wanted: (row: TableRow) => boolean = () => true,
): Promise<OrdersTaken> {
  await prepareShop(db);
  const orders = new Set<string>();
  const leftOut: Record<string, number> = {};
  let rows = 0;
  for (const file of files) {
    const table = rowsOf(readTable(file, neededColumns(orderMapping)), wanted);
    const complete = async (batch: Parameters<typeof payInSandbox>[1]) => await payInSandbox(sandbox, batch);
    for await (const { row, status, order, errors } of importOrders(table, {
      client,
      mapping: orderMapping,
      complete,
    })) {
      rows += 1;
      if (rows % 5_000 === 0) log(`${rows} order lines`);
      if (status !== 'rejected') {
        if (order !== null) orders.add(order);
        continue;
      }
      for (const { column, code, detail } of errors) {
        leftOut[code] = (leftOut[code] ?? 0) + 1;
        if (code !== 'write_off') log(`${file} row ${row}, ${column}: ${code}: ${detail}`);
      }
    }
  }
  await freezePolicy(db);
  return { rows, orders: orders.size, leftOut };
}

export type ReturnsTaken = {
  /** What became of each row when it was matched, by row number. */
  readonly admissions: ReadonlyMap<number, Admission>;
  readonly returns: number;
  /** Returns that did not come to their end, with why. */
  readonly stuck: readonly string[];
};

/**
 * Takes up returned lines in the order of the file, one document after the other, and brings each return that was made to
 * its closing while later documents are taken up.
 */
export async function takeReturns(
  { client, db, pool, sandbox, log }: World,
  file: string,
  { limit, open: most }: { readonly limit: number; readonly open: number },
): Promise<ReturnsTaken> {
  const watch = watchReturns(pool, PATIENCE_MS);
  const admissions = new Map<number, Admission>();
  const started = new Set<string>();
  const open = new Set<Promise<void>>();
  const stuck: string[] = [];
  let closed = 0;
  const start = (rma: string) => {
    const driven: Promise<void> = driveReturn({ client, watch, sandbox }, rma)
      .then(() => {
        closed += 1;
        if (closed % 50 === 0) log(`${admissions.size} lines taken up, ${closed} returns closed`);
      })
      .catch((error: unknown) => {
        stuck.push(`${rma}: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => open.delete(driven));
    open.add(driven);
  };
  try {
    const table = firstRows(readTable(file, neededColumns(returnMapping)), limit);
    const options = { client, db, pool, mapping: returnMapping, source: SOURCE, facility: FACILITY };
    for await (const document of importReturns(table, { ...options, method: 'drop_off', queueUnreadable: true })) {
      for (const admission of document) {
        admissions.set(admission.row, admission);
        if (admission.type !== 'returned' || started.has(admission.rma)) continue;
        started.add(admission.rma);
        start(admission.rma);
      }
      while (open.size >= most) await Promise.race(open);
    }
    await Promise.all(open);
  } finally {
    watch.stop();
  }
  return { admissions, returns: started.size, stuck };
}

async function* rowsOf(rows: AsyncIterable<TableRow>, wanted: (row: TableRow) => boolean): AsyncIterable<TableRow> {
  for await (const row of rows) if (wanted(row)) yield row;
}

async function* firstRows(rows: AsyncIterable<TableRow>, limit: number): AsyncIterable<TableRow> {
  for await (const row of rows) {
    if (row.row > limit) return;
    yield row;
  }
}
