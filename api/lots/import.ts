import type { PrismaClient } from '../../prisma/generated/client.ts';
import { chunksOf } from '../chunks.ts';
import { UnreadableRow } from '../orders/import.ts';
import type { RowError, SourceRow } from '../orders/row.ts';
import { type LotFile, type LotRecord, type LotRow, type LotTable, lotFiles } from './columns.ts';
import { conflict, storeLotRows } from './store.ts';

/** What became of a row; `row` counts from 1. */
export type LotRowResult = {
  readonly row: number;
  readonly status: 'created' | 'changed' | 'unchanged' | 'rejected';
  readonly errors?: readonly RowError[];
};

const CHUNK = 500;

/**
 * Stores the rows of a file about lots, and answers with a result per row in their order. Good rows are taken whole, bad ones
 * left out whole; what is stored already is found by its key, so a file may come again.
 */
export async function* importLotRows(
  db: PrismaClient,
  table: LotTable,
  rows: AsyncIterable<SourceRow | UnreadableRow>,
): AsyncIterable<LotRowResult> {
  for await (const { first, chunk } of chunksOf(rows, CHUNK)) yield* await importChunk(db, table, chunk, first);
}

async function importChunk(
  db: PrismaClient,
  table: LotTable,
  chunk: readonly (SourceRow | UnreadableRow)[],
  first: number,
): Promise<readonly LotRowResult[]> {
  const file: LotFile = lotFiles[table];
  const good = new Map<number, LotRow>();
  const results: LotRowResult[] = [];
  const seen = new Map<string, { readonly row: number; readonly said: string }>();
  const lots = new Map<string, LotRecord>();
  for (const [index, source] of chunk.entries()) {
    const row = first + index;
    const read = source instanceof UnreadableRow ? source.errors : file.read(source);
    if (!('key' in read)) {
      results.push({ row, status: 'rejected', errors: read });
      continue;
    }
    const differing = read.lots.flatMap((lot) => differences(lots, lot));
    if (differing.length > 0) {
      results.push({ row, status: 'rejected', errors: differing });
      continue;
    }
    const said = JSON.stringify(read);
    const before = seen.get(read.key);
    if (before === undefined) {
      seen.set(read.key, { row, said });
      good.set(row, read);
    } else if (before.said === said) results.push({ row, status: 'unchanged' });
    else {
      const errors = [
        { column: '', code: 'conflicts_with_row', detail: `says other things than row ${before.row} of the same` },
      ];
      results.push({ row, status: 'rejected', errors });
    }
  }
  for (const [row, stored] of await storeLotRows(db, table, good)) {
    results.push(
      'errors' in stored ? { row, status: 'rejected', errors: stored.errors } : { row, status: stored.status },
    );
  }
  return results.sort((a, b) => a.row - b.row);
}

/** What a row says of a lot otherwise than a row before it; what it adds is remembered. */
function differences(known: Map<string, LotRecord>, lot: LotRecord): readonly RowError[] {
  const key = JSON.stringify([lot.sku, lot.lot]);
  const before = known.get(key) ?? { sku: lot.sku, lot: lot.lot };
  const columns = Object.keys(lot).filter(
    (column) => lot[column] != null && before[column] != null && lot[column] !== before[column],
  );
  if (columns.length > 0) return columns.map((column) => conflict(column, 'what a row before it says of the lot'));
  const told = Object.fromEntries(Object.entries(lot).filter(([, value]) => value !== null));
  known.set(key, { ...before, ...told });
  return [];
}
