import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';
import { chunksOf } from '../chunks.ts';
import { UnreadableRow } from '../orders/import.ts';
import type { RowError, SourceRow } from '../orders/row.ts';
import type { InputFile, InputRow } from './columns.ts';

/** What became of a row; `row` counts from 1. */
export type InputResult = {
  readonly row: number;
  readonly status: 'stored' | 'rejected';
  readonly errors?: readonly RowError[];
};

const CHUNK = 1_000;

/** Stores the rows of a file, each in the place of what was known by its key, and answers with a result per row in their order. */
export async function* importInputs(
  pool: Pool,
  file: InputFile,
  rows: AsyncIterable<SourceRow | UnreadableRow>,
): AsyncIterable<InputResult> {
  for await (const { first, chunk } of chunksOf(rows, CHUNK)) {
    const read = chunk.map((source) => (source instanceof UnreadableRow ? source.errors : file.read(source)));
    const known = await knownFacilities(pool, read);
    const stored = new Map<string, InputRow>();
    const results = read.map((row, index): InputResult => {
      const errors = 'key' in row ? unknownIn(row, known) : row;
      if (errors.length > 0) return { row: first + index, status: 'rejected', errors };
      // The last word counts, as it would in two files.
      if ('key' in row) stored.set(row.key, row);
      return { row: first + index, status: 'stored' };
    });
    await store(pool, file, [...stored.values()]);
    yield* results;
  }
}

async function knownFacilities(
  pool: Pool,
  rows: readonly (InputRow | readonly RowError[])[],
): Promise<ReadonlySet<string>> {
  const named = new Set(rows.flatMap((row) => ('key' in row ? Object.values(row.facilities) : [])));
  const { rows: found } = await withClient(pool, (client) =>
    client.query<{ id: string }>('SELECT id FROM facilities WHERE id = ANY ($1::text[])', [[...named]]),
  );
  return new Set(found.map(({ id }) => id));
}

const unknownIn = ({ facilities }: InputRow, known: ReadonlySet<string>): readonly RowError[] =>
  Object.entries(facilities).flatMap(([column, facility]) =>
    known.has(facility) ? [] : [{ column, code: 'unknown_facility', detail: `there is no facility ${facility}` }],
  );

async function store(pool: Pool, { table, types, key }: InputFile, rows: readonly InputRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(types);
  const changed = columns.filter((column) => !key.includes(column)).map((column) => `${column} = EXCLUDED.${column}`);
  await withClient(pool, (client) =>
    client.query(
      `INSERT INTO ${table} (${columns.join()})
        SELECT ${columns.join()} FROM jsonb_to_recordset($1::jsonb)
          AS n(${Object.entries(types)
            .map(([column, type]) => `${column} ${type}`)
            .join()})
        ORDER BY ${key.join()}
        ON CONFLICT (${key.join()}) DO UPDATE SET ${changed.join()}`,
      [JSON.stringify(rows.map(({ record }) => record))],
    ),
  );
}
