import type { Pool } from 'pg';
import type { ReturnCommand, SerialOf } from '../../domain/return/commands.ts';
import type { ReceivedContent } from '../../domain/return/findings.ts';
import { withClient } from '../../prisma/client.ts';

/**
 * Which units that came for a return another open one has received, by their serials; what that sent back to its owner may come
 * again. As a field of what the return is told, absent where there are none.
 */
export async function serialsElsewhere(
  pool: Pool,
  rma: string,
  contents: readonly ReceivedContent[],
): Promise<Pick<Extract<ReturnCommand, { type: 'receive' }>, 'elsewhere'>> {
  const serials = contents.flatMap((content) => content.serials ?? []);
  if (serials.length === 0) return {};
  const { rows } = await withClient(pool, (client) =>
    client.query<SerialOf>({
      name: 'serials elsewhere',
      text: `SELECT DISTINCT i.sku, serial FROM return_items i JOIN returns r ON r.rma = i.rma, unnest(i.serials) AS serial
        WHERE i.serials <> '{}' AND i.serials && $2::text[] AND serial = ANY ($2::text[]) AND i.rma <> $1 AND r.closed_at IS NULL
          AND i.sku = ANY ($3::text[])
          AND NOT (i.stage = 'disposed' AND i.disposition IN ('return_to_customer', 'repair_and_return'))
        ORDER BY i.sku, serial`,
      values: [rma, serials, contents.map(({ sku }) => sku)],
    }),
  );
  return rows.length === 0 ? {} : { elsewhere: rows };
}
