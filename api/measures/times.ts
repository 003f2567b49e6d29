/** The stages of a return as measures tell them apart: from when, to when. docs/measures.md says it in words. */
export const stages = {
  authorize: ['requested', 'authorized'],
  hand_over: ['authorized', 'handed_over'],
  transport: ['handed_over', 'received'],
  inspect: ['received', 'inspected'],
  dispose: ['inspected', 'disposed'],
  settle: ['inspected', 'settled'],
  close: ['done', 'closed'],
  refund_from_request: ['requested', 'settled'],
  refund_from_receipt: ['received', 'settled'],
} as const;
export type Stage = keyof typeof stages;

const HANDED_OVER = `type = 'pickup_collected' OR type = 'parcel_tracked'
  AND event->>'status' IN ('in_transit', 'out_for_delivery', 'available_for_pickup', 'delivered')`;

/** How long returns stayed in each stage, in seconds; every row is (measure, grp, n, p50, p90), `n` the returns it is made of. */
export const ofTimes = `
moment AS (
  SELECT c.process, c.requested_at AS requested,
    min(e.at) FILTER (WHERE e.type = 'authorized') AS authorized,
    min(e.at) FILTER (WHERE ${HANDED_OVER}) AS handed_over,
    min(e.at) FILTER (WHERE e.type = 'parcel_received') AS received,
    max(e.at) FILTER (WHERE e.type IN ('item_inspected', 'inspection_confirmed')) AS inspected,
    max(e.at) FILTER (WHERE e.type = 'disposition_confirmed') AS disposed,
    max(e.at) FILTER (WHERE e.type = 'refund_succeeded') AS settled,
    max(e.at) FILTER (WHERE e.type IN ('disposition_confirmed', 'refund_succeeded')) AS done,
    max(e.at) FILTER (WHERE e.type = 'closed' AND e.event->>'outcome' = 'completed') AS closed
  FROM cohort c JOIN event e ON e.process = c.process GROUP BY c.process, c.requested_at),
took AS (
  SELECT process, measure, extract(epoch FROM till - since) AS seconds
  FROM moment, LATERAL (VALUES ${Object.entries(stages)
    .map(([stage, [since, till]]) => `('${stage}', ${since}, ${till})`)
    .join(', ')}) AS stage(measure, since, till)
  WHERE till >= since),
times AS (
  SELECT t.measure, m.grp, count(*) AS n, percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds) AS p50,
    percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS p90
  FROM took t JOIN member m ON m.process = t.process GROUP BY t.measure, m.grp)`;
