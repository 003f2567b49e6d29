-- Our own equipment with its book value: an order line whose id is the asset's tag, in a register that stands where a sale stands.
ALTER TABLE "orders"
    DROP CONSTRAINT "orders_kind_known",
    ADD CONSTRAINT "orders_kind_known" CHECK (kind IN ('sale', 'agreement', 'offer', 'assets'));

ALTER TABLE "order_lines" ADD COLUMN "book_value" BIGINT;

-- Nobody is paid for an asset, and each has a tag of its own.
ALTER TABLE "order_lines"
    ADD CONSTRAINT "order_lines_book_value_amount" CHECK (book_value BETWEEN 0 AND 9007199254740991),
    ADD CONSTRAINT "order_lines_asset_single" CHECK (book_value IS NULL OR quantity = 1 AND price = 0 AND tax = 0);

CREATE FUNCTION asset_fits_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.book_value IS NOT NULL) <> (SELECT kind = 'assets' FROM orders WHERE id = NEW.order_id) THEN
    RAISE EXCEPTION 'line % has a book value where it is no asset, or the other way', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'order_lines_book_values_of_assets', TABLE = 'order_lines';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "order_lines_book_values_of_assets" BEFORE INSERT OR UPDATE OF book_value, order_id ON "order_lines"
    FOR EACH ROW EXECUTE FUNCTION asset_fits_its_kind();

ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold', 'trade_in', 'asset_recovery'));
ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'recovery', 'write_off', 'goodwill', 'external_collection'));
