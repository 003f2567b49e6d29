-- CreateTable
CREATE TABLE "clawbacks" (
    "rma" TEXT NOT NULL,
    "clawback" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "total" BIGINT NOT NULL,
    "outstanding" BIGINT NOT NULL,
    "paid" BIGINT NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "clawbacks_pkey" PRIMARY KEY ("rma","clawback")
);

-- AddForeignKey
ALTER TABLE "clawbacks" ADD CONSTRAINT "clawbacks_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "clawbacks"
  ADD CONSTRAINT "clawbacks_cause_known" CHECK (cause IN ('not_returned', 'regraded', 'adjusted')),
  ADD CONSTRAINT "clawbacks_state_known" CHECK (state IN ('open', 'offset', 'paid', 'waived', 'written_off', 'external')),
  ADD CONSTRAINT "clawbacks_total_amount" CHECK (total BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "clawbacks_within_total" CHECK (outstanding >= 0 AND paid >= 0 AND outstanding + paid <= total),
  ADD CONSTRAINT "clawbacks_open_while_outstanding" CHECK ((state = 'open') = (outstanding > 0));

ALTER TABLE "refunds"
  DROP CONSTRAINT "refunds_destination_known",
  ADD CONSTRAINT "refunds_destination_known" CHECK (destination IN ('payment', 'store_credit', 'credit_memo', 'chargeback', 'offset', 'nowhere') AND (destination IN ('payment', 'chargeback')) = (payment IS NOT NULL));

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off', 'goodwill', 'external_collection'));
