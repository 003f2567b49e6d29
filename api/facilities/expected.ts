import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { Day, LocalId } from '../fields.ts';
import { cursorParameter, cursorText, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';

const kinds = ['return', 'transfer', 'loan'] as const;

const KindUnits = z.array(z.object({ kind: z.enum(kinds), units: z.int() }));

const ExpectedBody = listBody(
  z.object({ day: Day, sku: z.string(), units: z.int(), kinds: KindUnits }).meta({ id: 'ExpectedGoods' }),
)
  .extend({
    facility: z.string(),
    from: Day,
    until: Day,
    days: z
      .array(z.object({ day: Day, units: z.int(), kinds: KindUnits }))
      .meta({ description: 'All days of the period on which something is expected, whatever the page.' }),
    undated: z.int().meta({
      description:
        'Units of returns under way for which no day can be told, as none came here of which one could learn.',
    }),
  })
  .meta({ id: 'ExpectedAtFacility' });

/** The longest period that is told at once. */
const MOST_DAYS = 92;
const TWO_WEEKS = 13;

/** What comes to a facility on which day, from all processes. */
export const getExpected = endpoint({
  method: 'get',
  path: '/v1/facilities/{facility}/expected',
  id: 'getExpected',
  tag: 'Facilities',
  summary: 'What comes to a facility, by day',
  description:
    'Goods under way to it, in days of its zone: returns (bulk ones and what could not be delivered among them) by how long they usually take here from their authorization, ' +
    'or the day after their pickup; transfers by when they are to arrive; loans by the end of their term. What was expected earlier and has not come is expected today. ' +
    'The page lists SKUs by day; `days` has the sums.',
  permission: 'facilities:read',
  params: z.object({ facility: LocalId }),
  query: z.strictObject({
    from: Day.optional().meta({ description: 'Today where it is left out.' }),
    until: Day.optional().meta({
      description: 'The last day, 13 days after the first where it is left out, and 91 at most.',
    }),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([Day, cursorText])),
  }),
  responses: { 200: { description: 'What is expected.', schema: ExpectedBody } },
  problems: [404, 422],
  handle: async ({ params: { facility }, query }, { db }) => {
    const at = await db.facility.findUnique({ where: { id: facility }, select: { zone: true } });
    if (at === null) throw new Problem(404, 'facility_not_found', `there is no facility ${facility}`);
    const { from = today(at.zone), limit, cursor } = query;
    const until = query.until ?? daysAfter(from, TWO_WEEKS);
    if (until < from || until >= daysAfter(from, MOST_DAYS)) {
      const detail = `the last day lies within ${MOST_DAYS} days from the first`;
      throw new Problem(422, 'period_not_valid', detail, { field: 'until' });
    }
    const rows = await expectedGoods(db, facility, at.zone, until);
    const dated = rows.flatMap(({ day, ...row }) => (day === null || day < from ? [] : [{ ...row, day }]));
    const goods = summed(dated, ({ day, sku }) => JSON.stringify([day, sku]));
    const after = cursor === undefined ? goods : goods.filter((row) => isAfter([row.day, row.sku], cursor));
    const page = pageOf(after.slice(0, limit + 1), limit, ({ day, sku }) => [day, sku]);
    return {
      status: 200,
      body: {
        ...{ facility, from, until },
        days: summed(dated, ({ day }) => day).map(({ sku: _, ...day }) => day),
        undated: rows.reduce((sum, { day, units }) => (day === null ? sum + units : sum), 0),
        data: page.rows,
        nextCursor: page.nextCursor,
      },
    };
  },
});

type Row = {
  readonly kind: (typeof kinds)[number];
  /** Null where nobody can tell. */
  readonly day: string | null;
  readonly sku: string;
  readonly units: number;
};

/** So many of the returns that came last say how long they take. */
const LEARNED_FROM = 200;

/**
 * What is under way to a facility, one row a kind, day and SKU, until a day. Each kind is found by its own index: returns by facility and
 * state, transfers by destination, loans by kind and state.
 */
const expectedGoods = (db: PrismaClient, facility: string, zone: string, until: string): Promise<readonly Row[]> =>
  db.$queryRaw<Row[]>`
    WITH usual AS (
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY came.at - r.authorized_at) AS span
      FROM (SELECT rma, authorized_at FROM returns WHERE facility = ${facility} AND authorized_at IS NOT NULL
          AND goods IN ('received', 'inspected', 'disposed', 'closed') ORDER BY requested_at DESC LIMIT ${LEARNED_FROM}) AS r
        CROSS JOIN LATERAL (SELECT min(written_at) AS at FROM stock_entries
          WHERE process = 'return:' || r.rma AND from_account = 'customer' AND to_account = 'quarantine') AS came
      WHERE came.at >= r.authorized_at
    ), coming AS (
      SELECT 'return' AS kind, l.sku, l.outstanding AS units, coalesce(
          (SELECT max(p.window_end) + interval '1 day' FROM pickups p WHERE p.rma = r.rma AND p.state = 'booked'),
          r.authorized_at + usual.span) AS at
      FROM returns r JOIN return_lines l ON l.rma = r.rma AND l.outstanding > 0 CROSS JOIN usual
      WHERE r.facility = ${facility} AND r.closed_at IS NULL AND r.authorized_at IS NOT NULL
        AND r.goods IN ('authorized', 'collecting', 'in_transit', 'received', 'inspected', 'disposed')
      UNION ALL
      SELECT 'transfer', sku, units, arrive_by FROM transfers_under_way WHERE facility = ${facility}
      UNION ALL
      SELECT 'loan', u.sku, 1, o.term_until
      FROM network_processes n JOIN loans o ON o.number = n.number JOIN loan_units u ON u.number = n.number
      WHERE n.kind = 'loan' AND n.closed_at IS NULL AND n.facility = ${facility} AND u.stage = 'out' AND u.rma IS NULL
    ), placed AS (
      SELECT kind, sku, units, greatest((at AT TIME ZONE ${zone})::date, (now() AT TIME ZONE ${zone})::date) AS day
      FROM coming WHERE at IS NOT NULL AND units > 0
      UNION ALL SELECT kind, sku, units, NULL FROM coming WHERE at IS NULL AND units > 0
    )
    SELECT kind, to_char(day, 'YYYY-MM-DD') AS day, sku, sum(units)::int AS units FROM placed
    WHERE day IS NULL OR day <= ${until}::date GROUP BY kind, placed.day, sku ORDER BY placed.day, sku COLLATE "C", kind`;

type Sum = {
  readonly day: string;
  readonly sku: string;
  readonly units: number;
  readonly kinds: z.infer<typeof KindUnits>;
};

/** Rows that are alike put together, in their order, with what of each kind is in them. */
function summed(
  rows: readonly (Row & { readonly day: string })[],
  key: (row: Row & { readonly day: string }) => string,
): Sum[] {
  return [...Map.groupBy(rows, key).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const ofKind = [...Map.groupBy(same, ({ kind }) => kind)].map(([kind, its]) => ({ kind, units: total(its) }));
    return [{ day: first.day, sku: first.sku, units: total(same), kinds: ofKind }];
  });
}

const total = (rows: readonly Row[]): number => rows.reduce((sum, { units }) => sum + units, 0);

const isAfter = ([day, sku]: readonly [string, string], [lastDay, lastSku]: readonly [string, string]): boolean =>
  day > lastDay || (day === lastDay && sku > lastSku);

/** The day that it is in a zone: 2026-03-14. */
const today = (zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
