-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "charged_back" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "settled_by_chargeback" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "disputes" (
    "id" TEXT NOT NULL,
    "payment" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "disputes_payment_idx" ON "disputes"("payment");

-- AddForeignKey
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_fkey" FOREIGN KEY ("payment") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "disputes"
  ADD CONSTRAINT "disputes_status_known" CHECK (status IN ('open', 'won', 'lost')),
  ADD CONSTRAINT "disputes_amount" CHECK (amount BETWEEN 0 AND 9007199254740991);

ALTER TABLE "payments"
  ADD CONSTRAINT "payments_charged_back_within_captured" CHECK (charged_back BETWEEN 0 AND captured),
  ADD CONSTRAINT "payments_settled_by_chargeback_within" CHECK (settled_by_chargeback BETWEEN 0 AND charged_back);

-- A bank may take back what was refunded before, which nobody can bar; but no refund is added to what it took.
CREATE FUNCTION refunded_beside_charged_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'payment % has % of % charged back and cannot refund %', NEW.id, NEW.charged_back, NEW.captured, NEW.refunded
    USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_refunded_beside_charged_back', TABLE = 'payments';
END $$;
CREATE TRIGGER "payments_refunded_beside_charged_back" BEFORE UPDATE OF refunded ON "payments"
  FOR EACH ROW WHEN (NEW.refunded > OLD.refunded AND NEW.refunded + NEW.charged_back > NEW.captured AND NEW.refunded <= NEW.captured)
  EXECUTE FUNCTION refunded_beside_charged_back();

ALTER TABLE "refunds"
  DROP CONSTRAINT "refunds_destination_known",
  DROP CONSTRAINT "refunds_state_known",
  ADD CONSTRAINT "refunds_destination_known" CHECK (destination IN ('payment', 'store_credit', 'chargeback', 'nowhere') AND (destination IN ('payment', 'chargeback')) = (payment IS NOT NULL)),
  ADD CONSTRAINT "refunds_state_known" CHECK (state IN ('due', 'frozen', 'requested', 'succeeded', 'failed', 'replaced', 'written_off'));

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'write_off') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'write_off'));
