-- Goods of many returns that are sold together: nobody gets them before a bid is accepted.
ALTER TABLE "executions" ALTER COLUMN "party" DROP NOT NULL;

ALTER TABLE "executions"
  DROP CONSTRAINT "executions_kind_known",
  ADD CONSTRAINT "executions_kind_known" CHECK (kind IN ('vendor_return', 'liquidation')),
  DROP CONSTRAINT "executions_status_known",
  ADD CONSTRAINT "executions_status_known" CHECK (status IN ('requested', 'authorized', 'shipped', 'disputed', 'open', 'sold', 'ending', 'closed')),
  ADD CONSTRAINT "executions_party_known" CHECK (party IS NOT NULL OR kind = 'liquidation');

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'recovery', 'write_off', 'goodwill', 'external_collection'));
