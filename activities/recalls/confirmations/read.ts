import type { PoolClient } from 'pg';
import type { ConfirmationsPart } from '../../../domain/recall/report.ts';
import { HERE } from './standing.ts';

/** A facility in a recall with its sums, as `FACILITIES` reads it. */
export type ConfirmingFacility = ConfirmationsPart['rows'][number] & { readonly scopeVersion: number };

const instant = (column: string): string => `to_char(f.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Facilities `f` of recall `$1` with their sums `s`; conditions and order follow. */
export const FACILITIES = `
  SELECT f.facility, f.state, f.scope_version AS "scopeVersion", ${instant('asked_at')} AS "askedAt", ${instant('due_at')} AS "dueAt",
    ${instant('confirmed_at')} AS "confirmedAt", f.confirmed_by AS "confirmedBy",
    coalesce(s.on_books, 0)::float8 AS "onBooks", s.found::float8 AS found, coalesce(s.differs, false) AS differs
  FROM recall_facilities f CROSS JOIN LATERAL (
    SELECT sum(p.traced) AS on_books, sum(${HERE}) AS found, bool_or(p.differs) AS differs FROM recall_positions p
    WHERE p.recall = f.recall AND p.consignee IS NULL AND p.facility = f.facility) AS s
  WHERE f.recall = $1`;

/** How far the facilities of a recall are, all together. */
export type Confirmations = Omit<ConfirmationsPart, 'rows' | 'more'>;

export const CONFIRMATIONS = `
  SELECT count("askedAt")::int AS asked, count(*) FILTER (WHERE state = 'confirmed' AND "askedAt" IS NOT NULL)::int AS confirmed,
    count(*) FILTER (WHERE state = 'late')::int AS late, count(*) FILTER (WHERE "askedAt" IS NULL)::int AS unasked,
    count(*) FILTER (WHERE differs)::int AS differing FROM (${FACILITIES}) AS each`;

/** Facilities that leave something open: those that have not confirmed, and those whose count differs. */
export const OPEN_FACILITIES = `
  SELECT count(*)::int FROM (${FACILITIES}) AS each WHERE state IN ('asked', 'late') OR differs`;

/** What a report says of it: the first facilities by their ids, and how many more there are. */
export async function confirmationsPart(client: PoolClient, recall: string, most: number): Promise<ConfirmationsPart> {
  const all = await client.query<Confirmations>(CONFIRMATIONS, [recall]);
  const { rows } = await client.query<ConfirmingFacility>(`${FACILITIES} ORDER BY f.facility LIMIT $2`, [recall, most]);
  const counts = all.rows[0] ?? { asked: 0, confirmed: 0, late: 0, unasked: 0, differing: 0 };
  return {
    ...counts,
    rows: rows.map(({ scopeVersion: _, ...row }) => row),
    more: counts.asked + counts.unasked - rows.length,
  };
}
