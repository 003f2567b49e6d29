import { AFFECTED, isInRange } from './affected-lots.ts';

/**
 * Who and what holds goods of a scope: one parametrised query, which another statement can take its rows from without a list
 * passing through the process: ``INSERT INTO … SELECT … FROM (${TRACE}) AS traced``. Its one parameter, `$1::jsonb`, is a
 * `RecallScope`; a statement with parameters of its own counts them from `$2`.
 *
 * A row a holder, SKU, lot, currency and certainty:
 *
 * - `holder`: `consignee` (has got them and not sent them back; also who got them of us by a liquidation, as a gift, or as their vendor),
 *   `stock` (on hand at a facility), `in_return` (came back to it and has no end yet, or is under way to it from another facility), or `shortfall`, which no one holds: more of
 *   the lot left a facility than ever came in, so its records have a gap;
 * - `consignee` or `facility`: which; the other is null;
 * - `sku`, `lot` (null: not known), `descended` (not of the scope itself but made of it);
 * - `possible`: they may be of the scope, and nobody can tell, as their lot isn't known. Who sums affected goods leaves them out;
 * - `quantity` in units; `value` in minor units of `currency`, what they were sold or bought for without tax, null where nobody told.
 *
 * A unit that may be of several lots of the scope counts once. Lots are joined by index, each by itself (`OFFSET 0` keeps the
 * planner from reading the shipments whole when it takes a scope for larger than it is).
 */
export const TRACE = `
WITH RECURSIVE ${AFFECTED},
hit AS (
  SELECT DISTINCT ON (goods) * FROM (
    SELECT s.goods, a.sku, a.lot, a.descended, false AS possible, s.quantity, s.value, s.currency, s.consignee, s.order_line_id,
      NULL::text AS serial
    FROM affected a CROSS JOIN LATERAL (
      SELECT goods, quantity, value, currency, consignee, order_line_id FROM lot_shipments
      WHERE sku = a.sku AND lot = a.lot AND shipped_at >= a.shipped_from AND shipped_at < a.shipped_until OFFSET 0) AS s
    UNION ALL
    SELECT s.goods, line.sku, s.lot, false, false, s.quantity, s.value, s.currency, s.consignee, s.order_line_id, s.serial
    FROM line CROSS JOIN jsonb_to_recordset(line.said->'serialRanges') AS r("from" text, "to" text) CROSS JOIN LATERAL (
      SELECT goods, lot, quantity, value, currency, consignee, order_line_id, serial FROM lot_shipments
      WHERE sku = line.sku AND serial IS NOT NULL AND ${isInRange('serial')}
        AND shipped_at >= line.shipped_from AND shipped_at < line.shipped_until OFFSET 0) AS s
    UNION ALL
    SELECT s.goods, line.sku, s.lot, false, false, s.quantity, s.value, s.currency, s.consignee, s.order_line_id, NULL
    FROM line CROSS JOIN jsonb_array_elements_text(line.said->'dateCodes') AS named(code) CROSS JOIN LATERAL (
      SELECT goods, lot, quantity, value, currency, consignee, order_line_id FROM lot_shipments
      WHERE sku = line.sku AND date_code = named.code
        AND shipped_at >= line.shipped_from AND shipped_at < line.shipped_until OFFSET 0) AS s
    UNION ALL
    -- Of the scope if that is all of the SKU; else they may be, unless a serial or a date code tells them apart.
    SELECT s.goods, line.sku, NULL, false, NOT line.whole, s.quantity, s.value, s.currency, s.consignee, s.order_line_id, NULL
    FROM line CROSS JOIN LATERAL (
      SELECT goods, quantity, value, currency, consignee, order_line_id, serial, date_code FROM lot_shipments
      WHERE sku = line.sku AND lot IS NULL AND shipped_at >= line.shipped_from AND shipped_at < line.shipped_until OFFSET 0) AS s
    WHERE line.whole OR (
      (s.serial IS NULL OR jsonb_array_length(line.said->'serialRanges') = 0)
      AND (s.date_code IS NULL OR jsonb_array_length(line.said->'dateCodes') = 0))
  ) AS found
  ORDER BY goods, possible, descended, lot
),
got AS (
  SELECT consignee, sku, lot, descended, possible, currency, sum(quantity) AS quantity, sum(value) AS value FROM (
    SELECT consignee, sku, lot, descended, possible, currency, quantity, value FROM hit WHERE order_line_id IS NULL
    UNION ALL
    SELECT consignee, sku, lot, descended, possible, currency, quantity - back.units, round(value::numeric * (quantity - back.units) / quantity)
    FROM (
      SELECT consignee, sku, lot, descended, possible, currency, order_line_id,
        sum(quantity) AS quantity, sum(value) AS value, array_agg(serial) FILTER (WHERE serial IS NOT NULL) AS serials
      FROM hit WHERE order_line_id IS NOT NULL GROUP BY consignee, sku, lot, descended, possible, currency, order_line_id
    ) AS h CROSS JOIN LATERAL (
      -- What a buyer sent back isn't there any more; what was sent to the buyer again is.
      SELECT least(h.quantity, coalesce(sum(CASE WHEN h.serials IS NULL THEN i.quantity
        ELSE (SELECT count(*) FROM unnest(i.serials) AS s(serial) WHERE s.serial = ANY (h.serials)) END), 0)) AS units
      FROM return_lines l JOIN return_items i ON i.rma = l.rma AND i.line = l.line
      WHERE l.order_line_id = h.order_line_id AND (h.lot IS NULL OR i.lot IS NULL OR i.lot = h.lot)
        AND NOT (i.stage = 'disposed' AND i.disposition IN ('return_to_customer', 'repair_and_return')) OFFSET 0
    ) AS back
  ) AS told GROUP BY consignee, sku, lot, descended, possible, currency
),
-- What went in and out of facilities by lot. Goods of orders don't say where they left: that is told where only one got the lot.
moved AS (
  SELECT a.sku, a.lot, a.descended, coalesce(m.facility, home.facility) AS facility, m.change, m.value, m.currency
  FROM affected a CROSS JOIN LATERAL (
    SELECT CASE WHEN count(DISTINCT facility) = 1 THEN min(facility) END AS facility FROM (
      SELECT facility FROM lot_receipts WHERE sku = a.sku AND lot = a.lot
      UNION ALL SELECT facility FROM lot_links WHERE to_sku = a.sku AND to_lot = a.lot AND facility IS NOT NULL OFFSET 0
    ) AS homes
  ) AS home CROSS JOIN LATERAL (
    SELECT facility, quantity AS change, value, currency FROM lot_receipts WHERE sku = a.sku AND lot = a.lot
    UNION ALL SELECT facility, made, NULL, NULL FROM lot_links WHERE to_sku = a.sku AND to_lot = a.lot
    UNION ALL SELECT facility, -used, NULL, NULL FROM lot_links WHERE from_sku = a.sku AND from_lot = a.lot
    UNION ALL SELECT facility, -sum(quantity), NULL, NULL FROM lot_shipments
      WHERE sku = a.sku AND lot = a.lot AND alternatives = 1 GROUP BY facility
    UNION ALL SELECT facility, CASE WHEN to_account IN ('sellable', 'refurbished') THEN quantity ELSE -quantity END, NULL, NULL
      FROM stock_entries WHERE sku = a.sku AND lot = a.lot
        AND (to_account IN ('sellable', 'refurbished')) <> (from_account IN ('sellable', 'refurbished'))
    OFFSET 0
  ) AS m
  WHERE NOT a.only_shipped AND coalesce(m.facility, home.facility) IS NOT NULL
),
on_hand AS (
  SELECT facility, sku, lot, descended, sum(change) AS quantity,
    CASE WHEN count(DISTINCT currency) = 1 AND sum(change) > 0
      THEN round(sum(value) / sum(change) FILTER (WHERE value IS NOT NULL) * sum(change)) END AS value, max(currency) AS currency
  FROM moved GROUP BY facility, sku, lot, descended
),
-- What left us again with executions: a lot, a gift, a vendor return.
sent_on AS (
  SELECT a.sku, a.lot, a.descended, false AS possible, x.consignee, x.facility, x.quantity, CASE WHEN x.still_booked THEN x.quantity END AS booked
  FROM affected a CROSS JOIN LATERAL (
    SELECT consignee, facility, quantity, still_booked FROM left_with_executions WHERE sku = a.sku AND lot = a.lot OFFSET 0) AS x
  WHERE NOT a.only_shipped
  UNION ALL
  -- A serial tells them apart, where the scope is about serials.
  SELECT line.sku, NULL, false, NOT line.whole, x.consignee, x.facility,
    x.quantity - CASE WHEN jsonb_array_length(line.said->'serialRanges') = 0 THEN 0 ELSE cardinality(x.serials) END,
    CASE WHEN x.still_booked THEN x.quantity END
  FROM line CROSS JOIN LATERAL (
    SELECT consignee, facility, quantity, still_booked, serials FROM left_with_executions WHERE sku = line.sku AND lot IS NULL OFFSET 0) AS x
  WHERE NOT (line.whole AND line.in_window)
  UNION ALL
  SELECT line.sku, x.lot, false, false, x.consignee, x.facility, count(*), CASE WHEN x.still_booked THEN count(*) END
  FROM line CROSS JOIN jsonb_to_recordset(line.said->'serialRanges') AS r("from" text, "to" text) CROSS JOIN LATERAL (
    SELECT consignee, facility, lot, still_booked, serial FROM left_with_executions, unnest(serials) AS serial WHERE sku = line.sku OFFSET 0) AS x
  WHERE ${isInRange('x.serial')}
    AND NOT EXISTS (SELECT FROM affected a WHERE a.sku = line.sku AND a.lot = x.lot AND NOT a.only_shipped)
  GROUP BY line.sku, x.lot, x.consignee, x.facility, x.still_booked
),
in_return AS (
  SELECT e.facility, a.sku, a.lot, a.descended, false AS possible, e.quantity
  FROM affected a CROSS JOIN LATERAL (
    SELECT facility, sum(CASE WHEN to_account IN ('quarantine', 'inspected', 'in_work') THEN quantity ELSE -quantity END) AS quantity
    FROM stock_entries WHERE sku = a.sku AND lot = a.lot
      AND (to_account IN ('quarantine', 'inspected', 'in_work')) <> (from_account IN ('quarantine', 'inspected', 'in_work'))
    GROUP BY facility OFFSET 0) AS e
  WHERE NOT a.only_shipped
  UNION ALL
  -- What is under way from one facility to another is looked for where it comes to.
  SELECT t.facility, a.sku, a.lot, a.descended, false, t.units
  FROM affected a CROSS JOIN LATERAL (
    SELECT n.facility, sum(l.in_transit) AS units FROM transfer_lines l JOIN network_processes n ON n.number = l.number
    WHERE l.sku = a.sku AND l.lot = a.lot AND l.in_transit > 0 GROUP BY n.facility OFFSET 0) AS t
  WHERE NOT a.only_shipped
  UNION ALL
  SELECT t.facility, line.sku, NULL, false, NOT line.whole, t.units
  FROM line CROSS JOIN LATERAL (
    SELECT n.facility, sum(l.in_transit) AS units FROM transfer_lines l JOIN network_processes n ON n.number = l.number
    WHERE l.sku = line.sku AND l.lot IS NULL AND l.in_transit > 0 GROUP BY n.facility OFFSET 0) AS t
  WHERE NOT (line.whole AND line.in_window)
  UNION ALL
  SELECT i.facility, line.sku, i.lot, false, false, count(*)
  FROM line CROSS JOIN jsonb_to_recordset(line.said->'serialRanges') AS r("from" text, "to" text) CROSS JOIN LATERAL (
    SELECT of.facility, i.lot, serial FROM return_items i JOIN returns of ON of.rma = i.rma, unnest(i.serials) AS serial
    WHERE i.sku = line.sku AND i.stage <> 'disposed' OFFSET 0) AS i
  WHERE ${isInRange('i.serial')}
    AND NOT EXISTS (SELECT FROM affected a WHERE a.sku = line.sku AND a.lot = i.lot AND NOT a.only_shipped)
  GROUP BY i.facility, line.sku, i.lot
),
-- Goods of which only the SKU is known.
without_lot AS (
  SELECT line.sku, NOT line.whole AS possible, e.facility,
    sum(CASE WHEN to_account IN ('sellable', 'refurbished') THEN quantity
      WHEN from_account IN ('sellable', 'refurbished') THEN -quantity ELSE 0 END) AS on_hand,
    sum(CASE WHEN to_account IN ('quarantine', 'inspected', 'in_work') THEN quantity ELSE 0 END)
      - sum(CASE WHEN from_account IN ('quarantine', 'inspected', 'in_work') THEN quantity ELSE 0 END) AS in_return
  FROM line CROSS JOIN LATERAL (
    SELECT facility, from_account, to_account, quantity FROM stock_entries WHERE sku = line.sku AND lot IS NULL OFFSET 0) AS e
  WHERE NOT (line.whole AND line.in_window)
  GROUP BY line.sku, line.whole, e.facility
),
traced AS (
  SELECT 'consignee' AS holder, consignee, NULL::text AS facility, sku, lot, descended, possible, quantity, value, currency
  FROM got
  UNION ALL
  -- What went out in exchange, as a replacement, or once more: it leaves without its lot.
  SELECT 'consignee', c.id, NULL, line.sku, NULL, false, NOT line.whole, sum(e.quantity), NULL, NULL
  FROM line CROSS JOIN LATERAL (
    SELECT process, quantity FROM stock_entries WHERE sku = line.sku AND lot IS NULL AND from_account = 'sellable' AND to_account = 'customer'
      AND written_at >= line.shipped_from AND written_at < line.shipped_until OFFSET 0) AS e
    JOIN returns r ON r.rma = substr(e.process, length('return:') + 1) JOIN orders o ON o.id = r.order_id
    JOIN consignees c ON c.id = coalesce('buyer:' || o.buyer_id, 'order:' || o.id)
  GROUP BY c.id, line.sku, line.whole
  UNION ALL
  SELECT CASE WHEN quantity > 0 THEN 'stock' ELSE 'shortfall' END, NULL, facility, sku, lot, descended, false, abs(quantity), value,
    CASE WHEN value IS NOT NULL THEN currency END
  FROM on_hand
  UNION ALL
  SELECT 'consignee', consignee, NULL, sku, lot, descended, possible, sum(quantity), NULL, NULL FROM sent_on
  GROUP BY consignee, sku, lot, descended, possible
  UNION ALL
  SELECT 'in_return', NULL, facility, sku, lot, descended, possible, sum(quantity), NULL, NULL FROM (
    SELECT facility, sku, lot, descended, possible, quantity FROM in_return
    UNION ALL SELECT facility, sku, NULL, false, possible, in_return FROM without_lot
    UNION ALL SELECT facility, sku, lot, descended, possible, -booked FROM sent_on WHERE booked > 0
  ) AS here GROUP BY facility, sku, lot, descended, possible
  UNION ALL
  SELECT 'stock', NULL, facility, sku, NULL, false, possible, on_hand, NULL, NULL FROM without_lot w
  WHERE NOT EXISTS (SELECT FROM stock_levels t WHERE t.sku = w.sku AND t.facility = w.facility)
  UNION ALL
  -- What the shop says it has there, beyond the lots that are known; all of it where no lot of the SKU ever came in.
  SELECT 'stock', NULL, t.facility, t.sku, NULL, false, NOT line.whole, t.on_hand - coalesce(known.quantity, 0), NULL, NULL
  FROM line JOIN stock_levels t ON t.sku = line.sku CROSS JOIN LATERAL (
    SELECT sum(quantity) AS quantity FROM on_hand h WHERE h.sku = t.sku AND h.facility = t.facility) AS known
  WHERE NOT (line.whole AND line.in_window) AND (line.whole OR NOT EXISTS (
    SELECT FROM lots l CROSS JOIN LATERAL (
      SELECT FROM lot_receipts WHERE sku = l.sku AND lot = l.lot AND facility = t.facility OFFSET 0) AS g WHERE l.sku = t.sku))
)
SELECT holder, consignee, facility, sku, lot, descended, possible, quantity::int, value::bigint, currency FROM traced WHERE quantity > 0`;

/** Lots that a scope names (`$1`, as above) and nobody knows: `sku`, `lot`, in the scope's order. */
export const UNKNOWN_LOTS = `
SELECT said->>'sku' AS sku, named.lot FROM jsonb_array_elements($1::jsonb->'lines') WITH ORDINALITY AS l(said, line)
  CROSS JOIN jsonb_array_elements_text(said->'lots') WITH ORDINALITY AS named(lot, place)
  LEFT JOIN LATERAL (SELECT true AS known FROM lots WHERE sku = said->>'sku' AND lot = named.lot OFFSET 0) AS t ON true
WHERE t.known IS NULL ORDER BY line, place`;
