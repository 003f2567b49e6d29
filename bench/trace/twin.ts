import type { Pool } from 'pg';

/**
 * The naive twin: the walk that a program takes which asks for one thing after the other. It knows the same tables by the same
 * indexes; it asks for a lot's links, for its shipments, and for each shipment who got it.
 *
 * @returns how many units it found with how many consignees
 */
export async function walk(pool: Pool, sku: string, lot: string): Promise<Found> {
  const consignees = new Set<string>();
  const seen = new Set<string>();
  const open = [{ sku, lot }];
  let units = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const key = JSON.stringify(at);
    if (seen.has(key)) continue;
    seen.add(key);
    const values = [at.sku, at.lot];
    const links = await pool.query<{ sku: string; lot: string }>(
      'SELECT to_sku AS sku, to_lot AS lot FROM lot_links WHERE from_sku = $1 AND from_lot = $2',
      values,
    );
    open.push(...links.rows);
    const lines = await pool.query<{ quantity: number; consignee: string }>(
      'SELECT * FROM lot_shipments WHERE sku = $1 AND lot = $2',
      values,
    );
    for (const line of lines.rows) {
      const { rows } = await pool.query<{ id: string }>('SELECT * FROM consignees WHERE id = $1', [line.consignee]);
      for (const { id } of rows) consignees.add(id);
      units += line.quantity;
    }
  }
  return { units, consignees: consignees.size };
}

export type Found = { readonly units: number; readonly consignees: number };
