-- Owners pay to have goods mended that no warranty covers, or for having them looked at.
ALTER TABLE "clawbacks"
  DROP CONSTRAINT "clawbacks_cause_known",
  ADD CONSTRAINT "clawbacks_cause_known" CHECK (cause IN ('not_returned', 'regraded', 'adjusted', 'way_back', 'repair', 'diagnosis'));

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'breakage', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'repair_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'store_credit_clearing', 'breakage', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'repair_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection'));
