import { FAULTS, isPartOf } from './facts.ts';

/** Where goods are sold again, in whatever state; where they are kept from being wasted; and where they are wasted. */
const RESOLD = `('restock', 'rework', 'refurbish', 'liquidate')`;
const DIVERTED = `('recycle', 'harvest_parts', 'donate')`;
const WASTED = `('destroy')`;
/** Goods that went back to whom they belong to: no end that we chose for goods of ours. */
const GIVEN_BACK = `('return_to_customer', 'repair_and_return')`;

/** What became of the goods; every row is (measure, grp, currency, n, d, p50, p90). */
export const ofGoods = `
ended AS MATERIALIZED (
  SELECT i.*, e.disposition, (SELECT (a->>'net')::numeric FROM jsonb_array_elements(e.alternatives) AS a
      WHERE a->>'disposition' = e.disposition) AS recovered
  FROM item i JOIN (
    SELECT DISTINCT ON (f.process, f.item) f.process, f.item, f.disposition, chosen.event->'choice'->'alternatives' AS alternatives
    FROM (SELECT process, event->>'item' AS item, event->>'disposition' AS disposition, n FROM event
        WHERE type = 'disposition_confirmed') AS f
    LEFT JOIN event chosen ON chosen.type = 'item_disposed' AND chosen.process = f.process
      AND chosen.event->>'item' = f.item AND chosen.n < f.n
    ORDER BY f.process, f.item, f.n DESC, chosen.n DESC NULLS LAST
  ) AS e ON e.process = i.process AND e.item = i.item
  WHERE e.disposition NOT IN ${GIVEN_BACK}),
again AS (
  SELECT process, root, n, bool_and(same) AS same FROM (
    SELECT DISTINCT ON (g.process, g.n, g.item) g.process, g.n, split_part(g.whole, '.', 1) AS root, g.grade = p.grade AS same
    FROM graded g JOIN parted p ON p.process = g.process AND p.item = g.whole AND p.n < g.n
    ORDER BY g.process, g.n, g.item, p.n DESC) AS pair
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT process, split_part(event->>'item', '.', 1), n, true FROM event WHERE type = 'inspection_confirmed'),
worked AS (
  SELECT e.process, e.event->>'item' AS item, e.event->>'execution' AS execution, sum((i->>'quantity')::numeric) AS units
  FROM event e, jsonb_array_elements(e.event->'into') AS i WHERE e.type = 'item_worked_on' GROUP BY e.process, e.n, 2, 3),
spent AS (
  SELECT w.execution, (SELECT coalesce(sum(CASE WHEN m.debit = 'work_in_progress' THEN m.amount WHEN m.debit = 'parts_inventory' THEN -m.amount END), 0)
      FROM money_entries m WHERE m.process = 'refurbishment:' || w.execution AND 'work_in_progress' IN (m.debit, m.credit)) AS amount,
    (SELECT nullif(sum((x->'units'->>'quantity')::numeric), 0) FROM journal j, jsonb_array_elements(j.events) AS x
      WHERE j.process = 'refurbishment:' || w.execution AND x->>'type' = 'units_finished') AS units
  FROM (SELECT DISTINCT execution FROM worked) AS w),
replaced AS (
  SELECT DISTINCT i.process, i.item FROM event e CROSS JOIN LATERAL jsonb_array_elements_text(e.event->'items') AS of(item)
  JOIN item i ON i.process = e.process AND ${isPartOf('i.item', 'of.item')}
  WHERE e.type = 'settlement_due' AND e.event->>'instrument' = 'replacement'
    AND EXISTS (SELECT FROM event x WHERE x.process = e.process AND x.type = 'exchange_shipped')),
goods AS (
  SELECT 'units_received' AS measure, grp, NULL AS currency, sum(quantity) AS n, NULL::numeric AS d FROM item
    WHERE line IS NOT NULL GROUP BY grp
  UNION ALL
  SELECT 'resell', grp, NULL, coalesce(sum(quantity) FILTER (WHERE disposition IN ${RESOLD}), 0), sum(quantity)
    FROM ended GROUP BY grp
  UNION ALL
  SELECT 'recycling_diversion', grp, NULL, coalesce(sum(quantity) FILTER (WHERE disposition IN ${DIVERTED}), 0), sum(quantity)
    FROM ended WHERE disposition IN ${DIVERTED} OR disposition IN ${WASTED} GROUP BY grp
  UNION ALL
  SELECT 'replacement_frequency', i.grp, NULL, coalesce(sum(i.quantity) FILTER (WHERE r.item IS NOT NULL), 0), sum(i.quantity)
    FROM item i LEFT JOIN replaced r ON r.process = i.process AND r.item = i.item WHERE i.line IS NOT NULL GROUP BY i.grp
  UNION ALL
  SELECT 'repair_cost', g.grp, g.currency, round(coalesce(sum(s.amount * w.units / s.units), 0)), sum(w.units)
    FROM worked w JOIN spent s ON s.execution = w.execution
    JOIN (SELECT DISTINCT process, split_part(item, '.', 1) AS root, grp, currency FROM item) AS g
      ON g.process = w.process AND g.root = split_part(w.item, '.', 1)
    GROUP BY g.grp, g.currency
  UNION ALL
  SELECT 'expected_recovery', grp, currency, sum(coalesce(recovered, 0)), sum(net)
    FROM ended WHERE net IS NOT NULL GROUP BY grp, currency
  UNION ALL
  SELECT 'inspection_agreement', g.grp, NULL, count(*) FILTER (WHERE a.same), count(*)
    FROM again a JOIN (SELECT DISTINCT process, split_part(item, '.', 1) AS root, grp FROM item) AS g
      ON g.process = a.process AND g.root = a.root GROUP BY g.grp
  UNION ALL
  SELECT ${FAULTS}->>coalesce(found, reason) || '_claims', grp, currency,
      coalesce(sum(net) FILTER (WHERE c.parcel IS NOT NULL), 0), sum(net)
    FROM item LEFT JOIN (SELECT DISTINCT process, event->>'parcel' AS parcel FROM event WHERE type = 'claim_opened') AS c
      ON c.process = item.process AND c.parcel = item.parcel
    WHERE net IS NOT NULL AND ${FAULTS}->>coalesce(found, reason) IN ('carrier', 'vendor')
    GROUP BY 1, grp, currency)`;

/** Why goods came back, by what was claimed and what was found; the greatest causes first. */
export const rootCauses = (limit: number): string => `
cause AS (
  SELECT jsonb_build_object('sku', i.sku, 'claimed', i.reason, 'found', i.found, 'carrier', k.carrier,
      'units', sum(i.quantity)) AS cause
  FROM item i LEFT JOIN label k ON k.process = i.process AND k.parcel = i.parcel
  WHERE i.line IS NOT NULL GROUP BY i.sku, i.reason, i.found, k.carrier
  ORDER BY sum(i.quantity) DESC, i.sku, i.reason, i.found, k.carrier LIMIT ${limit})`;
