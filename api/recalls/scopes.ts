import { UNKNOWN_LOTS } from '../../activities/journal/trace.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { RecallScopeBody } from '../lots/scope.ts';
import { type FieldError, Problem } from '../problem.ts';
import { recallNotFound } from './carry-out.ts';
import { previewOf } from './preview.ts';

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
