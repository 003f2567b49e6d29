/** Whether a code lies in a closed range `r`, as `isInRange` of the domain has it: the same beginning and length, digits at the end. */
export const isInRange = (
  code: string,
): string => `${code} COLLATE "C" BETWEEN r."from" AND r."to" AND length(${code}) = length(r."from")
        AND substr(${code}, length(rtrim(r."from", '0123456789')) + 1) ~ '^[0-9]+$'`;

/**
 * Common table expressions of a trace (see `trace.ts`), whose one parameter, `$1::jsonb`, is a `RecallScope`: its lines (`line`), the lots
 * that they choose (`chosen`), what was `made` of these, and both together (`affected`) with when their goods left.
 */
export const AFFECTED = `
line AS MATERIALIZED (
  SELECT l->>'sku' AS sku, l AS said,
    coalesce((l#>>'{shipped,from}')::timestamptz, '-infinity') AS shipped_from,
    coalesce((l#>>'{shipped,until}')::timestamptz, 'infinity') AS shipped_until,
    jsonb_array_length(l->'lots') + jsonb_array_length(l->'lotRanges') + jsonb_array_length(coalesce(l->'lotPrefixes', '[]')) + jsonb_array_length(l->'serialRanges')
      + jsonb_array_length(l->'dateCodes') = 0 AND l->>'expires' IS NULL AS whole,
    l->>'shipped' IS NOT NULL AS in_window
  FROM jsonb_array_elements($1::jsonb->'lines') AS l
  -- Always so; the planner takes it for rare, and makes no room for a hundred lines with thousands of lots each.
  WHERE jsonb_typeof(l) = 'object'
),
-- Lots that the scope itself chooses, with when their goods left.
chosen AS MATERIALIZED (
  SELECT DISTINCT c.sku, c.lot, line.shipped_from, line.shipped_until, line.whole AND line.in_window AS only_shipped
  FROM line CROSS JOIN LATERAL (
    SELECT t.sku, t.lot FROM jsonb_array_elements_text(line.said->'lots') AS named(lot) CROSS JOIN LATERAL (
      SELECT sku, lot FROM lots WHERE sku = line.sku AND lot = named.lot OFFSET 0) t
    UNION ALL
    SELECT t.sku, t.lot FROM jsonb_to_recordset(line.said->'lotRanges') AS r("from" text, "to" text) CROSS JOIN LATERAL (
      SELECT sku, lot FROM lots WHERE sku = line.sku AND ${isInRange('lot')} OFFSET 0) t
    UNION ALL
    -- Open at one end: numbers of as many digits and, where they aren't padded with zeros, of more or fewer (domain/recall/code-range).
    SELECT t.sku, t.lot FROM jsonb_to_recordset(line.said->'lotRanges') AS r("from" text, "to" text)
      CROSS JOIN LATERAL (SELECT rtrim(coalesce(r."from", r."to"), '0123456789') AS head) AS h
      CROSS JOIN LATERAL (SELECT substr(coalesce(r."from", r."to"), length(h.head) + 1) AS bound) AS b
      CROSS JOIN LATERAL (
        SELECT sku, lot, substr(lot, length(h.head) + 1) AS number FROM lots
        WHERE sku = line.sku AND lot COLLATE "C" >= h.head || '0' AND lot COLLATE "C" < h.head || ':' OFFSET 0) t
    WHERE (r."from" IS NULL) <> (r."to" IS NULL) AND t.number ~ '^[0-9]+$' AND CASE
      WHEN length(t.number) = length(b.bound) THEN
        CASE WHEN r."to" IS NULL THEN t.number COLLATE "C" >= b.bound ELSE t.number COLLATE "C" <= b.bound END
      WHEN left(t.number, 1) = '0' THEN false
      WHEN r."to" IS NULL THEN length(t.number) > length(b.bound)
      ELSE length(t.number) < length(b.bound) AND left(b.bound, 1) <> '0' END
    UNION ALL
    SELECT t.sku, t.lot FROM jsonb_array_elements_text(coalesce(line.said->'lotPrefixes', '[]')) AS named(prefix) CROSS JOIN LATERAL (
      SELECT sku, lot FROM lots WHERE sku = line.sku
        AND lot COLLATE "C" >= named.prefix AND lot COLLATE "C" < named.prefix || chr(1114111) OFFSET 0) t
    UNION ALL
    SELECT t.sku, t.lot FROM jsonb_array_elements_text(line.said->'dateCodes') AS named(code) CROSS JOIN LATERAL (
      SELECT sku, lot FROM lots WHERE sku = line.sku AND date_code = named.code OFFSET 0) t
    UNION ALL
    SELECT t.sku, t.lot FROM lots t WHERE t.sku = line.sku
      AND t.expires_on BETWEEN (line.said#>>'{expires,from}')::date AND (line.said#>>'{expires,to}')::date
    UNION ALL
    SELECT t.sku, t.lot FROM lots t WHERE line.whole AND t.sku = line.sku
  ) AS c
),
-- What was made of them, through any number of steps.
made (sku, lot) AS (
  SELECT l.to_sku, l.to_lot FROM chosen c CROSS JOIN LATERAL (
    SELECT to_sku, to_lot FROM lot_links WHERE from_sku = c.sku AND from_lot = c.lot AND NOT c.only_shipped OFFSET 0) AS l
  UNION
  SELECT l.to_sku, l.to_lot FROM made m CROSS JOIN LATERAL (
    SELECT to_sku, to_lot FROM lot_links WHERE from_sku = m.sku AND from_lot = m.lot OFFSET 0) AS l
),
affected AS MATERIALIZED (
  SELECT DISTINCT ON (sku, lot) sku, lot, shipped_from, shipped_until, only_shipped, descended FROM (
    SELECT sku, lot, '-infinity'::timestamptz, 'infinity'::timestamptz, false,
      NOT EXISTS (SELECT FROM chosen c WHERE c.sku = made.sku AND c.lot = made.lot), 1
    FROM made
    UNION ALL
    SELECT sku, lot, shipped_from, shipped_until, only_shipped, false, 2 FROM chosen
  ) AS both_ways (sku, lot, shipped_from, shipped_until, only_shipped, descended, rank)
  ORDER BY sku, lot, rank
)`;
