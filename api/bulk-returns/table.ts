import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { UnreadableRow } from '../orders/import.ts';
import { UnreadableFile } from '../orders/source.ts';
import { type FieldError, Problem } from '../problem.ts';
import { rowReader } from '../upload.ts';
import { inWords } from '../wording.ts';

/** What a bulk return or a delivery of it may hold, in one file. */
export const mostRows = 10_000;
const MAX_BYTES = 8 * 1024 * 1024;
/** Bad rows that an answer names; the counts are of all. */
const MOST_NAMED = 1_000;

/** What is wrong with a row, counted from 1 without the header. */
export type RowFault = {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly detail: string;
};

export type Table<Row> = {
  readonly rows: readonly { readonly row: number; readonly value: Row }[];
  readonly faults: readonly RowFault[];
  /** By which the same file is known again. */
  readonly sha256: string;
};

/**
 * Reads a file of rows as a stream, each by its schema. All texts of CSV, so schemas coerce.
 *
 * @throws {Problem} 415 where it is neither CSV nor NDJSON, 422 where it can't be read to its end or is too large
 */
export async function readTable<S extends z.ZodObject>(
  request: IncomingMessage,
  schema: S,
): Promise<Table<z.infer<S>>> {
  const read = rowReader(request);
  const hash = createHash('sha256');
  const rows: { row: number; value: z.infer<S> }[] = [];
  const faults: RowFault[] = [];
  let row = 0;
  try {
    for await (const source of read(counted(request, hash), { names: Object.keys(schema.shape) })) {
      row += 1;
      if (row > mostRows) throw new UnreadableFile('too_many_rows', `only ${mostRows} rows are taken at once`);
      if (source instanceof UnreadableRow) {
        faults.push(...source.errors.map((fault) => ({ row, ...fault })));
        continue;
      }
      const result = schema.safeParse(source, { error: inWords });
      if (result.success) rows.push({ row, value: result.data });
      else faults.push(...result.error.issues.map((issue) => faultOf(row, issue)));
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Problem(422, error.code, row === 0 ? error.message : `row ${row}: ${error.message}`);
  }
  if (row === 0) throw new Problem(422, 'no_rows', 'the file has no rows; send one for each line');
  return { rows, faults, sha256: hash.digest('hex') };
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new UnreadableFile('body_too_large', `only ${MAX_BYTES} bytes are taken at once`);
    hash.update(chunk);
    yield chunk;
  }
}

function faultOf(row: number, issue: z.core.$ZodIssue): RowFault {
  const column = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.map(String).join('.');
  const code =
    issue.code === 'unrecognized_keys' ? 'unknown_column' : column === 'quantity' ? 'quantity_invalid' : 'invalid';
  return { row, column, code, detail: issue.message };
}

/** The problem that bad rows are: nothing was done with any of them. */
export function rowsProblem(faults: readonly RowFault[], rows: number): Problem {
  const bad = new Set(faults.map(({ row }) => row)).size;
  const errors = faults.slice(0, MOST_NAMED).map(
    ({ row, column, code, detail }): FieldError => ({
      field: column === '' ? `rows[${row}]` : `rows[${row}].${column}`,
      code,
      detail,
    }),
  );
  const [first] = errors;
  const detail = `${bad} of ${rows} rows can’t be taken, so none was; the first is ${first?.field}: ${first?.detail}`;
  return new Problem(422, 'rows_invalid', detail, { field: first?.field, errors });
}

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** A cell without the blanks around it; one that is empty counts as absent. */
export const cell = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => {
    const text = trimmed(value);
    return text === '' || text === null ? undefined : text;
  }, schema);

/** A whole number as CSV has it. */
export const wholeCell = z.preprocess(
  (value) => (typeof value === 'string' && /^\s*\d{1,7}\s*$/.test(value) ? Number(value) : value),
  z
    .int('a quantity is a whole number from 1 to 1,000,000')
    .min(1, 'a quantity is a whole number from 1 to 1,000,000')
    .max(1_000_000, 'a quantity is a whole number from 1 to 1,000,000'),
);

/** true or false, as spreadsheets write it too. */
export const flagCell = z.preprocess((value) => {
  const text = trimmed(value);
  const word = typeof text === 'string' ? text.toLowerCase() : text;
  if (word === '' || word === null) return undefined;
  return flags.get(word) ?? word;
}, z.boolean('use true or false').optional());
const flags: ReadonlyMap<unknown, boolean> = new Map([
  ...['true', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'no', '0'].map((word) => [word, false] as const),
]);
