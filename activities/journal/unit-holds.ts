import pg from 'pg';
import { countUnits, takeUnits, type Units, withoutUnits } from '../../domain/goods/units.ts';
import { multirange, unitsOf } from './multirange.ts';

/** How many units a return line wants to hold in all. */
export type Want = { readonly line: string; readonly orderLine: string; readonly total: number };

/** An order line as far as holds are concerned: units of other returns, and of this one by return line. */
export type Availability = {
  readonly orderLine: string;
  readonly fulfilled: number;
  readonly taken: Units;
  readonly own: Readonly<Record<string, Units>>;
};

/** What a line holds, `seen` before (null where it has no row yet) and `units` with the ones to take now. */
export type Hold = {
  readonly line: string;
  readonly orderLine: string;
  readonly seen: Units | null;
  readonly more: Units;
  readonly units: Units;
};

/** Gives each line the lowest free units up to its total; what it holds already stays, however many. */
export function planHolds(wants: readonly Want[], lines: readonly Availability[]): readonly Hold[] {
  const free = new Map(
    lines.map((line) => [
      line.orderLine,
      Object.values(line.own).reduce(withoutUnits, withoutUnits([[0, line.fulfilled]], line.taken)),
    ]),
  );
  return wants.flatMap(({ line, orderLine, total }) => {
    const available = lines.find((one) => one.orderLine === orderLine);
    if (available === undefined) return [];
    const left = free.get(orderLine) ?? [];
    const seen = available.own[line] ?? null;
    const wanted = Math.max(0, total - countUnits(seen ?? []));
    const { taken: more, rest } = takeUnits(left, Math.min(wanted, countUnits(left)));
    free.set(orderLine, rest);
    return [{ line, orderLine, seen, more, units: [...(seen ?? []), ...more].sort(([a], [b]) => a - b) }];
  });
}

// Another return took a unit first, units were unshipped, or two of us locked each other out: read again.
const LOST_RACES = ['23P01', '40P01', '40001'];

/**
 * Writes what was planned as pending. No lock is held between reading and writing: the exclusion constraint and the
 * comparison with what was seen find every race, and the loser plans again.
 *
 * @returns whether all of it was written; if not, read and plan again
 */
export async function takeHolds(client: pg.ClientBase, rma: string, plan: readonly Hold[]): Promise<boolean> {
  const changes = plan.filter(({ seen, more }) => seen === null || more.length > 0);
  if (changes.length === 0) return true;
  const rows = changes.map(({ line, orderLine, seen, more }) => ({
    line,
    order_line_id: orderLine,
    seen: seen === null ? null : multirange(seen),
    more: multirange(more),
  }));
  try {
    const written = await client.query<{ count: number }>({
      name: 'take holds',
      text: `WITH n AS MATERIALIZED (
          SELECT line, order_line_id, seen::int4multirange, more::int4multirange
          FROM jsonb_to_recordset($2::jsonb) AS n(line text, order_line_id text, seen text, more text) ORDER BY order_line_id),
        inserted AS (
          INSERT INTO unit_holds (rma, line, order_line_id, units, pending)
          SELECT $1, line, order_line_id, more, more FROM n WHERE seen IS NULL
          ON CONFLICT (rma, line) DO NOTHING RETURNING 1),
        widened AS (
          UPDATE unit_holds h SET units = h.units + n.more, pending = h.pending + n.more FROM n
          WHERE h.rma = $1 AND h.line = n.line AND h.units = n.seen RETURNING 1)
        SELECT (SELECT count(*) FROM inserted)::int + (SELECT count(*) FROM widened)::int AS count`,
      values: [rma, JSON.stringify(rows)],
    });
    return written.rows[0]?.count === changes.length;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (LOST_RACES.includes(error.code ?? '') || error.constraint === 'unit_holds_within_fulfilled') return false;
    throw error;
  }
}

/** Reads who holds what of some order lines. */
export async function readAvailability(
  client: pg.ClientBase,
  rma: string,
  orderLines: readonly string[],
): Promise<readonly Availability[]> {
  const found = await client.query<{
    id: string;
    fulfilled: number;
    taken: string | null;
    own: Record<string, string> | null;
  }>({
    name: 'availability',
    text: `SELECT l.id, l.fulfilled,
        (SELECT range_agg(units)::text FROM unit_holds WHERE order_line_id = l.id AND rma <> $1) AS taken,
        (SELECT jsonb_object_agg(line, units::text) FROM unit_holds WHERE order_line_id = l.id AND rma = $1) AS own
      FROM order_lines l WHERE l.id = ANY($2::text[])`,
    values: [rma, orderLines],
  });
  return found.rows.map(({ id, fulfilled, taken, own }) => ({
    orderLine: id,
    fulfilled,
    taken: unitsOf(taken ?? ''),
    own: Object.fromEntries(Object.entries(own ?? {}).map(([line, units]) => [line, unitsOf(units)])),
  }));
}
