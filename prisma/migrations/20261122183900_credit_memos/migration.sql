-- What a return goes back on: a sale, or an agreement whose lines are the most that may come back under it.
ALTER TABLE "orders"
    ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'sale',
    ADD COLUMN "valid_from" TIMESTAMPTZ(3),
    ADD COLUMN "valid_until" TIMESTAMPTZ(3),
    ADD COLUMN "purchase_order" TEXT,
    ADD COLUMN "legal_entity" TEXT NOT NULL DEFAULT 'main';

ALTER TABLE "orders"
    ADD CONSTRAINT "orders_kind_known" CHECK (kind IN ('sale', 'agreement')),
    ADD CONSTRAINT "orders_agreement_has_dates" CHECK (
        (kind = 'agreement') = (valid_from IS NOT NULL) AND (kind = 'agreement') = (valid_until IS NOT NULL) AND valid_from < valid_until);

-- CreateTable
CREATE TABLE "credit_memos" (
    "legal_entity" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "rma" TEXT NOT NULL,
    "settlement" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_memos_pkey" PRIMARY KEY ("legal_entity","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "credit_memos_reference_key" ON "credit_memos"("reference");

-- CreateIndex
CREATE INDEX "credit_memos_rma_idx" ON "credit_memos"("rma");

-- AddForeignKey
ALTER TABLE "credit_memos" ADD CONSTRAINT "credit_memos_order_id_currency_fkey" FOREIGN KEY ("order_id", "currency") REFERENCES "orders"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "credit_memos"
    ADD CONSTRAINT "credit_memos_amount" CHECK (amount > 0 AND amount <= 9007199254740991);

-- The last number of each legal entity; the row's lock is what makes the numbers gapless.
-- CreateTable
CREATE TABLE "credit_memo_series" (
    "legal_entity" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "credit_memo_series_pkey" PRIMARY KEY ("legal_entity")
);

CREATE FUNCTION next_credit_memo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number <> 1 + coalesce((SELECT max(number) FROM credit_memos WHERE legal_entity = NEW.legal_entity), 0) THEN
    RAISE EXCEPTION 'credit memo % of % leaves a gap', NEW.number, NEW.legal_entity
      USING ERRCODE = '23514', CONSTRAINT = 'credit_memos_gapless', TABLE = 'credit_memos';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "credit_memos_gapless" BEFORE INSERT ON "credit_memos" FOR EACH ROW EXECUTE FUNCTION next_credit_memo();
CREATE TRIGGER "credit_memos_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "credit_memos"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    DROP CONSTRAINT "returns_instrument_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold')),
    ADD CONSTRAINT "returns_instrument_known" CHECK (instrument IN ('original', 'store_credit', 'credit_memo'));
ALTER TABLE "settlements"
    DROP CONSTRAINT "settlements_instrument_known",
    ADD CONSTRAINT "settlements_instrument_known" CHECK (instrument IN ('original', 'store_credit', 'credit_memo'));
ALTER TABLE "refunds"
    DROP CONSTRAINT "refunds_destination_known",
    ADD CONSTRAINT "refunds_destination_known" CHECK (destination IN ('payment', 'store_credit', 'credit_memo', 'chargeback', 'nowhere') AND (destination IN ('payment', 'chargeback')) = (payment IS NOT NULL));
ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off'));
