-- Goods are looked for by lot and by serial, wherever they are.
CREATE INDEX "stock_entries_by_lot" ON "stock_entries" ("lot") WHERE lot IS NOT NULL;
CREATE INDEX "return_items_serials" ON "return_items" USING gin (serials) WHERE serials <> '{}';
CREATE INDEX "loan_units_serial_idx" ON "loan_units" ("serial");
