-- Used equipment that is collected at the end of its life: each line says what a unit is credited with, whatever its grade.
ALTER TABLE "orders"
    DROP CONSTRAINT "orders_kind_known",
    ADD CONSTRAINT "orders_kind_known" CHECK (kind IN ('sale', 'agreement', 'offer', 'assets', 'without_receipt', 'take_back'));

CREATE OR REPLACE FUNCTION line_fits_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.credit_a IS NOT NULL) <> (SELECT kind IN ('offer', 'take_back') FROM orders WHERE id = NEW.order_id) THEN
    RAISE EXCEPTION 'line % is credited by grade where nobody offered it, or the other way', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'order_lines_credits_of_offers', TABLE = 'order_lines';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold', 'undeliverable', 'end_of_life', 'trade_in', 'asset_recovery'));
