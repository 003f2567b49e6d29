import { type Dimension, readings } from './dimensions.ts';
import { FROM, TO } from './facts.ts';

/**
 * How much of what was sold in the period came back, or was left with the buyer, by now: the one measure that starts from
 * sales. What an agreement or an offer lets back was never sold by it, and is left out. The tables of orders find the returns; what came back is read off their journals.
 */
export const salesOf = (by: Dimension): string => {
  const { ofSale } = readings[by];
  return `
sale AS MATERIALIZED (
  SELECT o.id AS order_id, o.placed_at, l.id AS order_line, l.sku, l.category, l.quantity::numeric AS quantity
  FROM orders o, LATERAL (SELECT * FROM order_lines WHERE order_lines.order_id = o.id OFFSET 0) AS l
  WHERE o.placed_at >= ${FROM} AND o.placed_at < ${TO} AND o.kind = 'sale'),
sale_return AS MATERIALIZED (
  SELECT 'return:' || r.rma AS process FROM (SELECT DISTINCT order_id FROM sale) AS s,
    LATERAL (SELECT rma FROM returns WHERE returns.order_id = s.order_id OFFSET 0) AS r),
sale_event AS MATERIALIZED (
  SELECT j.process, j.at, e->>'type' AS type, e AS event
  FROM sale_return s, LATERAL (SELECT * FROM journal WHERE journal.process = s.process OFFSET 0) AS j,
    LATERAL jsonb_array_elements(j.events) AS e
  WHERE e->>'type' IN ('requested', 'line_added', 'kept', 'parcel_received', 'surplus_accepted', 'item_handed_on', 'label_bought')),
requested AS (
  SELECT e.process, e.at AS requested_at, e.event->'request'->>'facility' AS facility,
    e.event->'request'->>'program' AS program, a->>'line' AS line, a->>'orderLine' AS order_line, a->>'reason' AS reason
  FROM sale_event e, jsonb_array_elements(e.event->'request'->'lines') AS a WHERE e.type = 'requested'),
asked AS (
  SELECT * FROM requested
  UNION ALL
  SELECT e.process, q.requested_at, q.facility, q.program, e.event->'line'->>'line', e.event->'line'->>'orderLine',
    e.event->'line'->>'reason'
  FROM sale_event e JOIN (SELECT DISTINCT process, requested_at, facility, program FROM requested) AS q
    ON q.process = e.process
  WHERE e.type = 'line_added'),
came AS (
  SELECT process, event->>'line' AS line, NULL AS parcel, (event->>'quantity')::numeric AS quantity
    FROM sale_event WHERE type = 'kept'
  UNION ALL
  SELECT process, event->>'line', event->>'parcel', (event->>'quantity')::numeric
    FROM sale_event WHERE type = 'surplus_accepted'
  UNION ALL
  SELECT process, event->>'line', NULL, -(event->'content'->>'quantity')::numeric
    FROM sale_event WHERE type = 'item_handed_on'
  UNION ALL
  SELECT e.process, i->>'line', e.event->>'parcel', (i->>'quantity')::numeric
    FROM sale_event e, jsonb_array_elements(e.event->'items') AS i WHERE e.type = 'parcel_received'),
sold_back AS (
  SELECT ${ofSale ?? returnedSide[by] ?? 'NULL'} AS grp, sum(x.quantity) AS n
  FROM came x JOIN asked a ON a.process = x.process AND a.line = x.line JOIN sale s ON s.order_line = a.order_line
  LEFT JOIN (SELECT process, event->>'parcel' AS parcel, max(event->>'carrier') AS carrier FROM sale_event
    WHERE type = 'label_bought' GROUP BY 1, 2) AS k ON k.process = x.process AND k.parcel = x.parcel
  GROUP BY 1),
sold AS (
  ${
    ofSale === null
      ? 'SELECT b.grp, (SELECT sum(quantity) FROM sale) AS d FROM sold_back b'
      : `SELECT ${ofSale} AS grp, sum(s.quantity) AS d FROM sale s GROUP BY 1`
  }),
sales AS (
  SELECT 'returns_rate' AS measure, grp, sum(n) AS n, sum(d) AS d
  FROM (SELECT grp, n, 0 AS d FROM sold_back UNION ALL SELECT grp, 0, d FROM sold) AS side GROUP BY grp)`;
};

const returnedSide: Partial<Record<Dimension, string>> = {
  reason: 'a.reason',
  facility: 'a.facility',
  program: 'a.program',
  carrier: 'k.carrier',
};
