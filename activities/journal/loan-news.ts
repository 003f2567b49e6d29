import type { Pool } from 'pg';
import type { Grade } from '../../domain/goods/grading.ts';
import type { LoanCommand } from '../../domain/loan/commands.ts';
import { faultOf, type ReasonCode } from '../../domain/reasons.ts';
import type { Projection } from '../../domain/return/projection.ts';
import { withClient } from '../../prisma/client.ts';
import { processOf } from './process.ts';
import type { Row } from './table.ts';

/** That a return of a loan's goods has moved on: what it then has of them is read when the loan is told. */
export type LoanNews = {
  readonly provider: 'loan';
  readonly eventId: string;
  readonly rma: string;
  readonly loan: string;
};

/** What a return says to the loan whose goods it brings back. */
export type LoanMessage = {
  readonly loan: string;
  readonly message: {
    readonly commandId: string;
    readonly by: string;
    readonly command: Extract<LoanCommand, { type: 'hear_return' }>;
  };
};

/** The loan that is to hear of a step of a return: none, unless goods on loan came, were inspected, or come no more. */
export const loansToTell = ({ return: { program, order, closedAt }, items }: Projection): readonly Row[] =>
  program === 'rental' && (items.length > 0 || closedAt !== null) ? [{ loan: order }] : [];

/**
 * Leaves the news in the inbox with the step that it is of.
 * @param loans the rows, as `n`
 * @param guard what must be so for anything to be written
 */
export const leaveLoanNews = (loans: string, guard: string): string =>
  `INSERT INTO inbox (provider, event_id, payload, next_attempt_at)
    SELECT 'loan', $5 || ':' || $6::int, jsonb_build_object('provider', 'loan', 'eventId', $5 || ':' || $6::int, 'rma', $5, 'loan', n.loan), now()
    FROM ${loans} WHERE ${guard} ON CONFLICT (provider, event_id) DO NOTHING`;

type Found = {
  readonly version: number;
  readonly ended: boolean;
  readonly settled: boolean;
  readonly units: readonly (Came & { readonly known: Known | null })[];
};
type Came = {
  readonly unit: string;
  readonly at: string;
  readonly grade: Grade | null;
  readonly reasonFound: ReasonCode | null;
};

/** What the loan shows of a unit. */
type Known = {
  readonly stage: string;
  readonly grade_out: Grade | null;
  readonly grade_back: Grade | null;
  readonly damage: number;
};

/**
 * All that a return has of a loan's goods; null where the loan has closed and shows all of that: it isn't woken for nothing. A thing whose serial is another's is none of them until a person has accepted it.
 */
export async function loanMessage(pool: Pool, { rma, loan }: LoanNews): Promise<LoanMessage | null> {
  const { rows } = await withClient(pool, (client) =>
    client.query<Found>({
      name: 'goods of a loan in a return',
      text: `SELECT r.version, r.closed_at IS NOT NULL AS ended,
          EXISTS (SELECT FROM network_processes p WHERE p.number = r.order_id AND p.closed_at IS NOT NULL) AS settled, coalesce((
          SELECT jsonb_agg(jsonb_build_object('unit', split_part(l.order_line_id, ':', 2), 'at', received.at,
            'grade', CASE WHEN i.stage = 'received' THEN NULL ELSE i.grade END, 'reasonFound', n.reason_found,
            'known', (SELECT to_jsonb(u) FROM loan_units u WHERE u.number = r.order_id AND u.unit = split_part(l.order_line_id, ':', 2))) ORDER BY l.line)
          FROM return_lines l JOIN return_items i ON i.rma = l.rma AND i.line = l.line
            JOIN order_lines o ON o.id = l.order_line_id
            LEFT JOIN inspections n ON n.rma = i.rma AND n.item = i.item
            CROSS JOIN LATERAL (
              SELECT to_char(min(j.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM journal j, jsonb_array_elements(j.events) e
              WHERE j.process = $2 AND e->>'type' = 'parcel_received' AND e->>'parcel' = i.parcel) AS received
          WHERE l.rma = r.rma AND (i.acceptance = 'accepted' OR i.serials <@ o.serials)), '[]') AS units
        FROM returns r WHERE r.rma = $1`,
      values: [rma, processOf(rma)],
    }),
  );
  const [found] = rows;
  if (found === undefined) return null;
  const { version, ended, settled, units } = found;
  if (settled && units.every(isKnown)) return null;
  const came = units.map(({ unit, at, grade, reasonFound }) => ({ unit, at, grade, spared: isSpared(reasonFound) }));
  const command = { type: 'hear_return', rma, version, units: came, ended } as const;
  return { loan, message: { commandId: `return:${rma}:${version}`, by: processOf(rma), command } };
}

const isSpared = (reason: ReasonCode | null): boolean => reason !== null && faultOf(reason) !== 'buyer';

function isKnown({ grade, reasonFound, known }: Found['units'][number]): boolean {
  if (known === null || known.stage === 'purchased') return true;
  if (grade === null) return known.stage === 'back' || known.stage === 'inspected';
  const isCharged = !isSpared(reasonFound) && grade > (known.grade_out ?? 'A');
  return known.stage === 'inspected' && known.grade_back === grade && known.damage > 0 === isCharged;
}
