import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';

/**
 * Keeps where a parcel's label can be fetched, for whoever prints it. Whoever has the link reads the buyer's address, so
 * it lies in a table of its own that can be erased, and is in no history.
 */
export async function keepLabel(pool: Pool, label: { rma: string; parcel: string; url: string }): Promise<void> {
  await withClient(pool, (client) =>
    client.query({
      name: 'keep-label',
      text: `INSERT INTO parcel_labels (rma, parcel, url) VALUES ($1, $2, $3)
        ON CONFLICT (rma, parcel) DO UPDATE SET url = EXCLUDED.url`,
      values: [label.rma, label.parcel, label.url],
    }),
  );
}
