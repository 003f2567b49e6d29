-- Whoever gets goods of ours by an execution is a consignee of them, under the name that the execution has.
CREATE FUNCTION party_as_consignee(disposition text, party text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE disposition WHEN 'liquidate' THEN 'liquidator:' WHEN 'donate' THEN 'organisation:' WHEN 'return_to_vendor' THEN 'vendor:' END || party
$$;

CREATE FUNCTION party_is_consignee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO consignees (id, kind, name) VALUES (party_as_consignee(NEW.disposition, NEW.party), 'business', NEW.party)
    ON CONFLICT (id) DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "executions_party_known" AFTER INSERT OR UPDATE OF party ON "executions"
  FOR EACH ROW WHEN (NEW.party IS NOT NULL AND NEW.disposition IN ('liquidate', 'donate', 'return_to_vendor'))
  EXECUTE FUNCTION party_is_consignee();

INSERT INTO consignees (id, kind, name)
  SELECT DISTINCT party_as_consignee(disposition, party), 'business', party FROM executions
  WHERE party IS NOT NULL AND disposition IN ('liquidate', 'donate', 'return_to_vendor')
  ON CONFLICT (id) DO NOTHING;

-- Items that left us with an execution, to somebody who has them: what is recycled or destroyed nobody has.
CREATE VIEW "left_with_executions" AS
  SELECT party_as_consignee(e.disposition, e.party) AS consignee, r.facility, x.sku, x.lot, x.quantity,
    -- Its return hears of it last: until then the stock ledger has it here.
    i.stage IS DISTINCT FROM 'disposed' AS still_booked
  FROM execution_items x JOIN executions e ON e.number = x.number JOIN returns r ON r.rma = x.rma
    LEFT JOIN return_items i ON i.rma = x.rma AND i.item = x.item
  WHERE e.disposition IN ('liquidate', 'donate', 'return_to_vendor') AND e.party IS NOT NULL
    AND (x.state IN ('recovering', 'confirming', 'confirmed', 'stranded')
      OR (x.state = 'held' AND e.status IN ('shipped', 'disputed', 'handed_over')));

CREATE INDEX "execution_items_sku_lot_idx" ON "execution_items"("sku", "lot");
