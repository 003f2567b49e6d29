-- Judged when the statement has ended: one statement records a parcel and what is in it.
DROP TRIGGER "fulfilments_parcel_of_one_order" ON "fulfilments";
CREATE CONSTRAINT TRIGGER "fulfilments_parcel_of_one_order" AFTER INSERT OR UPDATE OF tracking, order_line_id ON "fulfilments"
    FOR EACH ROW EXECUTE FUNCTION parcel_of_one_order();

-- A fulfilment that only changes its parcel never takes units away, not for a moment: returns hold them.
CREATE OR REPLACE FUNCTION count_fulfilled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.order_line_id = NEW.order_line_id THEN
    IF OLD.quantity <> NEW.quantity THEN
      UPDATE order_lines SET fulfilled = fulfilled + NEW.quantity - OLD.quantity WHERE id = NEW.order_line_id;
    END IF;
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    UPDATE order_lines SET fulfilled = fulfilled - OLD.quantity WHERE id = OLD.order_line_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE order_lines SET fulfilled = fulfilled + NEW.quantity WHERE id = NEW.order_line_id;
  END IF;
  RETURN NULL;
END $$;
