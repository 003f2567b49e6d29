-- What left us in one parcel: its tracking number finds the order when the carrier can't deliver it.
CREATE TABLE "shipments" (
    "tracking" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    -- When the carrier first reported trouble; from then on all its news go to the delivery's process.
    "troubled_at" TIMESTAMPTZ(3),

    CONSTRAINT "shipments_pkey" PRIMARY KEY ("tracking")
);
CREATE INDEX "shipments_order_id_idx" ON "shipments"("order_id");
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "fulfilments" ADD COLUMN "tracking" TEXT;
CREATE INDEX "fulfilments_tracking_idx" ON "fulfilments"("tracking");
ALTER TABLE "fulfilments" ADD CONSTRAINT "fulfilments_tracking_fkey" FOREIGN KEY ("tracking") REFERENCES "shipments"("tracking") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE FUNCTION parcel_of_one_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tracking IS NOT NULL AND (SELECT order_id FROM shipments WHERE tracking = NEW.tracking)
    IS DISTINCT FROM (SELECT order_id FROM order_lines WHERE id = NEW.order_line_id) THEN
    RAISE EXCEPTION 'parcel % holds goods of another order than line %', NEW.tracking, NEW.order_line_id
      USING ERRCODE = '23514', CONSTRAINT = 'fulfilments_parcel_of_one_order', TABLE = 'fulfilments';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "fulfilments_parcel_of_one_order" BEFORE INSERT OR UPDATE OF tracking, order_line_id ON "fulfilments"
    FOR EACH ROW EXECUTE FUNCTION parcel_of_one_order();

ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold', 'undeliverable', 'trade_in', 'asset_recovery'));
