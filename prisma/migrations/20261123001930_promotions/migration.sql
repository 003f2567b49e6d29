-- The promotions of a sale as they were then: what each took off a line, with its terms.
CREATE FUNCTION off_by_promotions(promotions jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS
  $$ SELECT coalesce(sum((each->>'off')::bigint), 0) FROM jsonb_array_elements(promotions) AS each $$;

ALTER TABLE "order_lines"
    ADD COLUMN "promotions" JSONB NOT NULL DEFAULT '[]',
    ADD CONSTRAINT "order_lines_promotions_within_discount" CHECK (
        jsonb_typeof(promotions) = 'array' AND off_by_promotions(promotions) BETWEEN 0 AND discount);

-- How many settlements of the order's other returns one counted in when what was kept was priced again.
ALTER TABLE "settlements" ADD COLUMN "others" INTEGER;
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_others_counted" CHECK (others >= 0);

-- Two returns that settle goods of the same promotions must not both count without the other. The row of the order makes
-- one wait for the other; the count is read after that.
CREATE FUNCTION settlement_counts_in_others() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sold text := (SELECT order_id FROM returns WHERE rma = NEW.rma);
BEGIN
  IF NOT EXISTS (SELECT FROM order_lines WHERE order_id = sold AND promotions <> '[]') THEN
    RETURN NULL;
  END IF;
  PERFORM FROM orders WHERE id = sold FOR NO KEY UPDATE;
  IF NEW.others <> (SELECT count(*) FROM settlements JOIN returns USING (rma) WHERE order_id = sold AND rma <> NEW.rma) THEN
    RAISE EXCEPTION 'other returns of order % have settled since it was priced again', sold
      USING ERRCODE = '23514', CONSTRAINT = 'settlements_count_in_others', TABLE = 'settlements';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "settlements_count_in_others" AFTER INSERT ON "settlements"
    FOR EACH ROW EXECUTE FUNCTION settlement_counts_in_others();
