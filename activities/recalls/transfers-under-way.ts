import type { Pool } from 'pg';
import { parseNetworkNumber } from '../../domain/network/number.ts';
import type { RecalledGoods } from '../../domain/return/recalled.ts';
import { withClient } from '../../prisma/client.ts';
import { stoppedReservations } from '../stock/told-levels.ts';

/** A transfer under way with the stopped goods that are among its own, or may be. */
export type AffectedTransfer = { readonly number: string; readonly goods: readonly RecalledGoods[] };

/** Transfers under way with goods that a recall has stopped, or had. Where nobody has read their lot, any of the SKU's may be theirs. */
export async function transfersUnderWay(
  pool: Pool,
  recall: string,
  sale: 'stopped' | 'lifted',
): Promise<readonly AffectedTransfer[]> {
  const { rows } = await withClient(pool, (client) =>
    client.query<AffectedTransfer>(
      `SELECT n.number, jsonb_agg(DISTINCT jsonb_build_object('sku', s.sku, 'lot', s.lot)) AS goods
        FROM stop_sales s JOIN transfer_lines l ON l.sku = s.sku AND (s.lot IS NULL OR l.lot IS NULL OR l.lot = s.lot)
          JOIN network_processes n ON n.number = l.number AND n.closed_at IS NULL
        WHERE s.recall = $1 AND NOT s.mock AND (s.lifted_at IS NOT NULL) = $2
        GROUP BY n.number ORDER BY n.number`,
      [recall, sale === 'lifted'],
    ),
  );
  return rows;
}

/** Transfers that a recall has left their origin without goods for. */
export async function transfersKeeping(pool: Pool, recall: string): Promise<readonly string[]> {
  const references = await stoppedReservations(pool, recall);
  return references.flatMap((reference) => parseNetworkNumber('transfer', reference.split(':')[0] ?? '') ?? []);
}
