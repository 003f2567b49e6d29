import { parse } from 'csv-parse';
import { z } from 'zod';
import { columnNames } from './columns.ts';
import { UnreadableRow } from './import.ts';
import { MAX_ROW_BYTES, parted } from './parted.ts';
import type { SourceRow } from './row.ts';

/** How the columns of a file are named, and what holds for every row. */
export type Mapping = {
  /** Our column → the file's; absent where the file uses our names. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Our column → the value for rows that have none. */
  readonly preset?: Readonly<Record<string, string>>;
  /** Our columns; those of orders where absent. */
  readonly names?: readonly string[];
  /** Of JSON: a row has parts of its own, and is taken as it is. */
  readonly whole?: true;
};

/** A file that cannot be read at all. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/**
 * The rows of a CSV file with a header line, its cells parted by commas, semicolons or tabs, as the header is. Columns that the
 * mapping doesn't name are left out, without a mapping the header must name ours.
 * @throws {UnreadableFile} `unknown_column` or `csv_malformed`
 */
export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  mapping: Mapping = {},
): AsyncIterable<SourceRow | UnreadableRow> {
  const { delimiter, rest } = await parted(bytes);
  const parser = parse({
    bom: true,
    delimiter,
    columns: (header: string[]) => header.map((name) => ours(name.trim(), mapping)),
    info: true,
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    // What a spreadsheet writes of rows that nothing is in.
    skip_records_with_empty_values: true,
  });
  const feeding = feed(rest, parser);
  try {
    for await (const item of parser) {
      const { record, info } = Parsed.parse(item);
      if (info.error !== undefined) yield unreadable('columns_differ', 'has another number of columns than the header');
      else yield { ...mapping.preset, ...filled(record) };
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new UnreadableFile('csv_malformed', `the CSV cannot be read any further: ${error.message}`);
    }
    throw error;
  } finally {
    parser.destroy();
  }
  await feeding;
}

const Parsed = z.object({
  record: z.record(z.string(), z.unknown()),
  info: z.object({ error: z.unknown().optional() }),
});

async function feed(bytes: AsyncIterable<Uint8Array>, parser: ReturnType<typeof parse>): Promise<void> {
  try {
    for await (const chunk of bytes) {
      if (parser.destroyed) return;
      if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve).once('close', resolve));
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function ours(name: string, { columns, names = columnNames }: Mapping): string | false {
  if (columns === undefined) {
    if (names.includes(name)) return name;
    if (name === '') {
      throw new UnreadableFile(
        'unknown_column',
        'a column of the header has no name; take it out, also where it is empty',
      );
    }
    const detail = `the header names ${JSON.stringify(name)}, which is no column here; the columns are ${names.join(', ')}`;
    throw new UnreadableFile('unknown_column', detail);
  }
  return Object.keys(columns).find((ourName) => columns[ourName] === name) ?? false;
}

/** The rows of newline-delimited JSON. */
export async function* jsonRows(
  bytes: AsyncIterable<Uint8Array>,
  mapping: Mapping = {},
): AsyncIterable<SourceRow | UnreadableRow> {
  for await (const line of linesOf(bytes)) {
    if (line instanceof UnreadableRow) yield line;
    else if (line.trim() !== '') yield jsonRow(line, mapping);
  }
}

const Flat = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));

const Whole = z.record(z.string(), z.unknown());

function jsonRow(line: string, { columns, preset, whole }: Mapping): SourceRow | UnreadableRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return unreadable('json_malformed', 'is not JSON');
  }
  if (whole === true) {
    const row = Whole.safeParse(value);
    return row.success ? row.data : unreadable('json_malformed', 'is not an object');
  }
  const flat = Flat.safeParse(value);
  if (!flat.success) return unreadable('json_malformed', 'is not an object of texts and numbers');
  const renamed =
    columns === undefined
      ? flat.data
      : Object.fromEntries(Object.entries(columns).map(([name, theirs]) => [name, flat.data[theirs]]));
  const joined = Object.entries(renamed).map(([name, field]) => [name, Array.isArray(field) ? field.join('|') : field]);
  return { ...preset, ...filled(Object.fromEntries(joined)) };
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string | UnreadableRow> {
  const decoder = new TextDecoder();
  let rest = '';
  let tooLong = false;
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      yield tooLong || part.length > MAX_ROW_BYTES ? unreadable('row_too_large', 'is too long') : part;
      tooLong = false;
    }
    if (rest.length <= MAX_ROW_BYTES) continue;
    tooLong = true;
    rest = '';
  }
  rest += decoder.decode();
  if (tooLong) yield unreadable('row_too_large', 'is too long');
  else if (rest !== '') yield rest;
}

/** Without what is empty, so that presets show through. */
const filled = (row: SourceRow): SourceRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '' && value !== null && value !== undefined));

const unreadable = (code: string, detail: string) => new UnreadableRow([{ column: '', code, detail }]);
