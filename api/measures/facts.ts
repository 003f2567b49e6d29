import type { Policy, RuleConditions } from '../../domain/policy/policy.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { type Dimension, readings } from './dimensions.ts';

/** Parameters of the statement: the period's start, its end, and whose fault each reason is, as a JSON object. */
export const FROM = '$1::timestamptz';
export const TO = '$2::timestamptz';
export const FAULTS = '$3::jsonb';

/** The events that the measures look at, beside the request. */
const READ: readonly ReturnEvent['type'][] = [
  'line_added',
  'authorized',
  'label_bought',
  'pickup_booked',
  'pickup_collected',
  'parcel_tracked',
  'parcel_received',
  'discrepancy_found',
  'item_inspected',
  'inspection_confirmed',
  'item_worked_on',
  'surplus_accepted',
  'item_disposed',
  'disposition_confirmed',
  'claim_opened',
  'settlement_due',
  'exchange_shipped',
  'refund_succeeded',
  'closed',
];

/** Whether an item is another one, or came of it by a split, as `isPartOf` of the domain has it. */
export const isPartOf = (item: string, whole: string): string =>
  `(${item} = ${whole} OR starts_with(${item}, ${whole} || '.'))`;

/** Where the value is that a rule's condition asks for. */
const CONDITIONS: Readonly<Record<keyof RuleConditions, string>> = {
  categories: `(sold->>'category')`,
  channels: `(r.event->'facts'->'order'->>'channel')`,
  countries: `(r.event->'facts'->'order'->>'country')`,
  buyerGroups: `coalesce(r.event->'facts'->'order'->>'buyerGroup', '')`,
};

/** A fee of the policy for a line's category: by the first rule that sets it, else the policy's own (see domain/policy/rules-for.ts). */
const feeOf = (fee: keyof Policy['fees']) => `coalesce((
          SELECT x.rule->'set'->'fees'->'${fee}'
          FROM jsonb_array_elements(coalesce(r.event->'facts'->'policy'->'rules', '[]')) WITH ORDINALITY AS x(rule, n)
          WHERE x.rule->'set'->'fees' ? '${fee}' AND ${Object.entries(CONDITIONS)
            .map(([of, value]) => `(NOT x.rule->'when' ? '${of}' OR x.rule->'when'->'${of}' ? ${value})`)
            .join(' AND ')}
          ORDER BY x.n LIMIT 1), r.event->'facts'->'policy'->'fees'->'${fee}')`;

/**
 * What the journals of the returns that were requested in the period say, as CTEs that the measures read. The period finds
 * its returns by an index on their first row (`journal_requested`), and those their other rows by the journal's key, so
 * that a month costs a month however many years there are.
 *
 * Items are split by inspections, and by work on them: what an item counts now is what it was last made of, less the parts taken from it
 * later (see domain/return/evolve/items.ts and evolve/worked-on.ts).
 */
export const factsOf = (by: Dimension): string => `
cohort AS MATERIALIZED (
  SELECT j.process, j.at AS requested_at, r.event->'request'->>'program' AS program,
    r.event->'request'->>'facility' AS facility, r.event->'facts'->'order'->>'currency' AS currency,
    (SELECT jsonb_agg(jsonb_build_object('line', asked->>'line', 'orderLine', asked->>'orderLine', 'reason', asked->>'reason',
        'requested', asked->'quantity', 'sku', sold->>'sku', 'category', sold->>'category', 'quantity', sold->'quantity',
        'restocking', coalesce(${feeOf('restockingBasisPoints')}, to_jsonb(0)),
        'shipping', coalesce(${feeOf('returnShipping')}->(r.event->'facts'->'order'->>'currency'), to_jsonb(0)),
        'net', (sold->>'price')::numeric - least((sold->>'discount')::numeric, (sold->>'price')::numeric)))
      FROM jsonb_array_elements(r.event->'request'->'lines') AS asked
      LEFT JOIN jsonb_array_elements(r.event->'facts'->'order'->'lines') AS sold
        ON sold->>'orderLine' = asked->>'orderLine') AS lines
  FROM journal j, LATERAL (SELECT e AS event FROM jsonb_array_elements(j.events) AS e WHERE e->>'type' = 'requested') AS r
  WHERE j.version = 1 AND j.process LIKE 'return:%' AND j.at >= ${FROM} AND j.at < ${TO}),
event AS MATERIALIZED (
  SELECT j.process, j.version * 100000::bigint + e.seq AS n, j.at, e.event->>'type' AS type, e.event
  FROM cohort c, LATERAL (SELECT * FROM journal WHERE journal.process = c.process OFFSET 0) AS j,
    LATERAL jsonb_array_elements(j.events) WITH ORDINALITY AS e(event, seq)
  WHERE e.event->>'type' IN (${READ.map((type) => `'${type}'`).join(', ')})),
line AS MATERIALIZED (
  SELECT c.process, l->>'line' AS line, l->>'reason' AS reason, l->>'sku' AS sku, l->>'category' AS category,
    (l->>'requested')::numeric AS requested, (l->>'quantity')::numeric AS quantity, (l->>'net')::numeric AS net,
    (l->>'restocking')::numeric AS restocking, (l->>'shipping')::numeric AS shipping
  FROM cohort c, jsonb_array_elements(c.lines) AS l
  UNION ALL
  SELECT e.process, e.event->'line'->>'line', e.event->'line'->>'reason', s.sold->>'sku', s.sold->>'category',
    (e.event->'line'->>'quantity')::numeric, (s.sold->>'quantity')::numeric,
    (s.sold->>'price')::numeric - least((s.sold->>'discount')::numeric, (s.sold->>'price')::numeric),
    coalesce(${feeOf('restockingBasisPoints')}, to_jsonb(0))::numeric,
    coalesce(${feeOf('returnShipping')}->(r.event->'facts'->'order'->>'currency'), to_jsonb(0))::numeric
  FROM event e JOIN journal j ON j.process = e.process AND j.version = 1,
    LATERAL (SELECT x AS event FROM jsonb_array_elements(j.events) AS x WHERE x->>'type' = 'requested') AS r,
    LATERAL (SELECT e.event->'sold' AS sold) AS s
  WHERE e.type = 'line_added'),
label AS MATERIALIZED (
  SELECT process, event->>'parcel' AS parcel, (array_agg(event->>'carrier' ORDER BY n DESC))[1] AS carrier
  FROM event WHERE type = 'label_bought' GROUP BY 1, 2),
received AS MATERIALIZED (
  SELECT e.process, e.n, e.event->>'parcel' AS parcel, i->>'item' AS item, i->>'line' AS line, i->>'sku' AS sku,
    (i->>'quantity')::numeric AS quantity, d.found
  FROM event e CROSS JOIN LATERAL jsonb_array_elements(e.event->'items') AS i
  LEFT JOIN (SELECT DISTINCT process, event->>'item' AS item, event->>'kind' AS found FROM event
    WHERE type = 'discrepancy_found' AND event->>'kind' = 'damaged_in_transit') AS d
    ON d.process = e.process AND d.item = i->>'item'
  WHERE e.type = 'parcel_received'),
graded AS MATERIALIZED (
  SELECT e.process, e.n, e.event->>'item' AS whole, i->>'item' AS item, (i->>'quantity')::numeric AS quantity,
    i->>'grade' AS grade, i->>'reasonFound' AS found
  FROM event e, jsonb_array_elements(e.event->'into') AS i WHERE e.type = 'item_inspected'),
parted AS MATERIALIZED (
  SELECT process, n, whole, item, quantity, grade, found FROM graded
  UNION ALL SELECT e.process, e.n, e.event->>'item', i->>'item', (i->>'quantity')::numeric, i->>'grade', i->>'reasonFound'
  FROM event e, jsonb_array_elements(e.event->'into') AS i WHERE e.type = 'item_worked_on'),
made AS (
  SELECT DISTINCT ON (process, item) * FROM (
    SELECT process, n, item, quantity, NULL::text AS grade, found FROM received
    UNION ALL SELECT process, n, item, quantity, grade, found FROM parted) AS b
  ORDER BY process, item, n DESC),
taken AS (
  SELECT m.process, m.item, sum(g.quantity) AS quantity
  FROM made m JOIN parted g ON g.process = m.process AND g.whole = m.item AND g.item <> m.item AND g.n > m.n
  GROUP BY 1, 2),
surplus AS (
  SELECT process, event->>'item' AS item, event->>'line' AS line FROM event WHERE type = 'surplus_accepted'),
item AS MATERIALIZED (
  SELECT i.process, i.item, r.parcel, l.line, r.sku, i.quantity - coalesce(t.quantity, 0) AS quantity, i.grade, i.found,
    l.reason, round(l.net * (i.quantity - coalesce(t.quantity, 0)) / l.quantity) AS net, c.currency,
    ${readings[by].ofItem} AS grp
  FROM made i JOIN cohort c ON c.process = i.process
  JOIN received r ON r.process = i.process AND r.item = split_part(i.item, '.', 1)
  LEFT JOIN taken t ON t.process = i.process AND t.item = i.item
  LEFT JOIN LATERAL (SELECT s.line FROM surplus s WHERE s.process = i.process AND ${isPartOf('i.item', 's.item')}
    ORDER BY length(s.item) DESC LIMIT 1) AS s ON true
  LEFT JOIN line l ON l.process = r.process AND l.line = coalesce(r.line, s.line)
  LEFT JOIN label k ON k.process = r.process AND k.parcel = r.parcel
  WHERE i.quantity > coalesce(t.quantity, 0)),
member AS MATERIALIZED (${readings[by].ofReturn})`;
