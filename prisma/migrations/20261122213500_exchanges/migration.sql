-- Goods that a buyer gets for what comes back, and the shop's stock that is kept for them.
CREATE TABLE "exchanges" (
    "rma" TEXT NOT NULL,
    "exchange" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stock" TEXT NOT NULL,
    "facility" TEXT,
    "goods" JSONB NOT NULL,
    "to_ship" JSONB NOT NULL,
    "price" BIGINT NOT NULL,
    "due" BIGINT NOT NULL,
    "paid" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "carrier" TEXT,
    "tracking" TEXT,
    "serials" JSONB NOT NULL,

    CONSTRAINT "exchanges_pkey" PRIMARY KEY ("rma", "exchange")
);

CREATE TABLE "stock_levels" (
    "facility" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "on_hand" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "told_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_levels_pkey" PRIMARY KEY ("sku", "facility")
);

CREATE TABLE "stock_reservations" (
    "reference" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "facility" TEXT,
    "goods" JSONB NOT NULL DEFAULT '[]',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_reservations_pkey" PRIMARY KEY ("reference")
);

-- AddForeignKey
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "exchanges"
  ADD CONSTRAINT "exchanges_kind_known" CHECK (kind IN ('exchange', 'replacement')),
  ADD CONSTRAINT "exchanges_state_known" CHECK (state IN ('wanted', 'payment_due', 'ready', 'shipped', 'dropped')),
  ADD CONSTRAINT "exchanges_stock_known" CHECK (stock IN ('none', 'wanted', 'reserved', 'releasing', 'released')),
  ADD CONSTRAINT "exchanges_amounts" CHECK (price BETWEEN 0 AND 9007199254740991 AND due >= 0 AND paid >= 0 AND due + paid <= price),
  ADD CONSTRAINT "exchanges_due_while_asked" CHECK ((state = 'payment_due') = (due > 0)),
  ADD CONSTRAINT "exchanges_ready_only_reserved" CHECK (state NOT IN ('ready', 'payment_due') OR stock = 'reserved');

-- No more is promised than there is.
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_reserved_within" CHECK (reserved BETWEEN 0 AND on_hand);

ALTER TABLE "stock_reservations"
  ADD CONSTRAINT "stock_reservations_state_known" CHECK (state IN ('held', 'released'));

ALTER TABLE "returns"
  DROP CONSTRAINT "returns_instrument_known",
  ADD CONSTRAINT "returns_instrument_known" CHECK (instrument IN ('original', 'store_credit', 'credit_memo', 'exchange', 'replacement'));

ALTER TABLE "settlements"
  DROP CONSTRAINT "settlements_instrument_known",
  ADD CONSTRAINT "settlements_instrument_known" CHECK (instrument IN ('original', 'store_credit', 'credit_memo', 'exchange', 'replacement'));

ALTER TABLE "refunds"
  DROP CONSTRAINT "refunds_destination_known",
  ADD CONSTRAINT "refunds_destination_known" CHECK (destination IN ('payment', 'store_credit', 'credit_memo', 'exchange', 'chargeback', 'offset', 'nowhere') AND (destination IN ('payment', 'chargeback')) = (payment IS NOT NULL));

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection'));
