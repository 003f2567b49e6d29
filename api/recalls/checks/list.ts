import { Readable } from 'node:stream';
import { z } from 'zod';
import { checkStates } from '../../../domain/recall/checks.ts';
import { withClient } from '../../../prisma/client.ts';
import type { Api } from '../../api.ts';
import { csvLine } from '../../csv.ts';
import { endpoint } from '../../endpoint.ts';
import { LocalId } from '../../fields.ts';
import { cursorParameter, limitParameter, listBody, pageOf } from '../../page.ts';
import { RecallNumber } from '../bodies.ts';
import { knownRecall } from '../carry-out.ts';
import { checkOut, RecallCheckBody, withAttempts } from './bodies.ts';

const params = z.object({ number: RecallNumber });

export const listRecallChecks = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/checks',
  id: 'listRecallChecks',
  tag: 'Recalls',
  summary: 'Effectiveness checks, and what was found',
  permission: 'recalls:read',
  params,
  query: z.strictObject({
    state: z.enum(checkStates).optional(),
    assignee: LocalId.optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.int().positive()),
  }),
  responses: { 200: { description: 'A page of checks, by their numbers.', schema: listBody(RecallCheckBody) } },
  problems: [404],
  handle: async ({ params: { number }, query: { state, assignee, limit, cursor = 0 } }, api) => {
    await knownRecall(api, number);
    const rows = await api.db.recallCheck.findMany({
      where: {
        recall: number,
        number: { gt: cursor },
        ...(state === undefined ? {} : { state }),
        ...(assignee === undefined ? {} : { assignee }),
      },
      include: withAttempts,
      orderBy: { number: 'asc' },
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => row.number);
    return { status: 200, body: { data: page.rows.map(checkOut), nextCursor: page.nextCursor } };
  },
});

/** What who asks needs to know, and room for what they find: the file that comes back is read by these columns. */
export const worksheetColumns = [
  ...['check', 'consignee', 'kind', 'name', 'phone', 'email', 'street', 'zip', 'city', 'country', 'notifiedAt'],
  ...['assignee', 'dueAt', 'method', 'outcome', 'checkedAt', 'found'],
] as const;

/** Rows that are read at once. */
const CHUNK = 1_000;

export const getRecallWorksheet = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/checks/worksheet',
  id: 'getRecallWorksheet',
  tag: 'Recalls',
  summary: 'The checks that are to be made, to hand out',
  description:
    'CSV of open checks and those to be followed up, with how to reach each consignee, and empty columns for what is found: ' +
    'filled in, it is what POST …/checks/outcomes takes.',
  permission: 'recalls:check',
  params,
  query: z.strictObject({ assignee: LocalId.optional() }),
  responses: { 200: { description: 'The worksheet.', schema: z.string(), contentType: 'text/csv' } },
  problems: [404],
  handle: async ({ params: { number }, query: { assignee } }, api) => {
    await knownRecall(api, number);
    const content = Readable.from(worksheet(api, number, assignee ?? null));
    const headers = {
      'content-disposition': `attachment; filename="${number}-checks.csv"`,
      'cache-control': 'no-store',
    };
    return { status: 200, stream: { type: 'text/csv', content }, headers };
  },
});

type Line = {
  readonly check: number;
  readonly cells: readonly (string | null)[];
};

async function* worksheet({ pool }: Api, recall: string, assignee: string | null): AsyncIterable<string> {
  yield csvLine(worksheetColumns);
  for (let after = 0; ; ) {
    const { rows } = await withClient(pool, (client) => client.query<Line>(LINES, [recall, assignee, after, CHUNK]));
    if (rows.length > 0) yield rows.map(({ check, cells }) => csvLine([check, ...cells, '', '', ''])).join('');
    if (rows.length < CHUNK) return;
    after = rows.at(-1)?.check ?? after;
  }
}

const LINES = `
  SELECT c.number AS check, ARRAY[c.consignee, k.kind, coalesce(k.name, t.name), t.phone, t.email,
      nullif(concat_ws(', ', nullif(t.street1, ''), nullif(t.street2, '')), ''), t.zip, t.city, coalesce(t.country, k.country),
      to_char(r.first_sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), c.assignee,
      to_char(c.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), c.method] AS cells
  FROM recall_checks c JOIN recall_consignees r ON r.recall = c.recall AND r.consignee = c.consignee
    JOIN consignees k ON k.id = c.consignee LEFT JOIN contacts t ON t.id = k.contact_id
  WHERE c.recall = $1 AND c.state IN ('open', 'follow_up') AND ($2::text IS NULL OR c.assignee = $2) AND c.number > $3
  ORDER BY c.number LIMIT $4`;
