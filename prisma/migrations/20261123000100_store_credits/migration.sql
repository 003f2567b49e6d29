-- Store credit is an account: what a return gives as such can be spent, and is never more than what is left.

ALTER TABLE "payments" ADD COLUMN "credited" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "payments"
  DROP CONSTRAINT "payments_provider_known",
  ADD CONSTRAINT "payments_provider_known" CHECK (provider IN ('stripe', 'store_credit')),
  ADD CONSTRAINT "payments_credited_within_captured" CHECK (credited >= 0 AND (credited = 0 OR refunded + credited <= captured));

-- Nothing is added to what a bank took, as a refund or as credit.
DROP TRIGGER "payments_refunded_beside_charged_back" ON "payments";
CREATE TRIGGER "payments_refunded_beside_charged_back" BEFORE UPDATE OF refunded, credited ON "payments"
  FOR EACH ROW WHEN (NEW.refunded + NEW.credited > OLD.refunded + OLD.credited
    AND NEW.refunded + NEW.credited + NEW.charged_back > NEW.captured AND NEW.refunded + NEW.credited <= NEW.captured)
  EXECUTE FUNCTION refunded_beside_charged_back();

ALTER TABLE "refunds"
  DROP CONSTRAINT "refunds_destination_known",
  ADD CONSTRAINT "refunds_destination_known" CHECK (destination IN ('payment', 'store_credit', 'credit_memo', 'exchange', 'chargeback', 'offset', 'nowhere')
    AND (destination = 'store_credit' OR (destination IN ('payment', 'chargeback')) = (payment IS NOT NULL)));

CREATE TABLE "store_credits" (
    "credit" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "buyer_id" TEXT,
    "cause" TEXT NOT NULL,
    "rma" TEXT,
    "refund" TEXT,
    "issued" BIGINT NOT NULL,
    "balance" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "closed" BOOLEAN NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "store_credits_pkey" PRIMARY KEY ("credit")
);
CREATE UNIQUE INDEX "store_credits_rma_refund_key" ON "store_credits"("rma", "refund");
CREATE INDEX "store_credits_buyer_id_idx" ON "store_credits"("buyer_id");
CREATE INDEX "store_credits_issued_at_credit_idx" ON "store_credits"("issued_at", "credit");
ALTER TABLE "store_credits" ADD CONSTRAINT "store_credits_rma_refund_fkey" FOREIGN KEY ("rma", "refund") REFERENCES "refunds"("rma", "refund") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "store_credits"
  ADD CONSTRAINT "store_credits_cause_known" CHECK (cause IN ('return', 'gift_card', 'goodwill', 'given_back')),
  ADD CONSTRAINT "store_credits_of_returns" CHECK ((cause = 'return') = (rma IS NOT NULL) AND (rma IS NULL) = (refund IS NULL)),
  ADD CONSTRAINT "store_credits_issued_amount" CHECK (issued BETWEEN 1 AND 9007199254740991),
  ADD CONSTRAINT "store_credits_balance_never_negative" CHECK (balance BETWEEN 0 AND 9007199254740991 AND (NOT closed OR balance = 0));

CREATE TABLE "store_credit_redemptions" (
    "credit" TEXT NOT NULL,
    "redemption" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "undone" BIGINT NOT NULL,
    "reversed" BOOLEAN NOT NULL,

    CONSTRAINT "store_credit_redemptions_pkey" PRIMARY KEY ("credit", "redemption")
);
CREATE UNIQUE INDEX "store_credit_redemptions_credit_reference_key" ON "store_credit_redemptions"("credit", "reference");
ALTER TABLE "store_credit_redemptions" ADD CONSTRAINT "store_credit_redemptions_credit_fkey" FOREIGN KEY ("credit") REFERENCES "store_credits"("credit") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "store_credit_redemptions"
  ADD CONSTRAINT "store_credit_redemptions_amounts" CHECK (amount > 0 AND undone BETWEEN 0 AND amount AND (NOT reversed OR undone = amount));

CREATE TABLE "store_credit_codes" (
    "credit" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "made_by" TEXT NOT NULL,

    CONSTRAINT "store_credit_codes_pkey" PRIMARY KEY ("credit")
);
CREATE UNIQUE INDEX "store_credit_codes_hash_key" ON "store_credit_codes"("hash");
ALTER TABLE "store_credit_codes" ADD CONSTRAINT "store_credit_codes_credit_fkey" FOREIGN KEY ("credit") REFERENCES "store_credits"("credit") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection'));

-- What was given before credit was kept can be spent as well: by whoever gets its code, as nobody is named.
INSERT INTO journal (process, version, command_id, at, by, command, events)
SELECT 'store-credit:SC-' || f.rma || '-' || f.refund, 1, f.rma || ':refund:' || f.refund, r.requested_at, 'migration', 'issue',
  jsonb_build_array(jsonb_build_object('type', 'issued', 'credit', 'SC-' || f.rma || '-' || f.refund, 'currency', r.currency, 'amount', f.amount,
    'buyer', NULL, 'expiresAt', NULL, 'cause', 'return', 'refund', jsonb_build_object('rma', f.rma, 'refund', f.refund)))
FROM refunds f JOIN returns r ON r.rma = f.rma WHERE f.destination = 'store_credit' AND f.state = 'succeeded' AND f.amount > 0;
INSERT INTO store_credits (credit, currency, cause, rma, refund, issued, balance, closed, issued_at, issued_by, version)
SELECT 'SC-' || f.rma || '-' || f.refund, r.currency, 'return', f.rma, f.refund, f.amount, f.amount, false, r.requested_at, 'migration', 1
FROM refunds f JOIN returns r ON r.rma = f.rma WHERE f.destination = 'store_credit' AND f.state = 'succeeded' AND f.amount > 0;
