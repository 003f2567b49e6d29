-- Where restocked goods were put away: in the ledger, and with their item.
ALTER TABLE "stock_entries" ADD COLUMN "location" TEXT;
ALTER TABLE "return_items" ADD COLUMN "location" TEXT;

-- What was put away before is where its confirmation says.
ALTER TABLE "stock_entries" DISABLE TRIGGER "stock_entries_append_only";
UPDATE "stock_entries" s SET location = e ->> 'evidence'
  FROM "journal" j, jsonb_array_elements(j.events) AS e
  WHERE s.to_account = 'sellable' AND j.process = s.process AND j.version = s.version
    AND e ->> 'type' = 'disposition_confirmed' AND e ->> 'item' = s.item;
ALTER TABLE "stock_entries" ENABLE TRIGGER "stock_entries_append_only";
UPDATE "return_items" i SET location = s.location
  FROM "stock_entries" s
  WHERE s.process = 'return:' || i.rma AND s.item = i.item AND s.to_account = 'sellable' AND s.location IS NOT NULL;

ALTER TABLE "stock_entries"
  ADD CONSTRAINT "stock_entries_location_of_put_away" CHECK (location IS NULL OR to_account = 'sellable');
ALTER TABLE "return_items"
  ADD CONSTRAINT "return_items_location_of_put_away" CHECK (location IS NULL OR stage = 'disposed' AND disposition = 'restock');

-- What came back joins sellable stock once.
CREATE UNIQUE INDEX "stock_entries_put_away_once" ON "stock_entries" (process, item)
  WHERE from_account = 'inspected' AND to_account = 'sellable';
