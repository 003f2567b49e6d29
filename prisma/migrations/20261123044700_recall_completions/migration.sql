-- What was open when a recall was completed, as far as it was looked up, and the note that says why.
ALTER TABLE "recalls" ADD COLUMN "open_checks" INTEGER, ADD COLUMN "open_units" BIGINT, ADD COLUMN "completion_note" TEXT;
ALTER TABLE "recalls"
  ADD CONSTRAINT "recalls_open_counted" CHECK (open_checks >= 0 AND open_units >= 0 AND (open_checks IS NULL) = (open_units IS NULL)),
  ADD CONSTRAINT "recalls_completion_of_completed" CHECK (completed_at IS NOT NULL OR (open_checks IS NULL AND completion_note IS NULL));
