-- CreateTable
CREATE TABLE "claims" (
    "rma" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "parcel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "paid" BIGINT,
    "provider_id" TEXT,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("rma","claim")
);

-- CreateIndex
CREATE INDEX "claims_provider_id_idx" ON "claims"("provider_id");

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Beyond what Prisma expresses. What was claimed before lies in the journal alone: a read model is rebuilt from it.
ALTER TABLE "claims"
  ADD CONSTRAINT "claims_kind_known" CHECK (kind IN ('lost', 'damaged')),
  ADD CONSTRAINT "claims_state_known" CHECK (state IN ('wanted', 'opened', 'withdrawing', 'withdrawn', 'paid', 'refused', 'dropped')),
  ADD CONSTRAINT "claims_amount_amount" CHECK (amount BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "claims_paid_whole" CHECK ((state = 'paid') = (paid IS NOT NULL) AND paid BETWEEN 1 AND 9007199254740991);

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'recovery', 'write_off') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'recovery', 'write_off'));
