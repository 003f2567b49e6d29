import type { PoolClient } from 'pg';
import type { GoodsClass } from '../../domain/trip/load.ts';

/** A parcel that a carrier is to collect from who sends it back, and what it is. */
export type OpenPickup = {
  readonly rma: string;
  readonly parcel: string;
  readonly facility: string;
  readonly windowStart: Date;
  readonly windowEnd: Date;
  readonly units: number;
  readonly weightGrams: number;
  readonly goods: GoodsClass;
  /** What label and pickup cost, in minor units; null where nothing was booked in that currency yet. */
  readonly price: number | null;
};

type Row = {
  rma: string;
  parcel: string;
  facility: string;
  program: string;
  window_start: Date;
  window_end: Date;
  parcels: number;
  units: number;
  weight: string;
  hazardous: boolean;
  recalled: boolean;
  price: string | null;
};

/**
 * The pickups of returns that a carrier has yet to make, between two instants. What comes in several parcels is taken to be
 * shared evenly by them: what is in which isn't known.
 */
export async function openPickups(
  client: Pick<PoolClient, 'query'>,
  { from, until, currency }: { readonly from: Date; readonly until: Date; readonly currency: string },
): Promise<readonly OpenPickup[]> {
  const { rows } = await client.query<Row>(
    `SELECT k.rma, k.parcel, r.facility, r.program, k.window_start, k.window_end, goods.*,
       (SELECT count(*)::int FROM parcels o WHERE o.rma = k.rma AND o.label_state IN ('bought', 'refused') AND NOT o.received
          AND o.status NOT IN ('in_transit', 'out_for_delivery', 'available_for_pickup', 'delivered')) AS parcels,
       (SELECT sum(m.amount) FROM money_entries m WHERE m.process = 'return:' || k.rma AND m.debit = 'carrier_costs'
          AND m.subject IN (k.parcel, k.pickup) AND m.currency = $3) AS price
     FROM pickups k JOIN returns r USING (rma) JOIN parcels p USING (rma, parcel),
       LATERAL (SELECT coalesce(sum(l.outstanding), 0)::int AS units,
           coalesce(sum(l.outstanding * o.unit_weight_grams), 0) AS weight,
           coalesce(bool_or(o.hazardous), false) AS hazardous, coalesce(bool_or(o.recalled), false) AS recalled
         FROM return_lines l JOIN order_lines o ON o.id = l.order_line_id WHERE l.rma = k.rma AND l.outstanding > 0) AS goods
     WHERE k.state IN ('wanted', 'booked') AND k.trip IS NULL AND k.window_start <= $2 AND k.window_end >= $1
       AND p.label_state IN ('bought', 'refused') AND NOT p.received AND goods.units > 0
     ORDER BY k.rma, k.parcel`,
    [from, until, currency],
  );
  return rows.map((row) => ({
    rma: row.rma,
    parcel: row.parcel,
    facility: row.facility,
    windowStart: row.window_start,
    windowEnd: row.window_end,
    units: Math.ceil(row.units / Math.max(1, row.parcels)),
    weightGrams: Math.ceil(Number(row.weight) / Math.max(1, row.parcels)),
    goods: row.hazardous ? 'hazardous' : row.recalled || row.program === 'recall' ? 'recalled' : 'returned',
    price: row.price === null ? null : Number(row.price),
  }));
}
