import { TRACE, UNKNOWN_LOTS } from '../../activities/journal/trace.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { RecallScopeBody } from '../lots/scope.ts';
import { type FieldError, Problem } from '../problem.ts';
import { recallNotFound } from './carry-out.ts';

/**
 * Refuses a scope with lots that nobody knows: a letter more or less, and the wrong goods would be held.
 * @throws {Problem} 422 `lot_unknown`, which names each
 */
export async function refuseUnknownLots({ pool }: Pick<Api, 'pool'>, scope: RecallScope): Promise<void> {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ sku: string; lot: string }>(`${UNKNOWN_LOTS} LIMIT 100`, [JSON.stringify(scope)]),
  );
  const errors = rows.map(({ sku, lot }): FieldError => {
    const line = scope.lines.findIndex((each) => each.sku === sku);
    const place = scope.lines[line]?.lots.indexOf(lot) ?? 0;
    const field = `scope.lines[${line}].lots[${place}]`;
    return { field, code: 'lot_unknown', detail: `no lot ${lot} of ${sku} was ever booked here` };
  });
  const [first] = errors;
  if (first === undefined) return;
  throw new Problem(422, first.code, `${first.field}: ${first.detail}`, { field: first.field, errors });
}

/** The newest scope of a recall, with where that is. */
export type StoredScope = {
  readonly status: string;
  readonly mock: boolean;
  readonly version: number;
  readonly scope: RecallScope;
};

/** @throws {Problem} 404 where there is no such recall */
export async function newestScope({ db }: Pick<Api, 'db'>, number: string): Promise<StoredScope> {
  const select = { status: true, mock: true, scopeVersion: true };
  const recall = await db.recall.findUnique({ where: { number }, select });
  const row =
    recall &&
    (await db.recallScope.findUnique({ where: { recall_version: { recall: number, version: recall.scopeVersion } } }));
  if (!recall || !row) throw recallNotFound(number);
  const { status, mock, scopeVersion } = recall;
  return { status, mock, version: scopeVersion, scope: RecallScopeBody.parse(row.scope) };
}

/** @throws {Problem} 409 `scope_overlaps`, which names the recall that has some of the goods */
export async function refuseOverlap(api: Pick<Api, 'pool'>, number: string, scope: RecallScope): Promise<void> {
  const { overlaps } = await previewOf(api, scope, [], number);
  if (overlaps === null) return;
  const why = `recall ${overlaps} holds goods of this scope already; a lot is in one recall`;
  throw new Problem(409, 'scope_overlaps', why, { field: 'scope' });
}

/** What a launch would do, and which other recall has some of the goods. Nothing is stored. */
export type Preview = {
  readonly lots: number;
  readonly consignees: number;
  readonly facilities: number;
  readonly shippedUnits: number;
  readonly heldUnits: number;
  readonly possibleUnits: number;
  readonly overlaps: string | null;
};

/** Traces a scope as a launch would. @param recall whose own goods are in no other */
export async function previewOf(
  { pool }: Pick<Api, 'pool'>,
  scope: RecallScope,
  reached: readonly string[],
  recall = '',
): Promise<Preview> {
  return await withClient(pool, async (client) => {
    await client.query(`BEGIN READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`);
    try {
      const { rows } = await client.query<Preview>(PREVIEW, [JSON.stringify(scope), reached, recall]);
      const [found] = rows;
      if (found === undefined) throw new Error('the trace gave no row');
      return found;
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

const PREVIEW = `
WITH traced AS MATERIALIZED (${TRACE}), sure AS (SELECT * FROM traced WHERE NOT possible)
SELECT (SELECT count(DISTINCT (sku, lot)) FROM sure WHERE lot IS NOT NULL)::int AS lots,
  (SELECT count(DISTINCT t.consignee) FROM traced t JOIN consignees c ON c.id = t.consignee WHERE c.kind = ANY ($2::text[]))::int AS consignees,
  (SELECT count(DISTINCT facility) FROM sure)::int AS facilities,
  (SELECT coalesce(sum(quantity), 0) FROM sure WHERE holder = 'consignee')::float8 AS "shippedUnits",
  (SELECT coalesce(sum(quantity), 0) FROM sure WHERE holder IN ('stock', 'in_return'))::float8 AS "heldUnits",
  (SELECT coalesce(sum(quantity), 0) FROM traced WHERE possible)::float8 AS "possibleUnits",
  (SELECT min(s.recall) FROM stop_sales s WHERE NOT s.mock AND s.lifted_at IS NULL AND s.recall <> $3 AND (
    EXISTS (SELECT FROM sure WHERE sure.sku = s.sku AND (s.lot IS NULL OR sure.lot = s.lot))
    OR EXISTS (SELECT FROM jsonb_array_elements($1::jsonb->'lines') AS l WHERE l->>'sku' = s.sku AND l->'lots' ? coalesce(s.lot, ''))
  )) AS overlaps`;
