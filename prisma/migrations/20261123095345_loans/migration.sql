-- Goods of ours that somebody has for a time, one row a loan and one a unit of it, and the returns that they come back by.
CREATE TABLE "loans" (
    "number" TEXT NOT NULL,
    "borrower" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "term_from" TIMESTAMPTZ(3) NOT NULL,
    "term_until" TIMESTAMPTZ(3) NOT NULL,
    "handed_over_at" TIMESTAMPTZ(3),
    "deposit" BIGINT NOT NULL,
    "held" BIGINT NOT NULL,
    "fees" BIGINT NOT NULL,
    "extension_fees" BIGINT NOT NULL,
    "damages" BIGINT NOT NULL,
    "prices" BIGINT NOT NULL,
    "owed" BIGINT NOT NULL,
    "set_off" BIGINT NOT NULL,
    "paid" BIGINT NOT NULL,
    "waived" BIGINT NOT NULL,
    "written_off" BIGINT NOT NULL,
    "repaid" BIGINT NOT NULL,

    CONSTRAINT "loans_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "loans_term_valid" CHECK (term_until > term_from),
    CONSTRAINT "loans_deposit_held" CHECK (held BETWEEN 0 AND deposit),
    CONSTRAINT "loans_amounts_not_negative" CHECK (least(fees, extension_fees, damages, prices, set_off, paid, waived, written_off, repaid) >= 0),
    CONSTRAINT "loans_owed_adds_up" CHECK (owed = fees + extension_fees + damages + prices - set_off - paid - waived - written_off + repaid)
);

-- CreateTable
CREATE TABLE "loan_units" (
    "number" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "serial" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "grade_out" TEXT,
    "grade_back" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "rma" TEXT,
    "fee" BIGINT NOT NULL,
    "damage" BIGINT NOT NULL,
    "price" BIGINT NOT NULL,

    CONSTRAINT "loan_units_pkey" PRIMARY KEY ("number","unit"),
    CONSTRAINT "loan_units_stage_known" CHECK (stage IN ('reserved', 'out', 'back', 'inspected', 'lost', 'purchased', 'released')),
    CONSTRAINT "loan_units_grade_out_known" CHECK (grade_out IN ('A', 'B', 'C', 'D')),
    CONSTRAINT "loan_units_grade_back_known" CHECK (grade_back IN ('A', 'B', 'C', 'D')),
    CONSTRAINT "loan_units_ended_whole" CHECK ((ended_at IS NULL) = (stage IN ('reserved', 'out', 'released'))),
    CONSTRAINT "loan_units_charges_not_negative" CHECK (least(fee, damage, price) >= 0)
);

-- Who is to have a thing, or has it: taken before its loan begins, so that of two who ask at once one is told.
CREATE TABLE "loan_holds" (
    "sku" TEXT NOT NULL,
    "serial" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_holds_pkey" PRIMARY KEY ("sku","serial")
);

-- CreateIndex
CREATE INDEX "loans_borrower_idx" ON "loans"("borrower");
CREATE INDEX "loans_term_until_number_idx" ON "loans"("term_until", "number");
CREATE INDEX "loan_units_sku_serial_idx" ON "loan_units"("sku", "serial");
CREATE UNIQUE INDEX "loan_units_with_one_borrower" ON "loan_units" (sku, serial) WHERE stage IN ('reserved', 'out');

-- AddForeignKey
ALTER TABLE "loans" ADD CONSTRAINT "loans_number_fkey" FOREIGN KEY ("number") REFERENCES "network_processes"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "loan_units" ADD CONSTRAINT "loan_units_number_fkey" FOREIGN KEY ("number") REFERENCES "loans"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "orders"
    DROP CONSTRAINT "orders_kind_known",
    ADD CONSTRAINT "orders_kind_known" CHECK (kind IN ('sale', 'agreement', 'offer', 'assets', 'without_receipt', 'take_back', 'recall', 'loan'));
ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold', 'undeliverable', 'warranty', 'end_of_life', 'trade_in', 'asset_recovery', 'recall', 'rental'));
ALTER TABLE "stock_entries"
    DROP CONSTRAINT "stock_entries_accounts_known",
    ADD CONSTRAINT "stock_entries_accounts_known" CHECK (
        from_account IN ('customer', 'quarantine', 'inspected', 'in_work', 'sellable', 'refurbished', 'parts', 'installed', 'dismantled', 'disposed_of', 'on_loan') AND
        to_account IN ('customer', 'quarantine', 'inspected', 'in_work', 'sellable', 'refurbished', 'parts', 'installed', 'dismantled', 'disposed_of', 'on_loan'));
ALTER TABLE "money_entries"
    DROP CONSTRAINT "money_entries_accounts_known",
    ADD CONSTRAINT "money_entries_accounts_known" CHECK (
        debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'breakage', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'repair_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'loan_deposits', 'receivable_from_borrower', 'loan_fees', 'damage_charges', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
        credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'breakage', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'repair_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'loan_deposits', 'receivable_from_borrower', 'loan_fees', 'damage_charges', 'recovery', 'write_off', 'goodwill', 'external_collection'));

-- What is lent stands in the books like other equipment of ours.
CREATE OR REPLACE FUNCTION asset_fits_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.book_value IS NOT NULL) <> (SELECT kind IN ('assets', 'loan') FROM orders WHERE id = NEW.order_id) THEN
    RAISE EXCEPTION 'line % has a book value where it is no asset, or the other way', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'order_lines_book_values_of_assets', TABLE = 'order_lines';
  END IF;
  RETURN NEW;
END $$;
