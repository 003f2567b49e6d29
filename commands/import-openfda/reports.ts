import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { EnforcementRecord, reportOf } from '../../api/recalls/record.ts';
import type { EnforcementReport } from '../../domain/recall/enforcement-report.ts';

const Answer = z.object({ results: z.array(z.unknown()) });

/** A record of the file; its place counts from 1. */
export type Row =
  | { readonly place: number; readonly report: EnforcementReport }
  | { readonly place: number; readonly report: null; readonly problem: string };

/**
 * Reads enforcement reports as openFDA gives them: the API's answer `{"results": […]}`, a list of records, or a record a line; `.gz` is
 * unpacked on the way. Lines pass one by one, so that a file of any length can be read.
 *
 * @throws {Error} a sentence that names the file and what is wrong with it
 */
export async function* readReports(file: string): AsyncIterable<Row> {
  const read = createReadStream(file);
  const source = file.endsWith('.gz') ? read.pipe(createGunzip()) : read;
  read.once('error', (error) => source.destroy(error));
  let place = 0;
  const whole: string[] = [];
  try {
    for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
      const text = place === 0 && whole.length === 0 ? line.replace(/^\uFEFF/, '') : line;
      if (whole.length > 0) whole.push(text);
      else if (text.trim() === '') continue;
      else {
        const value = parsed(text);
        if (place === 0 && !isRecord(value)) whole.push(text);
        else {
          place += 1;
          yield rowOf(value, place);
        }
      }
    }
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    source.destroy();
    read.destroy();
  }
  if (whole.length > 0) yield* recordsOf(parsed(whole.join('\n')), file);
}

function* recordsOf(value: unknown, file: string): Iterable<Row> {
  const answer = Answer.safeParse(value);
  const records = answer.success ? answer.data.results : Array.isArray(value) ? value : null;
  if (records === null) throw new Error(`${file} holds neither {"results": […]} nor a record a line.`);
  for (const [index, record] of records.entries()) yield rowOf(record, index + 1);
}

/** A value of JSON; undefined where the text is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('results' in value);

function rowOf(value: unknown, place: number): Row {
  if (value === undefined) return { place, report: null, problem: 'is no JSON' };
  const read = EnforcementRecord.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { place, report: null, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
  }
  return { place, report: reportOf(read.data) };
}
