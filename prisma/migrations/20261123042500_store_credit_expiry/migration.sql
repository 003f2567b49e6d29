-- What is left of store credit when it expires is owed to nobody any more.
ALTER TABLE "store_credits"
    ADD COLUMN "unspent" BIGINT NOT NULL DEFAULT 0,
    ADD CONSTRAINT "store_credits_unspent" CHECK (unspent >= 0 AND balance + unspent <= issued AND (unspent = 0 OR expires_at IS NOT NULL));
CREATE INDEX "store_credits_to_expire" ON "store_credits"("expires_at") WHERE NOT closed AND balance > 0;

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'breakage', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'breakage', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection'));
