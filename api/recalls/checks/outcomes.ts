import { z } from 'zod';
import { checkMethods, checkOutcomes } from '../../../domain/recall/checks.ts';
import type { Api } from '../../api.ts';
import { cellErrors, fault, text, time, whole } from '../../cells.ts';
import { chunksOf } from '../../chunks.ts';
import { endpoint } from '../../endpoint.ts';
import { Instant, NoteText } from '../../fields.ts';
import { UnreadableRow } from '../../orders/import.ts';
import type { RowError, SourceRow } from '../../orders/row.ts';
import { Problem } from '../../problem.ts';
import { noteId } from '../../returns/notes.ts';
import { ofUploads, resultLines, rowResultBody, uploadedRows, uploadTypes } from '../../upload.ts';
import { RecallNumber } from '../bodies.ts';
import { recallUnderWay } from '../carry-out.ts';
import { CheckNumber, checkOut, RecallCheckBody, withAttempts } from './bodies.ts';
import { worksheetColumns } from './list.ts';
import { checkRefusals, type Finding, type Recorded, recordFindings, type Told, takeFinding } from './record.ts';

export const recordRecallCheck = endpoint({
  method: 'post',
  path: '/v1/recalls/{number}/checks/{check}/outcomes',
  id: 'recordRecallCheck',
  tag: 'Recalls',
  summary: 'Say what came of a check',
  description:
    'Whether the notice came and was acted on. What was not effective is to be followed up within days, by class, and waits in the ' +
    'people’s queue until another outcome says that it was. Whom the notice didn’t reach (`not_received`) gets the first one anew.',
  permission: 'recalls:check',
  params: z.object({ number: RecallNumber, check: CheckNumber }),
  body: z
    .strictObject({
      method: z.enum(checkMethods),
      outcome: z.enum(checkOutcomes).meta({
        description:
          '`effective`: received and acted on; `not_received`: it didn’t come; `no_action`: received and not acted on; `not_reachable`: nobody could be asked.',
      }),
      checkedAt: Instant.meta({ description: 'When the consignee was asked.' }),
      found: NoteText.optional(),
    })
    .meta({ id: 'RecallCheckFinding' }),
  responses: { 200: { description: 'The check.', schema: RecallCheckBody } },
  problems: [404],
  handle: async ({ params: { number, check }, body: { found = null, ...finding }, caller, commandId }, api) => {
    await recallUnderWay(api, number);
    const named = { recall: number, number: check, noteId: noteId(commandId) };
    const recorded = await takeFinding(api, caller.id, named, { ...finding, found });
    if (recorded.status === 'refused') {
      const { code, field } = recorded;
      const status = code === 'check_not_found' ? 404 : code === 'checked_in_future' ? 422 : 409;
      throw new Problem(status, code, checkRefusals[code], { field });
    }
    const row = await api.db.recallCheck.findUniqueOrThrow({
      where: { recall_number: { recall: number, number: check } },
      include: withAttempts,
    });
    return { status: 200, body: checkOut(row) };
  },
});

const statuses = ['recorded', 'unchanged', 'rejected'] as const;
const CheckRowResultBody = rowResultBody('RecallCheckRowResult', statuses, {});
type CheckRowResult = z.infer<typeof CheckRowResultBody>;

export const importRecallChecks = endpoint({
  method: 'post',
  path: '/v1/recalls/{number}/checks/outcomes',
  id: 'importRecallChecks',
  tag: 'Recalls',
  summary: 'Say what came of many checks',
  description:
    'The filled-in worksheet as CSV with its header line, or newline-delimited JSON; read are check, method, outcome, checkedAt ' +
    `and found. A row without an outcome says nothing. ${ofUploads}`,
  permission: 'recalls:check',
  streams: uploadTypes,
  params: z.object({ number: RecallNumber }),
  responses: {
    200: { description: 'A result per row.', schema: CheckRowResultBody, contentType: 'application/x-ndjson' },
  },
  problems: [404],
  handle: async ({ params: { number }, request, caller, commandId }, api) => {
    await recallUnderWay(api, number);
    const rows = uploadedRows(request, { names: worksheetColumns });
    const results = recordRows(api, { recall: number, by: caller.id, commandId }, rows);
    return { status: 200, lines: resultLines(results, statuses) };
  },
});

const needed = (value: unknown): boolean => value !== undefined && value !== null;
const missing = fault('missing', 'is missing');
const oneOf = <T extends string>(words: readonly T[], code: string) =>
  text
    .transform((value) =>
      value === undefined ? undefined : (words.find((word) => word === value.toLowerCase()) ?? null),
    )
    .refine((value) => value !== null, fault(code, `use one of ${words.join(', ')}`));

/** What a row says; the other columns of the worksheet are for who fills it in. */
const Row = z.object({
  check: whole(1, 1_000_000_000).refine(needed, missing),
  method: oneOf(checkMethods, 'method_unknown'),
  outcome: oneOf(checkOutcomes, 'outcome_unknown'),
  checkedAt: time,
  found: text,
});

type Import = { readonly recall: string; readonly by: string; readonly commandId: string };

/** Rows that are recorded in one transaction. */
const CHUNK = 200;

async function* recordRows(
  api: Api,
  of: Import,
  rows: AsyncIterable<SourceRow | UnreadableRow>,
): AsyncIterable<CheckRowResult> {
  for await (const { first, chunk } of chunksOf(rows, CHUNK)) yield* await recordChunk(api, of, first, chunk);
}

/** A row as it was read: what it tells, that it tells nothing, or what is wrong with it. */
type ReadRow = Told | 'unchanged' | readonly RowError[];

async function recordChunk(
  api: Api,
  of: Import,
  first: number,
  chunk: readonly (SourceRow | UnreadableRow)[],
): Promise<readonly CheckRowResult[]> {
  const read = chunk.map((source, index) => readRow(of, first + index, source));
  const told = read.filter((row) => isTold(row));
  const recorded = told.length === 0 ? [] : await recordFindings(api, of.by, told);
  return read.map((row, index): CheckRowResult => {
    const at = { row: first + index };
    if (row === 'unchanged') return { ...at, status: row };
    return { ...at, ...(isTold(row) ? resultOf(recorded[told.indexOf(row)]) : rejected(row)) };
  });
}

const isTold = (row: ReadRow): row is Told => typeof row === 'object' && 'finding' in row;

const rejected = (errors: readonly RowError[]): Omit<CheckRowResult, 'row'> => ({
  status: 'rejected',
  errors: [...errors],
});

function resultOf(recorded: Recorded | undefined): Omit<CheckRowResult, 'row'> {
  if (recorded === undefined) throw new Error('a finding was neither recorded nor refused');
  if (recorded.status !== 'refused') return { status: recorded.status };
  const { code, field: column } = recorded;
  return rejected([{ column, code, detail: checkRefusals[code] }]);
}

function readRow({ recall, commandId }: Import, row: number, source: SourceRow | UnreadableRow): ReadRow {
  if (source instanceof UnreadableRow) return source.errors;
  const read = Row.safeParse(source);
  if (!read.success) return read.error.issues.flatMap(cellErrors);
  const { check, method, outcome, checkedAt, found } = read.data;
  if (outcome === undefined) return 'unchanged';
  if (check === null || method == null || outcome === null || checkedAt === null) {
    const column = method == null ? 'method' : 'checkedAt';
    return [{ column, code: 'missing', detail: 'is missing: an outcome comes with how and when it was found' }];
  }
  const finding: Finding = { method, outcome, checkedAt: checkedAt.toISOString(), found: found ?? null };
  return { check: { recall, number: check, noteId: noteId(commandId, row) }, finding };
}
