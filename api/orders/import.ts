import type { PrismaClient } from '../../prisma/generated/client.ts';
import { chunksOf } from '../chunks.ts';
import { type OrderRow, type RowError, readRow, type SourceRow } from './row.ts';
import { storeRows } from './store.ts';

/** What became of a row; `row` counts from 1. */
export type RowResult =
  | {
      readonly row: number;
      readonly status: 'created' | 'unchanged';
      readonly order: string;
      readonly orderLine: string;
    }
  | {
      readonly row: number;
      readonly status: 'rejected';
      readonly order?: string;
      readonly errors: readonly RowError[];
    };

/** A row that could not even be read, for instance for its quotes. */
export class UnreadableRow {
  readonly errors: readonly RowError[];
  constructor(errors: readonly RowError[]) {
    this.errors = errors;
  }
}

/** A row with its place in its order. */
export type PlacedRow = OrderRow & { readonly number: number };

const CHUNK = 200;

/**
 * Stores orders, one row an order line, and answers with a result per row in their order. Good rows are taken whole,
 * bad ones left out whole. What is stored already is found by order and line and left as it is, so the same file may
 * come again; rows without a `line` are numbered in the order in which they come in their order, bad ones too.
 */
export async function* importOrders(
  db: PrismaClient,
  rows: AsyncIterable<SourceRow | UnreadableRow> | Iterable<SourceRow | UnreadableRow>,
): AsyncIterable<RowResult> {
  const lines = new Map<string, number>();
  for await (const { first, chunk } of chunksOf(rows, CHUNK)) yield* await importChunk(db, chunk, first, lines);
}

async function importChunk(
  db: PrismaClient,
  chunk: readonly (SourceRow | UnreadableRow)[],
  first: number,
  lines: Map<string, number>,
): Promise<readonly RowResult[]> {
  const results = new Map<number, RowResult>();
  const good = new Map<number, PlacedRow>();
  for (const [index, source] of chunk.entries()) {
    const row = first + index;
    if (source instanceof UnreadableRow) {
      results.set(row, { row, status: 'rejected', errors: source.errors });
      continue;
    }
    const read = readRow(source);
    const order = typeof source['order'] === 'string' ? source['order'].trim() : String(source['order'] ?? '');
    const number = (lines.get(order) ?? 0) + 1;
    lines.set(order, number);
    if ('errors' in read) {
      results.set(row, { row, status: 'rejected', ...(order === '' ? {} : { order }), errors: read.errors });
    } else good.set(row, { ...read.row, number: read.row.line ?? number });
  }
  for (const [row, stored] of await storeRows(db, good)) {
    const order = good.get(row)?.order ?? '';
    results.set(
      row,
      'errors' in stored ? { row, status: 'rejected', order, errors: stored.errors } : { row, order, ...stored },
    );
  }
  return [...results.values()].sort((a, b) => a.row - b.row);
}
