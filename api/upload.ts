import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { UnreadableRow } from './orders/import.ts';
import type { SourceRow } from './orders/row.ts';
import { csvRows, jsonRows, type Mapping, UnreadableFile } from './orders/source.ts';
import { Problem } from './problem.ts';

/** One request's bounds; a larger file comes in parts. */
const MAX_ROWS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

export const uploadTypes = ['text/csv', 'application/x-ndjson'] as const;

/** What a description says of every such upload. */
export const ofUploads =
  'The answer is newline-delimited JSON: a result per row as it is stored, then one line with the counts. Good rows ' +
  'are taken, bad ones reported by number, column and reason. What is stored already stays as it is, so a file may be sent ' +
  `again. At most ${MAX_ROWS} rows and ${MAX_BYTES / 1024 / 1024} MiB a request.`;

/**
 * The body of a line of the answer.
 * @param id its name in the API's description
 * @param more what a line says of its own
 */
export const rowResultBody = <S extends string, More extends z.ZodRawShape>(
  id: string,
  statuses: readonly [S, ...S[]],
  more: More,
) =>
  z
    .object({
      row: z.int(),
      status: z.enum(statuses),
      ...more,
      errors: z.array(z.object({ column: z.string(), code: z.string(), detail: z.string() })).optional(),
    })
    .meta({ id, description: 'A line of the answer; the last one holds the counts instead.' });

/**
 * How a request's rows are to be read, by what it says of itself.
 *
 * @throws {Problem} 415
 */
export function rowReader({ headers }: IncomingMessage): typeof csvRows {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Problem(415, 'encoding_unsupported', 'send the rows as they are, not compressed');
  }
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim();
  const read = type === 'text/csv' ? csvRows : type === 'application/x-ndjson' ? jsonRows : null;
  if (read !== null) return read;
  throw new Problem(415, 'content_type_unsupported', 'send Content-Type: text/csv or application/x-ndjson');
}

/**
 * The rows of an upload within its bounds.
 *
 * @throws {Problem} 415
 */
export const uploadedRows = (request: IncomingMessage, mapping: Mapping): AsyncIterable<SourceRow | UnreadableRow> =>
  bounded(rowReader(request)(withinBytes(request), mapping));

/** The results, then the counts; why it stopped where it could not go on. What was stored stays stored. */
export async function* resultLines<S extends string>(
  rows: AsyncIterable<{ readonly status: S }>,
  statuses: readonly S[],
): AsyncIterable<unknown> {
  const counts = new Map(statuses.map((status) => [status, 0]));
  try {
    for await (const result of rows) {
      counts.set(result.status, (counts.get(result.status) ?? 0) + 1);
      yield result;
    }
    yield { done: true, ...Object.fromEntries(counts) };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield { done: false, ...Object.fromEntries(counts), code: error.code, detail: error.message };
  }
}

async function* bounded(rows: AsyncIterable<SourceRow | UnreadableRow>): AsyncIterable<SourceRow | UnreadableRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > MAX_ROWS)
      throw new UnreadableFile('too_many_rows', `only ${MAX_ROWS} rows are taken at once; send the rest again`);
    yield row;
  }
}

async function* withinBytes(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES)
      throw new UnreadableFile('body_too_large', `only ${MAX_BYTES} bytes are taken at once; send the rest again`);
    yield chunk;
  }
}
