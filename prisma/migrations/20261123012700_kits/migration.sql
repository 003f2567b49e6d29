-- Sets that were sold for one price. Their components are lines of the order with their shares of that price.
CREATE TABLE "kits" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "order_id" TEXT NOT NULL REFERENCES "orders" ("id"),
    "number" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "price" BIGINT NOT NULL,
    "discount" BIGINT NOT NULL DEFAULT 0,
    "tax" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "kits_quantity_positive" CHECK (quantity > 0)
);
CREATE UNIQUE INDEX "kits_order_id_number_key" ON "kits" ("order_id", "number");
CREATE UNIQUE INDEX "kits_id_order_id_key" ON "kits" ("id", "order_id");

-- A component has the number of its kit, and its part in it; 0 is a line by itself.
ALTER TABLE "order_lines"
    ADD COLUMN "kit_part" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "kit_id" TEXT,
    ADD COLUMN "kit_units" INTEGER,
    ADD CONSTRAINT "order_lines_part_of_a_kit" CHECK (
        CASE WHEN kit_part = 0 THEN kit_id IS NULL AND kit_units IS NULL
        ELSE kit_part > 0 AND kit_id IS NOT NULL AND coalesce(kit_units > 0, false) END),
    ADD CONSTRAINT "order_lines_kit_id_order_id_fkey" FOREIGN KEY ("kit_id", "order_id") REFERENCES "kits" ("id", "order_id");
DROP INDEX "order_lines_order_id_number_key";
CREATE UNIQUE INDEX "order_lines_order_id_number_kit_part_key" ON "order_lines" ("order_id", "number", "kit_part");
CREATE INDEX "order_lines_kit_id_idx" ON "order_lines" ("kit_id");

-- What was paid for a kit is what was paid for its components: no cent more or less, and as many of each as the kits have.
CREATE FUNCTION kit_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kit text := CASE TG_TABLE_NAME WHEN 'kits' THEN to_jsonb(NEW)->>'id' ELSE to_jsonb(NEW)->>'kit_id' END;
BEGIN
  IF EXISTS (
    SELECT FROM kits k LEFT JOIN order_lines l ON l.kit_id = k.id WHERE k.id = kit GROUP BY k.id
    HAVING sum(l.price) IS DISTINCT FROM k.price::numeric OR sum(l.discount) <> k.discount OR sum(l.tax) <> k.tax
      OR bool_or(l.quantity <> k.quantity * l.kit_units)) THEN
    RAISE EXCEPTION 'the components of kit % are not what it was sold as', kit
      USING ERRCODE = '23514', CONSTRAINT = 'kits_add_up', TABLE = 'kits';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "kits_add_up" AFTER INSERT OR UPDATE ON "kits" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION kit_adds_up();
CREATE CONSTRAINT TRIGGER "order_lines_add_up_to_kits" AFTER INSERT OR UPDATE OF price, discount, tax, quantity, kit_id, kit_units ON "order_lines"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kit_id IS NOT NULL) EXECUTE FUNCTION kit_adds_up();
