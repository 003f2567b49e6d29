import type { Pool, PoolClient } from 'pg';
import { checkOutcomes, shareOf } from '../../domain/recall/checks.ts';
import type { Account, StatusReport } from '../../domain/recall/report.ts';
import { type EffectivenessLevel, type NoticeSchedules, scheduleFor } from '../../domain/recall/terms.ts';
import { after, type Instant } from '../../domain/time/duration.ts';
import { inTransaction } from '../../prisma/client.ts';
import { confirmationsPart } from './confirmations/read.ts';

/** Lots and facilities that a report names; it says how many more there are. */
const MOST_NAMED = 500;

/** How far a recall is now, all figures of one moment; null where there is no such recall. */
export const readReport = (pool: Pool, recall: string): Promise<StatusReport | null> =>
  inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL jit = off');
    return await reportOf(client, recall);
  });

/** The same within a transaction, which is to be of one snapshot. */
export async function reportOf(client: PoolClient, recall: string): Promise<StatusReport | null> {
  const { rows } = await client.query<Row>(RECALL, [recall]);
  const [row] = rows;
  if (row === undefined) return null;
  const {
    now,
    level,
    checkShare,
    schedules,
    lastFirst,
    completesOn,
    openChecks,
    openUnits,
    openFacilities,
    hasNote,
    ...facts
  } = row;
  const named = [recall, MOST_NAMED];
  const states = await client.query<StatusReport['consignees'] & { readonly onHand: number }>(CONSIGNEES, [recall]);
  const notified = await client.query<StatusReport['notified'][number]>(NOTIFIED, [recall]);
  const total = await client.query<Summed>(account('', '', ''), [recall]);
  const lots = await client.query<Summed & { sku: string; lot: string | null; of: number }>(
    account('sku, lot,', 'GROUP BY sku, lot ORDER BY sku, lot LIMIT $2', ''),
    named,
  );
  const facilities = await client.query<Summed & { facility: string; of: number }>(
    account('facility,', 'GROUP BY facility ORDER BY facility LIMIT $2', 'AND facility IS NOT NULL'),
    named,
  );
  const checks = await client.query<Omit<StatusReport['checks'], 'level' | 'share'>>(CHECKS, [recall]);
  const { onHand, ...consignees } = only(states.rows);
  return {
    at: now.toISOString(),
    recall: {
      ...facts,
      launchedAt: instant(facts.launchedAt),
      stoppedAt: instant(facts.stoppedAt),
      notifiedAt: instant(facts.notifiedAt),
      completedAt: instant(facts.completedAt),
      closedAt: instant(facts.closedAt),
    },
    consignees,
    notified: notified.rows,
    onHand,
    account: accountOf(only(total.rows)),
    byLot: {
      rows: lots.rows.map(({ sku, lot, of: _, ...summed }) => ({ sku, lot, ...accountOf(summed) })),
      more: moreOf(lots.rows),
    },
    byFacility: {
      rows: facilities.rows.map(({ facility, of: _, ...summed }) => ({ facility, ...accountOf(summed) })),
      more: moreOf(facilities.rows),
    },
    confirmations: await confirmationsPart(client, recall, MOST_NAMED),
    checks: { level, share: shareOf({ effectiveness: level, checkShare }), ...only(checks.rows) },
    ...(facts.completedAt === null
      ? {}
      : { completion: { checks: openChecks, units: openUnits, facilities: openFacilities, note: hasNote } }),
    estimate: {
      completesOn,
      lastWordBy:
        lastFirst === null
          ? null
          : after(lastFirst.toISOString(), scheduleFor(schedules, facts.hazardClass).escalation),
    },
  };
}

type Times = 'launchedAt' | 'stoppedAt' | 'notifiedAt' | 'completedAt' | 'closedAt';
type Row = Omit<StatusReport['recall'], Times> &
  Readonly<Record<Times, Date | null>> & {
    readonly now: Date;
    readonly level: EffectivenessLevel;
    readonly checkShare: number | null;
    readonly schedules: NoticeSchedules;
    /** The last first notice to somebody who has not answered yet. */
    readonly lastFirst: Date | null;
    readonly completesOn: string | null;
    readonly openChecks: number | null;
    readonly openUnits: number | null;
    readonly openFacilities: number | null;
    readonly hasNote: boolean;
  };

const instant = (at: Date | null): Instant | null => at?.toISOString() ?? null;

/** An aggregate without groups has one row, whatever there is. */
function only<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('an aggregate gave no row');
  return row;
}

const moreOf = (rows: readonly { readonly of: number }[]): number => (rows[0]?.of ?? 0) - rows.length;

/** The merchant's words in the first of the languages that there is. */
const RECALL = `
  SELECT now() AS now, r.number, r.kind, r.hazard_class AS "hazardClass", r.depth, r.mandated, r.mock, r.status, r.outcome,
    r.scope_version AS "scopeVersion", coalesce(t.product, '') AS product, coalesce(t.reason, '') AS reason,
    r.launched_at AS "launchedAt", r.stopped_at AS "stoppedAt", r.notified_at AS "notifiedAt", r.completed_at AS "completedAt",
    r.closed_at AS "closedAt", r.trace_milliseconds AS "traceMilliseconds", r.effectiveness AS level, r.check_share AS "checkShare",
    r.schedules, to_char(r.estimated_on, 'YYYY-MM-DD') AS "completesOn",
    r.open_checks AS "openChecks", r.open_units::float8 AS "openUnits", r.open_facilities AS "openFacilities", r.completion_note IS NOT NULL AS "hasNote",
    (SELECT max(first_sent_at) FROM recall_consignees c WHERE c.recall = r.number AND c.next_due IS NOT NULL) AS "lastFirst"
  FROM recalls r LEFT JOIN LATERAL (
    SELECT product, reason FROM recall_texts WHERE recall = r.number
    ORDER BY array_position(ARRAY['en', 'de', 'fr'], language) LIMIT 1) AS t ON true
  WHERE r.number = $1`;

const CONSIGNEES = `
  SELECT count(*)::int AS total, count(last_sent_at)::int AS notified,
    count(*) FILTER (WHERE state = 'undeliverable')::int AS undeliverable, count(answered)::int AS responded,
    (count(*) - count(answered))::int AS "notResponded",
    (SELECT coalesce(sum(said_held + said_returned + said_destroyed + said_corrected), 0)::float8
      FROM recall_positions WHERE recall = $1 AND consignee IS NOT NULL) AS "onHand"
  FROM recall_consignees c
    LEFT JOIN (SELECT consignee AS answered FROM recall_responses WHERE recall = $1 GROUP BY consignee) AS a ON a.answered = c.consignee
  WHERE c.recall = $1`;

/** A drill's are counted as if they had left. */
const NOTIFIED = `
  SELECT to_char(sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, channel, count(*)::int AS consignees
  FROM (SELECT DISTINCT ON (consignee) channel, sent_at FROM notices
    WHERE recall = $1 AND state IN ('sent', 'withheld') ORDER BY consignee, sent_at) AS first
  GROUP BY 1, 2 ORDER BY 1, 2`;

/** Units by what became of them, as columns: what was passed on counts where it went. */
const UNITS = {
  affected: 'affected - passed_on',
  claimedHeld: 'claimed_held',
  claimedReturned: 'claimed_returned',
  claimedDestroyed: 'claimed_destroyed',
  claimedCorrected: 'claimed_corrected',
  claimedConsumed: 'claimed_consumed',
  claimedSoldOn: 'claimed_sold_on - passed_on',
  verifiedHeld: 'verified_held',
  verifiedReturned: 'verified_returned',
  verifiedDestroyed: 'verified_destroyed',
  verifiedCorrected: 'verified_corrected',
  verifiedConsumed: 'verified_consumed',
  verifiedSoldOn: 'verified_sold_on',
  unaccounted: 'unaccounted',
  possible: 'possible - identified',
} as const;

/** One row of an account, its figures side by side. */
export type Summed = Readonly<Record<keyof typeof UNITS, number>>;

/** The names of its figures, in their order. */
export const summedFigures = Object.keys(UNITS) as readonly (keyof Summed)[];

/** The columns of an account, summed over positions. */
export const SUMMED = Object.entries(UNITS)
  .map(([name, units]) => `coalesce(sum(${units}), 0)::float8 AS "${name}"`)
  .join(', ');

const account = (named: string, grouped: string, where: string): string =>
  `SELECT ${named} ${SUMMED}${grouped === '' ? '' : ', (count(*) OVER ())::int AS of'} FROM recall_positions WHERE recall = $1 ${where} ${grouped}`;

const accountOf = (sum: Summed): Account => ({
  affected: sum.affected,
  claimed: {
    ...{ held: sum.claimedHeld, returned: sum.claimedReturned, destroyed: sum.claimedDestroyed },
    ...{ corrected: sum.claimedCorrected, consumed: sum.claimedConsumed, soldOn: sum.claimedSoldOn },
  },
  verified: {
    ...{ held: sum.verifiedHeld, returned: sum.verifiedReturned, destroyed: sum.verifiedDestroyed },
    ...{ corrected: sum.verifiedCorrected, consumed: sum.verifiedConsumed, soldOn: sum.verifiedSoldOn },
  },
  unaccounted: sum.unaccounted,
  possible: sum.possible,
});

const CHECKS = `
  SELECT (SELECT coalesce(max(consignees), 0)::int FROM recall_draws WHERE recall = $1) AS consignees,
    count(*)::int AS chosen, count(outcome)::int AS made, count(*) FILTER (WHERE state = 'follow_up')::int AS "followUp",
    json_build_object(${checkOutcomes.map((outcome) => `'${outcome}', count(*) FILTER (WHERE outcome = '${outcome}')`).join(', ')}) AS outcomes
  FROM recall_checks WHERE recall = $1 AND state <> 'withdrawn'`;
