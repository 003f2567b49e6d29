import type { Pool } from 'pg';
import type { ConsigneeState, NoticeKind, NoticeState } from '../../domain/recall/notices.ts';
import type { HazardClass, NoticeSchedule, NoticeSchedules, RecallKind } from '../../domain/recall/terms.ts';
import type { Instant } from '../../domain/time/duration.ts';
import { milliseconds } from '../../domain/time/duration.ts';
import { withClient } from '../../prisma/client.ts';
import type { WaveName } from '../recalls/port.ts';

/** What a wave looks at before and while it sends. */
export type Campaign = {
  readonly kind: RecallKind;
  readonly hazardClass: HazardClass | null;
  readonly mock: boolean;
  readonly status: string;
  readonly outcome: string | null;
  /** Whoever was written to hears that it was terminated. */
  readonly terminationNotice: boolean;
  readonly paused: boolean;
  readonly perMinute: number;
  readonly schedules: NoticeSchedules;
};

export async function readCampaign(pool: Pool, recall: string): Promise<Campaign> {
  const { rows } = await withClient(pool, (client) =>
    client.query<Campaign>({
      name: 'campaign',
      text: `SELECT kind, hazard_class AS "hazardClass", mock, status, outcome, termination_notice AS "terminationNotice", paused, per_minute AS "perMinute", schedules
        FROM recalls WHERE number = $1`,
      values: [recall],
    }),
  );
  if (rows[0] === undefined) throw new Error(`there is no recall ${recall}`);
  return rows[0];
}

/** What became of a claimed notice, and what that consignee waits for then. */
export type Told = {
  readonly consignee: string;
  readonly notice: NoticeKind;
  readonly scopeVersion: number;
  readonly round: number;
  readonly number: number;
  readonly state: Exclude<NoticeState, 'claimed'>;
  readonly code: string | null;
  readonly becomes: ConsigneeState;
  readonly dueKind: NoticeKind | null;
  readonly dueNumber: number | null;
  readonly nextDue: Instant | null;
};

/** Writes down what became of notices, all at once. A consignee that a wider scope has put into another wave stays there. */
export async function recordTold(
  pool: Pool,
  { recall, wave }: WaveName,
  now: Instant,
  told: readonly Told[],
): Promise<void> {
  await withClient(pool, (client) =>
    client.query({
      name: 'record notices',
      text: `WITH told AS (
          SELECT * FROM jsonb_to_recordset($3::jsonb) AS n(consignee text, notice text, "scopeVersion" int, round int, number int, state text,
            code text, becomes text, "dueKind" text, "dueNumber" int, "nextDue" timestamptz)),
        noted AS (
          UPDATE notices SET state = told.state, code = told.code, claimed_until = NULL,
            sent_at = CASE WHEN told.state IN ('sent', 'withheld') THEN $4::timestamptz END
          FROM told WHERE notices.recall = $1 AND notices.consignee = told.consignee AND notices.kind = told.notice
            AND notices.scope_version = told."scopeVersion" AND notices.round = told.round AND notices.number = told.number)
        UPDATE recall_consignees c SET state = told.becomes, due_kind = told."dueKind", due_number = told."dueNumber",
          next_due = told."nextDue",
          first_sent_at = CASE WHEN told.state IN ('sent', 'withheld') THEN coalesce(c.first_sent_at, $4::timestamptz) ELSE c.first_sent_at END,
          last_sent_at = CASE WHEN told.state IN ('sent', 'withheld') THEN $4::timestamptz ELSE c.last_sent_at END
        FROM told WHERE c.recall = $1 AND c.wave = $2 AND c.consignee = told.consignee
          AND c.scope_version = told."scopeVersion" AND c.round = told.round AND c.due_kind = told.notice AND c.due_number = told.number`,
      values: [recall, wave, JSON.stringify(told), now],
    }),
  );
}

/** Lets what a wave's consignees wait for follow a class that was assigned since. */
export async function followClass(
  pool: Pool,
  { recall, wave }: WaveName,
  hazardClass: HazardClass | null,
  { reminders, escalation }: NoticeSchedule,
): Promise<void> {
  await withClient(pool, (client) =>
    client.query({
      name: 'follow class',
      text: `WITH changed AS (
          UPDATE recall_waves SET hazard_class = $3
          WHERE recall = $1 AND wave = $2 AND hazard_class IS DISTINCT FROM $3 RETURNING wave)
        UPDATE recall_consignees c SET
          due_kind = CASE WHEN has_next THEN 'reminder' ELSE 'escalation' END,
          due_number = CASE WHEN has_next THEN c.due_number ELSE 1 END,
          next_due = c.first_sent_at + interval '1 millisecond' * CASE WHEN has_next THEN ($4::float8[])[c.due_number] ELSE $5::float8 END
        FROM changed, (SELECT consignee, due_kind = 'reminder' AND due_number <= cardinality($4::float8[]) AS has_next
            FROM recall_consignees WHERE recall = $1 AND wave = $2) AS waiting
        WHERE c.recall = $1 AND c.wave = changed.wave AND c.consignee = waiting.consignee AND c.first_sent_at IS NOT NULL
          AND c.due_kind IN ('reminder', 'escalation')`,
      values: [recall, wave, hazardClass, reminders.map(milliseconds), milliseconds(escalation)],
    }),
  );
}

/** How far a wave is. */
export async function progressOf(pool: Pool, { recall, wave }: WaveName) {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ planned: number; open: number; silent: number; undeliverable: number; nextDue: Date | null }>({
      name: 'wave progress',
      text: `SELECT count(*) FILTER (WHERE state = 'planned')::int AS planned, count(next_due)::int AS open,
          count(*) FILTER (WHERE state = 'silent')::int AS silent,
          count(*) FILTER (WHERE state = 'undeliverable')::int AS undeliverable, min(next_due) AS "nextDue"
        FROM recall_consignees WHERE recall = $1 AND wave = $2`,
      values: [recall, wave],
    }),
  );
  const { planned = 0, open = 0, silent = 0, undeliverable = 0, nextDue = null } = rows[0] ?? {};
  return { planned, open, silent, undeliverable, nextDue: nextDue?.toISOString() ?? null };
}
