import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';

/** What keeps goods of a transfer where they are: a recall has stopped lots of their SKU, and nobody has read theirs. */
export type Unread = { readonly recall: string; readonly line: string };

/** Of a transfer that leaves without having been picked first: what it takes along unread; null where that is in order. */
export async function unreadLots(pool: Pool, transfer: string): Promise<Unread | null> {
  const { rows } = await withClient(pool, (client) =>
    client.query<Unread>({
      name: 'unread lots of a transfer',
      text: `SELECT s.recall, l.line FROM network_processes n JOIN transfer_lines l USING (number)
          JOIN stop_sales s ON s.sku = l.sku AND s.lot IS NOT NULL AND NOT s.mock AND s.lifted_at IS NULL
        WHERE number = $1 AND n.status = 'reserved' AND l.lot IS NULL AND l.reserved > 0 AND NOT l.is_out ORDER BY l.line LIMIT 1`,
      values: [transfer],
    }),
  );
  return rows[0] ?? null;
}
