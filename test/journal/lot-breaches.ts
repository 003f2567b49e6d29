const lots = `INSERT INTO lots (sku, lot) VALUES ('S', 'A'), ('S', 'B'), ('S', 'C')`;
const consignee = (columns: string, values: string) =>
  `INSERT INTO consignees (id, kind) VALUES ('C1', 'store'); INSERT INTO consignees (id, ${columns}) VALUES ('X', ${values})`;
const link = (from: string, to: string, kind = 'repack', used = 1) =>
  `INSERT INTO lot_links (reference, kind, from_sku, from_lot, to_sku, to_lot, used, made, at)
     VALUES ('${from}${to}', '${kind}', 'S', '${from}', 'S', '${to}', ${used}, 1, now())`;
const receipt = (quantity: number, worth = 'NULL, NULL') =>
  `${lots}; INSERT INTO lot_receipts SELECT 'R', '1', id, 'S', 'A', ${quantity}, ${worth}, now() FROM facilities`;
const shipment = (columns: string, values: string) =>
  `${lots}; INSERT INTO consignees (id, kind) VALUES ('C1', 'store');
   INSERT INTO lot_shipments (reference, line, sku, consignee, shipped_at, ${columns}) VALUES ('R', '1', 'S', 'C1', now(), ${values})`;

/** Statements that break one rule each of lots and where they went. */
export const lotBreaches: Readonly<Record<string, string>> = {
  consignees_kind_known: consignee('kind', `'friend'`),
  consignees_shopper_unnamed: consignee('kind, name', `'shopper', 'A Buyer'`),
  consignees_country_iso: consignee('kind, country', `'store', 'de'`),
  consignees_not_its_parent: consignee('kind, parent', `'store', 'X'`),
  lots_gtin_digits: `INSERT INTO lots (sku, lot, gtin) VALUES ('S', 'A', '123')`,
  lots_made_before_expiry: `INSERT INTO lots (sku, lot, made_on, expires_on) VALUES ('S', 'A', '2026-02-01', '2026-01-01')`,
  lots_supplier_whole: `INSERT INTO lots (sku, lot, supplier_lot) VALUES ('S', 'A', 'X')`,
  lot_links_kind_known: `${lots}; ${link('A', 'B', 'magic')}`,
  lot_links_quantities_positive: `${lots}; ${link('A', 'B', 'rework', 0)}`,
  lot_links_no_circle: `${lots}; ${link('A', 'B')}; ${link('B', 'C')}; ${link('C', 'A')}`,
  lot_links_append_only: 'DELETE FROM lot_links',
  lot_receipts_quantity_positive: receipt(0),
  lot_receipts_value_amount: receipt(1, `1, NULL`),
  lot_receipts_append_only: 'UPDATE lot_receipts SET quantity = 9',
  lot_shipments_quantity_positive: shipment('quantity', '0'),
  lot_shipments_serial_single: shipment('serial, quantity', `'SN', 2`),
  lot_shipments_value_amount: shipment('quantity, value', '1, 1'),
  lot_shipments_alternatives_counted: shipment('quantity, alternative', '1, 2'),
};
