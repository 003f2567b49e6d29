import type { Pool } from 'pg';
import { parseRma } from '../../domain/numbers/rma.ts';
import type { RecalledGoods } from '../../domain/return/recalled.ts';
import { withClient } from '../../prisma/client.ts';
import { stoppedReservations } from '../stock/told-levels.ts';

/** A return under way with the stopped goods that it has, or that are to come to it. */
export type AffectedReturn = { readonly rma: string; readonly goods: readonly RecalledGoods[] };

/** Returns under way that have, or are to get, goods which a recall has stopped, or had. A drill has stopped none. */
export async function returnsUnderWay(
  pool: Pool,
  recall: string,
  sale: 'stopped' | 'lifted',
): Promise<readonly AffectedReturn[]> {
  const values = [recall, sale === 'lifted'];
  const { rows } = await withClient(pool, (client) => client.query<AffectedReturn>(AFFECTED, values));
  return rows;
}

/** Returns whose buyers are to get goods that the recall has stopped where they are kept. */
export async function returnsKeeping(pool: Pool, recall: string): Promise<readonly { readonly rma: string }[]> {
  const references = await stoppedReservations(pool, recall);
  const names = references.map((reference) => reference.slice(0, reference.indexOf(':')));
  return names.flatMap((name) => (parseRma(name) === name ? [{ rma: name }] : []));
}

/** Returns that found no other goods for their buyers, and wait for a person. */
export async function returnsWithoutStock(pool: Pool, recall: string): Promise<readonly { readonly rma: string }[]> {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ rma: string }>(
      `SELECT rma FROM attention WHERE reason = 'exchange_stopped' AND detail = $1 AND resolved_at IS NULL ORDER BY rma`,
      [recall],
    ),
  );
  return rows;
}

/** What is here is known by its lot; what is to come, or has no lot, by those that were sold of the line. */
const AFFECTED = `
SELECT rma, jsonb_agg(DISTINCT jsonb_build_object('sku', sku, 'lot', lot)) AS goods FROM (
  SELECT i.rma, s.sku, s.lot FROM stop_sales s JOIN return_items i ON i.sku = s.sku
    LEFT JOIN return_lines l ON l.rma = i.rma AND l.line = i.line LEFT JOIN order_lines o ON o.id = l.order_line_id
  WHERE s.recall = $1 AND NOT s.mock AND (s.lifted_at IS NOT NULL) = $2 AND i.stage <> 'disposed'
    AND (s.lot IS NULL OR i.lot = s.lot OR (i.lot IS NULL AND s.lot = ANY (o.lots)))
  UNION ALL
  SELECT l.rma, s.sku, s.lot FROM stop_sales s JOIN return_lines l ON l.sku = s.sku JOIN order_lines o ON o.id = l.order_line_id
  WHERE s.recall = $1 AND NOT s.mock AND (s.lifted_at IS NOT NULL) = $2 AND l.outstanding > 0 AND (s.lot IS NULL OR s.lot = ANY (o.lots))
) AS stopped JOIN returns r USING (rma) WHERE r.closed_at IS NULL GROUP BY rma ORDER BY rma`;
