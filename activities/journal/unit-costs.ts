import type { ClientBase } from 'pg';
import type { TransferRequest } from '../../domain/transfer/request.ts';

type Row = { readonly sku: string; readonly unitCost: string; readonly currency: string };

/**
 * A request with what its goods are carried at, as the last sale of each SKU told it: nothing where no sale did, or in another currency
 * than that of the others.
 */
export async function withUnitCosts(client: ClientBase, request: TransferRequest): Promise<TransferRequest> {
  const { rows } = await client.query<Row>({
    name: 'last unit costs',
    text: `SELECT DISTINCT ON (l.sku) l.sku, l.unit_cost AS "unitCost", o.currency FROM order_lines l JOIN orders o ON o.id = l.order_id
      WHERE l.sku = ANY ($1::text[]) AND l.unit_cost > 0 AND o.kind = 'sale' ORDER BY l.sku, o.placed_at DESC, l.id`,
    values: [request.lines.map(({ sku }) => sku)],
  });
  const currency = request.currency ?? rows[0]?.currency ?? null;
  const costs = new Map(rows.flatMap((row) => (row.currency === currency ? [[row.sku, Number(row.unitCost)]] : [])));
  const lines = request.lines.map((line) => ({ ...line, unitCost: line.unitCost ?? costs.get(line.sku) ?? null }));
  return { ...request, currency, lines };
}
