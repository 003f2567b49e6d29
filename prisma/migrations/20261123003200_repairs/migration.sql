-- Goods that come to be mended and go back to their owner.
ALTER TABLE "returns"
  DROP CONSTRAINT "returns_instrument_known",
  ADD CONSTRAINT "returns_instrument_known" CHECK (instrument IN ('original', 'store_credit', 'credit_memo', 'exchange', 'replacement', 'repair'));

ALTER TABLE "warranties" ADD COLUMN "repaired" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "warranties" ADD CONSTRAINT "warranties_repair_the_unit_itself" CHECK (NOT (repaired AND replaces IS NOT NULL));

ALTER TABLE "stock_entries"
  ADD CONSTRAINT "stock_entries_owner_known" CHECK (owner IN ('ours', 'customer')),
  ADD CONSTRAINT "stock_entries_sell_what_is_ours" CHECK (owner = 'ours' OR NOT ('sellable' IN (from_account, to_account) OR 'refurbished' IN (from_account, to_account)));
