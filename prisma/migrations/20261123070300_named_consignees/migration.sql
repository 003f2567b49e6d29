-- Consignees that another names are counted by who named them in which recall: one link may not have ever more strangers written to.
ALTER TABLE "consignees" ADD COLUMN "named_in" TEXT;
CREATE INDEX "consignees_parent_named_in_idx" ON "consignees"("parent", "named_in");

-- What one consignee may send to a recall: 20 files, 25 MB together.
CREATE FUNCTION recall_proofs_bounded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) > 20 OR sum(octet_length(bytes)) > 26214400 FROM recall_proofs
      WHERE recall = NEW.recall AND consignee = NEW.consignee) THEN
    RAISE EXCEPTION '% has sent enough to %', NEW.consignee, NEW.recall
      USING ERRCODE = 'check_violation', CONSTRAINT = 'recall_proofs_have_room', TABLE = 'recall_proofs';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "recall_proofs_have_room" AFTER INSERT OR UPDATE ON "recall_proofs"
  FOR EACH ROW EXECUTE FUNCTION recall_proofs_bounded();
