-- What an item cost, what others gave back for it, and the execution that has it.
ALTER TABLE "return_items" ADD COLUMN     "execution" TEXT,
ADD COLUMN     "cost" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "recovered" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "executions" (
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "disposition" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" TEXT NOT NULL,
    "reference" TEXT,
    "tracking" TEXT,
    "expected" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,
    "written_off" BIGINT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "next_deadline" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "version" INTEGER NOT NULL,

    CONSTRAINT "executions_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "execution_items" (
    "number" TEXT NOT NULL,
    "rma" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "lot" TEXT,
    "grade" TEXT,
    "cost" BIGINT NOT NULL,
    "expected" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT,

    CONSTRAINT "execution_items_pkey" PRIMARY KEY ("number","rma","item")
);

-- AlterTable
ALTER TABLE "attention" ADD COLUMN     "execution" TEXT;

-- CreateIndex
CREATE INDEX "executions_kind_status_requested_at_idx" ON "executions"("kind", "status", "requested_at");

-- CreateIndex
CREATE INDEX "executions_requested_at_number_idx" ON "executions"("requested_at", "number");

-- CreateIndex
CREATE INDEX "execution_items_rma_item_idx" ON "execution_items"("rma", "item");

-- CreateIndex
CREATE UNIQUE INDEX "attention_execution_attention_key" ON "attention"("execution", "attention");

-- AddForeignKey
ALTER TABLE "executions" ADD CONSTRAINT "executions_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_items" ADD CONSTRAINT "execution_items_number_fkey" FOREIGN KEY ("number") REFERENCES "executions"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attention" ADD CONSTRAINT "attention_execution_fkey" FOREIGN KEY ("execution") REFERENCES "executions"("number") ON DELETE SET NULL ON UPDATE CASCADE;

UPDATE "return_items" i SET cost = i.quantity * o.unit_cost
  FROM "return_lines" l JOIN "order_lines" o ON o.id = l.order_line_id
  WHERE l.rma = i.rma AND l.line = i.line;

-- What others give us for goods never comes to more than they cost.
ALTER TABLE "return_items"
  ADD CONSTRAINT "return_items_recovered_within_cost" CHECK (recovered BETWEEN 0 AND cost);

ALTER TABLE "executions"
  ADD CONSTRAINT "executions_kind_known" CHECK (kind IN ('vendor_return')),
  ADD CONSTRAINT "executions_status_known" CHECK (status IN ('requested', 'authorized', 'shipped', 'disputed', 'ending', 'closed')),
  ADD CONSTRAINT "executions_outcome_known" CHECK (outcome IN ('completed', 'refused', 'cancelled')),
  ADD CONSTRAINT "executions_expected_amount" CHECK (expected BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "executions_received_within_expected" CHECK (received >= 0 AND written_off >= 0 AND received + written_off <= expected),
  ADD CONSTRAINT "executions_version_positive" CHECK (version > 0);

ALTER TABLE "execution_items"
  ADD CONSTRAINT "execution_items_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "execution_items_state_known" CHECK (state IN ('wanted', 'held', 'declined', 'releasing', 'released', 'recovering', 'confirming', 'confirmed', 'stranded')),
  ADD CONSTRAINT "execution_items_received_within_cost" CHECK (received BETWEEN 0 AND expected AND expected <= cost);

-- An item is in at most one execution that hasn't let go of it or come to its end with it.
CREATE UNIQUE INDEX "execution_items_open_once" ON "execution_items" (rma, item)
  WHERE state IN ('held', 'recovering', 'confirming');

CREATE INDEX "executions_next_deadline_open" ON "executions" (next_deadline) WHERE next_deadline IS NOT NULL;
CREATE INDEX "return_items_waiting" ON "return_items" (disposition) WHERE stage = 'disposing' AND execution IS NULL;

ALTER TABLE "attention"
  DROP CONSTRAINT "attention_of_return_whole",
  ADD CONSTRAINT "attention_of_process_whole" CHECK (
    num_nonnulls(rma, execution) <= 1
    AND (attention IS NULL) = (num_nonnulls(rma, execution) = 0)
    AND (attention IS NULL OR id = coalesce(rma, execution) || '/' || attention));

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off'));
