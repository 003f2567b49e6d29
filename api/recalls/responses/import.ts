import type { Pool } from 'pg';
import { z } from 'zod';
import { type ResponseTaken, takeResponses } from '../../../activities/recalls/respond.ts';
import { outcomes } from '../../../domain/recall/response.ts';
import { cellErrors, code, needed, text, whole } from '../../cells.ts';
import { chunksOf } from '../../chunks.ts';
import { UnreadableRow } from '../../orders/import.ts';
import type { RowError, SourceRow } from '../../orders/row.ts';
import { refusalError } from './refusals.ts';

const units = whole(0, 1_000_000);
const orNothing = z.union([z.undefined().transform(() => null), code]);

/** A row: one position of one consignee. */
export const responseColumns = z.strictObject({
  consignee: needed,
  sku: code,
  lot: orNothing,
  held: units,
  returned: units,
  destroyed: units,
  corrected: units,
  consumed: units,
  soldOn: units,
  proof: text.transform((value) => value ?? null),
});

/** Without any figure it is a row that nobody has filled in yet: taken for an answer, it would have nobody reminded any more. */
const Row = responseColumns
  .refine((row) => outcomes.some((outcome) => row[outcome] !== null), {
    error: 'says nothing of the goods: fill in a figure, 0 where none is left',
    params: { code: 'nothing_said' },
  })
  .transform(({ held, returned, destroyed, corrected, consumed, soldOn, ...row }) => ({
    ...row,
    ...{ held: held ?? 0, returned: returned ?? 0, destroyed: destroyed ?? 0 },
    ...{ corrected: corrected ?? 0, consumed: consumed ?? 0, soldOn: soldOn ?? 0 },
  }));

/** What became of a row; `row` counts from 1. */
export type ResponseRowResult = {
  readonly row: number;
  readonly status: 'taken' | 'unchanged' | 'rejected';
  readonly errors?: readonly RowError[];
};

/** Rows that are looked at together, and transactions that write them at the same time. */
const CHUNK = 200;
const LANES = 4;

type Sender = { readonly recall: string; readonly commandId: string; readonly by: string };

/** Takes the answers of a file, each row by itself and those of one consignee in their order, and says what became of each. */
export async function* importResponses(
  pool: Pool,
  sender: Sender,
  rows: AsyncIterable<SourceRow | UnreadableRow>,
): AsyncIterable<ResponseRowResult> {
  for await (const { first, chunk } of chunksOf(rows, CHUNK)) yield* await importChunk(pool, sender, chunk, first);
}

type Read = { readonly row: number; readonly said: z.infer<typeof Row> };

async function importChunk(
  pool: Pool,
  sender: Sender,
  chunk: readonly (SourceRow | UnreadableRow)[],
  first: number,
): Promise<readonly ResponseRowResult[]> {
  const results: ResponseRowResult[] = [];
  const good: Read[] = [];
  for (const [index, source] of chunk.entries()) {
    const row = first + index;
    const read = source instanceof UnreadableRow ? null : Row.safeParse(source);
    if (read?.success) good.push({ row, said: read.data });
    else {
      const errors = source instanceof UnreadableRow ? source.errors : (read?.error?.issues.flatMap(cellErrors) ?? []);
      results.push({ row, status: 'rejected', errors });
    }
  }
  // Consignees in the order of their ids, each in one lane alone: so files that come at the same time don't wait for each other.
  const byConsignee = [...Map.groupBy(good, ({ said }) => said.consignee)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    byConsignee.filter((_its, index) => index % LANES === lane).flatMap(([, its]) => its),
  );
  const written = await Promise.all(lanes.map((lane) => importLane(pool, sender, lane)));
  return [...results, ...written.flat()].sort((a, b) => a.row - b.row);
}

async function importLane(pool: Pool, { recall, commandId, by }: Sender, rows: readonly Read[]) {
  const at = new Date().toISOString();
  const taken = await takeResponses(
    pool,
    rows.map(({ row, said: { consignee, ...position } }) => ({
      ...{ recall, consignee, by, channel: 'csv', at, commandId: `${commandId}:${row}` },
      positions: [{ ...position, passedOn: null }],
      newConsignees: [],
    })),
  );
  return rows.flatMap(({ row }, index) => {
    const came = taken[index];
    return came === undefined ? [] : [resultOf(row, came)];
  });
}

function resultOf(row: number, taken: ResponseTaken): ResponseRowResult {
  if (taken.type === 'taken') return { row, status: taken.number === null ? 'unchanged' : 'taken' };
  if (taken.type === 'unknown') {
    const detail = 'is no consignee that this recall writes to';
    return { row, status: 'rejected', errors: [{ column: 'consignee', code: 'consignee_not_in_recall', detail }] };
  }
  if (taken.type === 'overtaken') throw new Error('a row that follows no other response was overtaken');
  const errors = taken.refusals.map((refusal): RowError => {
    const { field, ...error } = refusalError(refusal);
    return { column: columnOf(field), ...error };
  });
  return { row, status: 'rejected', errors };
}

/** The column that a field of a response is about; none where it is about the row. */
const columnOf = (field: string): string =>
  ['sku', 'lot', ...outcomes].find((column) => field.endsWith(`.${column}`)) ??
  (field.includes('passedOn') ? 'soldOn' : '');
