import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { MAX_ROW_BYTES, parted } from '../../api/orders/parted.ts';

/** A row of a file; `row` counts from 1, the header left out. */
export type TableRow =
  | { readonly row: number; readonly values: Readonly<Record<string, string>> }
  | { readonly row: number; readonly values: null };

const Parsed = z.object({
  record: z.record(z.string(), z.string()),
  info: z.object({ error: z.unknown().optional() }),
});

/**
 * Reads a CSV file with a header line as a stream, its cells parted by commas, semicolons or tabs, as the header is; a name that
 * ends in `.gz` is unpacked on the way. A row with another
 * number of columns than the header comes without values.
 *
 * @param needed columns that the header must have
 * @throws {Error} a sentence that names the file and what is wrong with it
 */
export async function* readTable(file: string, needed: readonly string[] = []): AsyncIterable<TableRow> {
  let headed = false;
  const read = createReadStream(file);
  const bytes = file.endsWith('.gz') ? pipeline(read, createGunzip(), () => {}) : read;
  const { delimiter, rest } = await parted(bytes).catch((error: unknown) => {
    throw new Error(`${file} cannot be read: ${whyUnreadable(error)}`);
  });
  const parser = parse({
    bom: true,
    delimiter,
    columns: (header: string[]) => {
      headed = true;
      const names = header.map((name) => name.trim());
      const missing = needed.filter((name) => !names.includes(name));
      if (missing.length > 0) {
        throw new Error(`its header has no column ${missing.join(', ')}; it has ${names.join(', ')}`);
      }
      return names;
    },
    info: true,
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  pipeline(rest, parser, (error) => {
    if (error) parser.destroy(error);
  });
  let row = 0;
  try {
    for await (const item of parser) {
      row += 1;
      const { record, info } = Parsed.parse(item);
      yield info.error === undefined ? { row, values: record } : { row, values: null };
    }
    if (!headed) throw new Error('it is empty; its first line names the columns');
  } catch (error) {
    const after = row === 0 ? '' : ` after row ${row}`;
    throw new Error(`${file} cannot be read${after}: ${whyUnreadable(error)}`);
  } finally {
    parser.destroy();
    read.destroy();
  }
}

/** Why a file can't be read, in words where the system has but a code. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder, not a file';
  return error.message;
}

/**
 * Brings adjoining rows of one key together: rows of one order or document stand together in a file, and so only one of
 * them is in memory at a time. A row without a key stands alone.
 */
export async function* adjoining<T>(
  items: AsyncIterable<T>,
  keyOf: (item: T) => string | null,
): AsyncIterable<readonly T[]> {
  let group: T[] = [];
  let current: string | null = null;
  for await (const item of items) {
    const key = keyOf(item);
    if (group.length > 0 && (key === null || key !== current)) {
      yield group;
      group = [];
    }
    current = key;
    group.push(item);
  }
  if (group.length > 0) yield group;
}
