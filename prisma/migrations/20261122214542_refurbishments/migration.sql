-- Work on goods: what it has added to what an item is carried at, how often its units were refurbished, and what that would bring.
ALTER TABLE "return_items" ADD COLUMN     "added" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refurbished" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "gain" BIGINT;

ALTER TABLE "executions" ADD COLUMN     "budget" BIGINT,
ADD COLUMN     "spent" BIGINT;

ALTER TABLE "execution_items" ADD COLUMN     "mended" INTEGER,
ADD COLUMN     "beyond_repair" INTEGER,
ADD COLUMN     "given_up" INTEGER;

ALTER TABLE "return_items"
  DROP CONSTRAINT "return_items_vetoes_known",
  ADD CONSTRAINT "return_items_vetoes_known" CHECK (vetoes <@ ARRAY['recalled', 'expired', 'contaminated', 'opened_hygiene', 'hazardous', 'lot_unknown', 'data_not_wiped', 'activation_locked', 'refurbishment_limit', 'beyond_repair']),
  ADD CONSTRAINT "return_items_added_amount" CHECK (added BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "return_items_refurbished_count" CHECK (refurbished >= 0);

-- How often the units of a serial were refurbished under earlier returns.
CREATE INDEX "return_items_refurbished_serials" ON "return_items" USING gin (serials) WHERE refurbished > 0;

ALTER TABLE "executions"
  DROP CONSTRAINT "executions_kind_known",
  DROP CONSTRAINT "executions_status_known",
  ADD CONSTRAINT "executions_kind_known" CHECK (kind IN ('vendor_return', 'liquidation', 'certified_disposal', 'refurbishment')),
  ADD CONSTRAINT "executions_status_known" CHECK (status IN ('requested', 'authorized', 'shipped', 'disputed', 'open', 'sold', 'handed_over', 'in_work', 'awaiting_parts', 'over_budget', 'on_hold', 'ending', 'closed')),
  ADD CONSTRAINT "executions_work_whole" CHECK ((kind = 'refurbishment') = (budget IS NOT NULL) AND (budget IS NULL) = (spent IS NULL) AND budget >= 0 AND spent >= 0);

ALTER TABLE "execution_items"
  DROP CONSTRAINT "execution_items_state_known",
  ADD CONSTRAINT "execution_items_state_known" CHECK (state IN ('wanted', 'held', 'declined', 'releasing', 'released', 'recovering', 'confirming', 'confirmed', 'reporting', 'handed_back', 'stranded')),
  ADD CONSTRAINT "execution_items_units_done" CHECK (mended >= 0 AND beyond_repair >= 0 AND given_up >= 0 AND mended + beyond_repair + given_up <= quantity);

ALTER TABLE "stock_entries"
  DROP CONSTRAINT "stock_entries_accounts_known",
  ADD CONSTRAINT "stock_entries_accounts_known" CHECK (
    from_account IN ('customer', 'quarantine', 'inspected', 'in_work', 'sellable', 'refurbished', 'parts', 'installed', 'dismantled', 'disposed_of') AND
    to_account IN ('customer', 'quarantine', 'inspected', 'in_work', 'sellable', 'refurbished', 'parts', 'installed', 'dismantled', 'disposed_of'));

-- Refurbished goods are put away like new ones, and as seldom twice.
ALTER TABLE "stock_entries"
  DROP CONSTRAINT "stock_entries_location_of_put_away",
  ADD CONSTRAINT "stock_entries_location_of_put_away" CHECK (location IS NULL OR to_account IN ('sellable', 'refurbished'));
DROP INDEX "stock_entries_put_away_once";
CREATE UNIQUE INDEX "stock_entries_put_away_once" ON "stock_entries" (process, item)
  WHERE from_account = 'inspected' AND to_account IN ('sellable', 'refurbished');

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'customer_prepayments', 'exchange_sales', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'work_in_progress', 'parts_inventory', 'labour_applied', 'refurbisher_payable', 'repair_costs', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection'));
