-- A bank may give back what it took for a dispute that was lost before. Returns that count it as paid hear of that afterwards, so more
-- may be counted than it keeps; but nothing is added to that.
ALTER TABLE "payments"
  DROP CONSTRAINT "payments_settled_by_chargeback_within",
  ADD CONSTRAINT "payments_settled_by_chargeback_captured" CHECK (settled_by_chargeback BETWEEN 0 AND captured);

CREATE FUNCTION settled_beyond_charged_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'payment % has % charged back and cannot count % as paid by it', NEW.id, NEW.charged_back, NEW.settled_by_chargeback
    USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_settled_by_chargeback_within', TABLE = 'payments';
END $$;
CREATE TRIGGER "payments_settled_by_chargeback_within" BEFORE UPDATE OF settled_by_chargeback ON "payments"
  FOR EACH ROW WHEN (NEW.settled_by_chargeback > OLD.settled_by_chargeback AND NEW.settled_by_chargeback > NEW.charged_back)
  EXECUTE FUNCTION settled_beyond_charged_back();
