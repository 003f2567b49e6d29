import type { Dimension } from './dimensions.ts';
import { readings } from './dimensions.ts';

/** What returns cost us, and what was waived; every row is (measure, grp, currency, n, d). */
export const costsOf = (by: Dimension): string => `
carried AS (
  SELECT m.process, m.currency, CASE WHEN p.pickup IS NULL THEN 'label_cost' ELSE 'pickup_cost' END AS measure,
    sum(CASE WHEN m.debit = 'carrier_costs' THEN m.amount ELSE -m.amount END) AS amount
  FROM cohort c
  CROSS JOIN LATERAL (SELECT * FROM money_entries WHERE money_entries.process = c.process OFFSET 0) AS m
  LEFT JOIN (SELECT DISTINCT process, event->>'pickup' AS pickup FROM event WHERE type = 'pickup_booked') AS p
    ON p.process = m.process AND p.pickup = m.subject
  WHERE 'carrier_costs' IN (m.debit, m.credit) GROUP BY 1, 2, 3),
settled AS MATERIALIZED (
  SELECT e.process, e.n, (e.event->>'shippingFee')::numeric AS shipping, (e.event->'total'->>'amount')::numeric AS total,
    jsonb_array_length(e.event->'items') > 0 AS goods, e.event->'lines' AS lines
  FROM event e WHERE e.type = 'settlement_due'),
carriage_waived AS (
  SELECT s.process, c.currency, least(f.shipping, sum(s.total) FILTER (WHERE s.goods)) AS amount
  FROM settled s JOIN cohort c ON c.process = s.process
  JOIN (SELECT s.process, min(l.shipping) AS shipping FROM settled s CROSS JOIN LATERAL jsonb_array_elements(s.lines) AS x
    JOIN line l ON l.process = s.process AND l.line = x->>'line' GROUP BY 1) AS f ON f.process = s.process
  WHERE f.shipping > 0 AND EXISTS (
    SELECT FROM label k JOIN event e ON e.process = k.process AND e.event->>'parcel' = k.parcel AND (e.type = 'parcel_received'
      OR e.type = 'parcel_tracked' AND e.event->>'status' IN ('in_transit', 'out_for_delivery', 'available_for_pickup', 'delivered'))
    WHERE k.process = s.process)
  GROUP BY s.process, c.currency, f.shipping HAVING sum(s.shipping) = 0 AND bool_or(s.goods)),
costs AS (
  SELECT k.measure, m.grp, k.currency, sum(k.amount) AS n, NULL::numeric AS d
    FROM carried k JOIN member m ON m.process = k.process GROUP BY 1, 2, 3
  UNION ALL
  SELECT 'restocking_waived', ${readings[by].ofLine}, c.currency,
      sum(round(((x->>'price')::numeric - (x->>'discount')::numeric) * l.restocking / 10000)), NULL
    FROM settled s JOIN cohort c ON c.process = s.process CROSS JOIN LATERAL jsonb_array_elements(s.lines) AS x
    JOIN line l ON l.process = s.process AND l.line = x->>'line'
    WHERE l.restocking > 0 AND (x->>'restockingFee')::numeric = 0 GROUP BY 2, 3
  UNION ALL
  SELECT 'shipping_waived', m.grp, w.currency, sum(w.amount), NULL
    FROM carriage_waived w JOIN member m ON m.process = w.process WHERE w.amount > 0 GROUP BY 2, 3)`;
