import type { Pool } from 'pg';
import type { ExecutionKind } from '../../domain/execution/projection.ts';
import { withClient } from '../../prisma/client.ts';

/** An execution under way with items that a recall has stopped, or had. */
export type AffectedExecution = {
  readonly kind: ExecutionKind;
  readonly number: string;
  readonly items: readonly { readonly rma: string; readonly item: string }[];
};

/** Executions that have, or are asking for, goods which a recall has stopped, or had. What evidence has freed isn't stopped. */
export async function executionsUnderWay(
  pool: Pool,
  recall: string,
  sale: 'stopped' | 'lifted',
): Promise<readonly AffectedExecution[]> {
  const { rows } = await withClient(pool, (client) =>
    client.query<AffectedExecution>(
      `SELECT e.kind, e.number, jsonb_agg(DISTINCT jsonb_build_object('rma', x.rma, 'item', x.item)) AS items
        FROM stop_sales s JOIN execution_items x ON x.sku = s.sku AND x.state IN ('wanted', 'held')
          JOIN executions e ON e.number = x.number AND e.closed_at IS NULL
          JOIN return_items i ON i.rma = x.rma AND i.item = x.item AND NOT i.evidence @> '[{"kind": "recall_lifted"}]'
          LEFT JOIN return_lines l ON l.rma = i.rma AND l.line = i.line LEFT JOIN order_lines o ON o.id = l.order_line_id
        WHERE s.recall = $1 AND NOT s.mock AND (s.lifted_at IS NOT NULL) = $2
          AND (s.lot IS NULL OR i.lot = s.lot OR (i.lot IS NULL AND s.lot = ANY (o.lots)))
        GROUP BY e.kind, e.number ORDER BY e.number`,
      [recall, sale === 'lifted'],
    ),
  );
  return rows;
}
