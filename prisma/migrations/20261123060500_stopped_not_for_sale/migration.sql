-- What a recall has stopped joins no stock that is for sale, whatever its return knew when it was put away. The lock, which placing
-- and lifting a stop sale take alone, makes one wait for the other; what is stopped is read after that. Goods whose lot nobody
-- read may be of any that were sold with their line; evidence lifts the stop from its item.
CREATE FUNCTION stopped_is_not_for_sale() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_lots text[] := ARRAY[NEW.lot];
  stopping text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('stop_sales'));
  IF NEW.lot IS NULL THEN
    SELECT o.lots INTO of_lots FROM return_items i JOIN return_lines l ON l.rma = i.rma AND l.line = i.line
      JOIN order_lines o ON o.id = l.order_line_id
      WHERE i.rma = substr(NEW.process, length('return:') + 1) AND i.item = NEW.item;
  END IF;
  -- As in the facts of a request: a SKU that was recalled as a whole is sold again once the recall is over.
  SELECT s.recall INTO stopping FROM stop_sales s JOIN recalls r ON r.number = s.recall
    WHERE NOT s.mock AND s.lifted_at IS NULL AND s.sku = NEW.sku
      AND (s.lot = ANY (of_lots) OR (s.lot IS NULL AND r.status <> 'closed')) ORDER BY s.recall LIMIT 1;
  IF stopping IS NULL OR EXISTS (
    SELECT FROM return_items i WHERE i.rma = substr(NEW.process, length('return:') + 1) AND i.item = NEW.item
      AND i.evidence @> '[{"kind": "recall_lifted"}]') THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% has stopped % of lot %', stopping, NEW.sku, coalesce(NEW.lot, 'unknown')
    USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_entries_none_stopped', TABLE = 'stock_entries', DETAIL = stopping;
END $$;
-- After the statement: the item's own rows may be part of it.
CREATE TRIGGER "stock_entries_none_stopped" AFTER INSERT ON "stock_entries"
  FOR EACH ROW WHEN (NEW.to_account IN ('sellable', 'refurbished')) EXECUTE FUNCTION stopped_is_not_for_sale();
