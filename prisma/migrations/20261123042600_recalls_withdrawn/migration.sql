-- A recall that was launched in error is withdrawn: its goods may be sold again, and whoever was written to hears of it.
ALTER TABLE "recalls"
  DROP CONSTRAINT "recalls_outcome_known",
  ADD CONSTRAINT "recalls_outcome_known" CHECK (outcome IN ('terminated', 'cancelled', 'withdrawn'));
ALTER TABLE "recall_consignees"
  DROP CONSTRAINT "recall_consignees_state_known",
  ADD CONSTRAINT "recall_consignees_state_known" CHECK (state IN ('planned', 'notified', 'silent', 'undeliverable', 'responded', 'withdrawn')),
  DROP CONSTRAINT "recall_consignees_due_kind_known",
  ADD CONSTRAINT "recall_consignees_due_kind_known" CHECK (due_kind IN ('initial', 'reminder', 'escalation', 'amended', 'withdrawn'));
ALTER TABLE "notices"
  DROP CONSTRAINT "notices_kind_known",
  ADD CONSTRAINT "notices_kind_known" CHECK (kind IN ('initial', 'reminder', 'escalation', 'amended', 'withdrawn'));

-- A stop sale that was lifted stays as a record, and holds nothing.
ALTER TABLE "stop_sales" ADD COLUMN "lifted_at" TIMESTAMPTZ(3);
ALTER TABLE "stop_sales" ADD CONSTRAINT "stop_sales_lifted_after_placed" CHECK (lifted_at >= placed_at);
DROP INDEX "stop_sales_one_recall_a_lot";
CREATE UNIQUE INDEX "stop_sales_one_recall_a_lot" ON "stop_sales"("sku", "lot") NULLS NOT DISTINCT WHERE NOT mock AND lifted_at IS NULL;
