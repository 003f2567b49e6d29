import type { Pool } from 'pg';
import type { Purchase } from '../../domain/sale/matching.ts';
import type { ReturnedRow } from './returned-row.ts';

type Found = Omit<Purchase, 'placedAt'> & { readonly placedAt: Date };

/** The order lines that a returned row may be about, with what is still returnable on each now. */
export async function readPurchases(pool: Pool, row: ReturnedRow): Promise<readonly Purchase[]> {
  const { rows } = await pool.query<Found>({
    name: 'purchases of a returned row',
    text: `SELECT o.id AS order, l.id AS "orderLine", o.placed_at AS "placedAt", l.quantity,
        (l.price - l.discount + l.tax)::float8 AS paid,
        (l.fulfilled - coalesce((
          SELECT sum(upper(part) - lower(part)) FROM unit_holds h, unnest(h.units) AS part WHERE h.order_line_id = l.id
        ), 0))::int AS returnable
      FROM orders o JOIN order_lines l ON l.order_id = o.id
      WHERE l.sku = $1 AND o.currency = $2 AND CASE WHEN $4::text IS NULL THEN o.buyer_id = $3 ELSE o.id = $4 END
      ORDER BY o.placed_at, o.id, l.number`,
    values: [row.sku, row.currency, row.buyer, row.order],
  });
  return rows.map(({ placedAt, ...purchase }) => ({ ...purchase, placedAt: placedAt.toISOString() }));
}

/** Units of the same SKU and price that undecided lines in the people's queue may take, by order. */
export async function readClaims(
  pool: Pool,
  row: ReturnedRow,
  orders: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  if (orders.length === 0) return {};
  const { rows } = await pool.query<{ order: string; units: number }>({
    name: 'claims of undecided rows',
    text: `SELECT candidate AS order, sum((codes->>'quantity')::int)::int AS units
      FROM attention, jsonb_array_elements_text(codes->'candidates') AS candidate
      WHERE rma IS NULL AND resolved_at IS NULL AND reason = 'ambiguous_match' AND codes->>'sku' = $1
        AND (codes->>'unitPrice' IS NULL OR $2::bigint IS NULL OR (codes->>'unitPrice')::bigint = $2)
        AND candidate = ANY($3)
      GROUP BY candidate`,
    values: [row.sku, row.unitPrice, orders],
  });
  return Object.fromEntries(rows.map(({ order, units }) => [order, units]));
}
