import type { PoolClient } from 'pg';
import { afterCheck, type CheckMethod, type CheckOutcome } from '../../../domain/recall/checks.ts';
import type { HazardClass } from '../../../domain/recall/terms.ts';
import { inTransaction, isDeadlock, untangled } from '../../../prisma/client.ts';
import type { Api } from '../../api.ts';
import { readMissed, renewNotice } from './renew.ts';

/** What somebody who asked a consignee found. */
export type Finding = {
  readonly method: CheckMethod;
  readonly outcome: CheckOutcome;
  readonly checkedAt: string;
  /** What was found, in words. */
  readonly found: string | null;
};

export type Recorded =
  | { readonly status: 'recorded' | 'unchanged' }
  | {
      readonly status: 'refused';
      readonly code: keyof typeof checkRefusals;
      readonly field: 'check' | 'checkedAt';
    };

/** Why a finding can't be recorded. */
export const checkRefusals = {
  check_not_found: 'there is no such check in this recall',
  check_withdrawn: 'the level of the recall does not ask for this check any more',
  checked_later: 'something newer is recorded of this check; what is older than that would replace it',
  checked_in_future: 'is in the future',
} as const;

/** Clocks of who asks and of this server may differ by so much. */
const LEEWAY_MS = 5 * 60_000;

/**
 * Records what came of a check: the attempt, the check and the people's queue. What is told again in the
 * same words is recorded already. Who says that the notice didn't come is written to again.
 *
 * @param noteId of what was found in words
 */
async function recordFinding(client: PoolClient, by: string, { check, finding }: Told): Promise<Recorded> {
  if (finding.outcome !== 'not_received') return await record(client, by, check, finding);
  // The consignee before its check, as a draw has them.
  const missed = await readMissed(client, check);
  const recorded = await record(client, by, check, finding);
  if (missed !== null && recorded.status === 'recorded') await renewNotice(client, missed, finding.checkedAt);
  return recorded;
}

/** Records one finding; see `recordFindings`. */
export async function takeFinding(api: Api, by: string, check: CheckName, finding: Finding): Promise<Recorded> {
  const [recorded] = await recordFindings(api, by, [{ check, finding }]);
  if (recorded === undefined) throw new Error('a finding was neither recorded nor refused');
  return recorded;
}

/**
 * Records findings in one transaction: what is refused writes nothing and leaves the others as they are. Those of one check are recorded in
 * their order, and checks by their numbers, so that files that are sent at the same time seldom stand in each other's way. Where they or
 * others who write to these consignees do, the findings are recorded one by one.
 *
 * @returns what came of each, in their order
 */
export async function recordFindings(
  { pool }: Pick<Api, 'pool'>,
  by: string,
  told: readonly Told[],
): Promise<readonly Recorded[]> {
  try {
    return await recordTogether(pool, by, told);
  } catch (error) {
    if (!isDeadlock(error)) throw error;
  }
  const recorded: Recorded[] = [];
  for (const each of told) recorded.push(...(await untangled(() => recordTogether(pool, by, [each]))));
  return recorded;
}

const recordTogether = (pool: Api['pool'], by: string, told: readonly Told[]): Promise<readonly Recorded[]> =>
  inTransaction(pool, async (client) => {
    const recorded = new Map<number, Recorded>();
    const inTurn = [...told.entries()].sort(([, one], [, other]) => one.check.number - other.check.number);
    for (const [index, each] of inTurn) recorded.set(index, await recordFinding(client, by, each));
    return told.flatMap((_, index) => recorded.get(index) ?? []);
  });

/** What was found, of which check. */
export type Told = { readonly check: CheckName; readonly finding: Finding };

type CheckName = { readonly recall: string; readonly number: number; readonly noteId: string };

async function record(
  client: PoolClient,
  by: string,
  { recall, number, noteId }: CheckName,
  { method, outcome, checkedAt, found }: Finding,
): Promise<Recorded> {
  const at = Date.parse(checkedAt);
  if (at > Date.now() + LEEWAY_MS) return { status: 'refused', code: 'checked_in_future', field: 'checkedAt' };
  const { rows } = await client.query<Known>(
    `SELECT c.state, c.attempts, c.method, c.outcome, c.checked_at AS "checkedAt", r.hazard_class AS "hazardClass"
      FROM recall_checks c JOIN recalls r ON r.number = c.recall
      WHERE c.recall = $1 AND c.number = $2 FOR NO KEY UPDATE OF c`,
    [recall, number],
  );
  const [known] = rows;
  if (known === undefined) return { status: 'refused', code: 'check_not_found', field: 'check' };
  if (known.state === 'withdrawn') return { status: 'refused', code: 'check_withdrawn', field: 'check' };
  const last = known.checkedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const isSame = await isRecorded(client, recall, number, { method, outcome, checkedAt });
  if (isSame) return { status: 'unchanged' };
  if (at < last) return { status: 'refused', code: 'checked_later', field: 'checkedAt' };
  const attempts = known.attempts + 1;
  const next = afterCheck(outcome, attempts, known.hazardClass, checkedAt);
  if (found !== null) {
    await client.query('INSERT INTO notes (id, subject, text, by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      ...[noteId, recall, found, by],
    ]);
  }
  await client.query(
    `INSERT INTO recall_check_attempts (recall, number, attempt, method, outcome, checked_at, note, by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [recall, number, attempts, method, outcome, checkedAt, found === null ? null : noteId, by],
  );
  await client.query(
    `UPDATE recall_checks SET state = $3, attempts = $4, outcome = $5, checked_at = $6, due_at = $7
      WHERE recall = $1 AND number = $2`,
    [recall, number, next.state, attempts, outcome, checkedAt, next.dueAt],
  );
  const entry = `check/${recall}/${number}`;
  if (next.state === 'done') {
    await client.query(
      `UPDATE attention SET resolved_at = now(), resolution = 'acknowledge', resolved_by = $2 WHERE id = $1 AND resolved_at IS NULL`,
      [entry, by],
    );
  } else if (next.needsPerson) {
    await client.query(
      `INSERT INTO attention (id, reason, subject, codes, raised_at, due_at)
        VALUES ($1, 'check_failed', $2, jsonb_build_object('recall', $3::text, 'check', $4::int, 'outcome', $5::text), now(), $6)
        ON CONFLICT (id) DO UPDATE SET resolved_at = NULL, resolution = NULL, resolved_by = NULL, codes = EXCLUDED.codes,
          due_at = EXCLUDED.due_at,
          raised_at = CASE WHEN attention.resolved_at IS NULL THEN attention.raised_at ELSE EXCLUDED.raised_at END`,
      [entry, `${recall}/checks/${number}`, recall, number, outcome, next.dueAt],
    );
  }
  return { status: 'recorded' };
}

type Known = {
  readonly state: string;
  readonly attempts: number;
  readonly checkedAt: Date | null;
  readonly hazardClass: HazardClass | null;
};

async function isRecorded(
  client: PoolClient,
  recall: string,
  number: number,
  { method, outcome, checkedAt }: Omit<Finding, 'found'>,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM recall_check_attempts
      WHERE recall = $1 AND number = $2 AND method = $3 AND outcome = $4 AND checked_at = $5::timestamptz(3)`,
    [recall, number, method, outcome, checkedAt],
  );
  return rowCount !== 0;
}
