-- A consignee may be written to anew about the same scope: at another address, or as more of the goods came to it. Each time is a
-- round, with its first notice, its reminders and its last word.
ALTER TABLE "recall_consignees"
    ADD COLUMN "round" INTEGER NOT NULL DEFAULT 1,
    ADD CONSTRAINT "recall_consignees_round_positive" CHECK (round > 0);
ALTER TABLE "notices"
    ADD COLUMN "round" INTEGER NOT NULL DEFAULT 1,
    DROP CONSTRAINT "notices_counted",
    ADD CONSTRAINT "notices_counted" CHECK (number > 0 AND round > 0 AND attempts > 0),
    DROP CONSTRAINT "notices_pkey",
    ADD CONSTRAINT "notices_pkey" PRIMARY KEY ("recall", "consignee", "scope_version", "round", "kind", "number");

-- More goods came back of a consignee than what it says of the others leaves: a person finds out which of both is wrong. It settles
-- itself once the figures allow for all of them.
CREATE FUNCTION recall_positions_beyond() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.came_back > NEW.verified_returned + NEW.verified_destroyed THEN
    INSERT INTO attention (id, reason, subject, codes, raised_at)
      VALUES ('position/' || NEW.id, 'more_came_back', NEW.recall || '/consignees/' || NEW.consignee,
        jsonb_build_object('recall', NEW.recall, 'consignee', NEW.consignee, 'sku', NEW.sku, 'lot', NEW.lot, 'cameBack', NEW.came_back,
          'counted', NEW.verified_returned + NEW.verified_destroyed), now())
      ON CONFLICT (id) DO UPDATE SET codes = EXCLUDED.codes, resolved_at = NULL, resolution = NULL, resolved_by = NULL,
        raised_at = CASE WHEN attention.resolved_at IS NULL THEN attention.raised_at ELSE EXCLUDED.raised_at END;
  ELSE
    UPDATE attention SET resolved_at = now(), resolution = 'acknowledge' WHERE id = 'position/' || NEW.id AND resolved_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "recall_positions_beyond" AFTER UPDATE ON "recall_positions" FOR EACH ROW
  WHEN (NEW.consignee IS NOT NULL AND OLD.came_back - OLD.verified_returned - OLD.verified_destroyed
    <> NEW.came_back - NEW.verified_returned - NEW.verified_destroyed)
  EXECUTE FUNCTION recall_positions_beyond();
