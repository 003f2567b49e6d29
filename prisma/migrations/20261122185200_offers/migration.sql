-- Offers for goods that we may never have sold: each line says what a unit in each grade is credited with.
ALTER TABLE "orders"
    DROP CONSTRAINT "orders_kind_known",
    DROP CONSTRAINT "orders_agreement_has_dates",
    ADD CONSTRAINT "orders_kind_known" CHECK (kind IN ('sale', 'agreement', 'offer')),
    ADD CONSTRAINT "orders_agreement_has_dates" CHECK (
        (kind IN ('agreement', 'offer')) = (valid_from IS NOT NULL) AND
        (kind IN ('agreement', 'offer')) = (valid_until IS NOT NULL) AND valid_from < valid_until);

ALTER TABLE "order_lines"
    ADD COLUMN "credit_a" BIGINT,
    ADD COLUMN "credit_b" BIGINT,
    ADD COLUMN "credit_c" BIGINT,
    ADD COLUMN "credit_d" BIGINT;

ALTER TABLE "order_lines"
    ADD CONSTRAINT "order_lines_credits_whole" CHECK (num_nulls(credit_a, credit_b, credit_c, credit_d) IN (0, 4)),
    ADD CONSTRAINT "order_lines_credits_falling" CHECK (credit_a >= credit_b AND credit_b >= credit_c AND credit_c >= credit_d AND credit_d >= 0),
    -- The best that a line can bring is its price, which everything else looks at.
    ADD CONSTRAINT "order_lines_credits_are_the_price" CHECK (credit_a IS NULL OR price = credit_a * quantity AND discount = 0 AND tax = 0);

CREATE FUNCTION line_fits_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.credit_a IS NOT NULL) <> (SELECT kind = 'offer' FROM orders WHERE id = NEW.order_id) THEN
    RAISE EXCEPTION 'line % is credited by grade where it is no offer''s, or the other way', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'order_lines_credits_of_offers', TABLE = 'order_lines';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "order_lines_credits_of_offers" BEFORE INSERT OR UPDATE OF credit_a, order_id ON "order_lines"
    FOR EACH ROW EXECUTE FUNCTION line_fits_its_kind();

ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold', 'trade_in'));
