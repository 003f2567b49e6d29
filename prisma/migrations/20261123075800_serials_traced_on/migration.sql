-- A scope of serials finds what left us by them, too.
CREATE OR REPLACE VIEW "left_with_executions" AS
  SELECT party_as_consignee(e.disposition, e.party) AS consignee, r.facility, x.sku, x.lot, x.quantity,
    -- Its return hears of it last: until then the stock ledger has it here.
    i.stage IS DISTINCT FROM 'disposed' AS still_booked,
    coalesce(i.serials, '{}') AS serials
  FROM execution_items x JOIN executions e ON e.number = x.number JOIN returns r ON r.rma = x.rma
    LEFT JOIN return_items i ON i.rma = x.rma AND i.item = x.item
  WHERE e.disposition IN ('liquidate', 'donate', 'return_to_vendor') AND e.party IS NOT NULL
    AND (x.state IN ('recovering', 'confirming', 'confirmed', 'stranded')
      OR (x.state = 'held' AND e.status IN ('shipped', 'disputed', 'handed_over')));
