-- Goods that somebody brings without saying of which order.
ALTER TABLE "orders"
    DROP CONSTRAINT "orders_kind_known",
    ADD CONSTRAINT "orders_kind_known" CHECK (kind IN ('sale', 'agreement', 'offer', 'assets', 'without_receipt'));

-- Nobody paid us for them, as far as anybody can say: there is nothing that money could go back to.
CREATE FUNCTION payment_fits_its_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT kind = 'without_receipt' FROM orders WHERE id = NEW.order_id) THEN
    RAISE EXCEPTION 'payment % is of goods without a receipt', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'payments_of_known_orders', TABLE = 'payments';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payments_of_known_orders" BEFORE INSERT OR UPDATE OF order_id ON "payments"
    FOR EACH ROW EXECUTE FUNCTION payment_fits_its_order();
