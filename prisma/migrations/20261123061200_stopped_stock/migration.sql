-- Of a facility's stock of a SKU, the units that recalls have stopped there, as their newest scopes were traced: they go out to nobody.
-- Whoever tells a level once the recall was completed tells what may be sold.
CREATE FUNCTION stopped_units(level stock_levels) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(u.quantity), 0) FROM recall_units u JOIN recalls r ON r.number = u.recall
    WHERE u.holder = 'stock' AND u.facility = level.facility AND u.sku = level.sku AND NOT u.possible AND NOT r.mock
      AND (r.completed_at IS NULL OR level.told_at <= r.completed_at)
      AND u.scope_version = (SELECT max(scope_version) FROM recall_units WHERE recall = u.recall)
      AND EXISTS (SELECT FROM stop_sales s WHERE s.recall = u.recall AND s.lifted_at IS NULL AND s.sku = u.sku
        AND (s.lot IS NULL OR s.lot = u.lot))
$$;
