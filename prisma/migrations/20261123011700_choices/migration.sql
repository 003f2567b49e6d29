-- A buyer who has goods back that weren't accepted may owe the fee of the way.
ALTER TABLE "clawbacks"
  DROP CONSTRAINT "clawbacks_cause_known",
  ADD CONSTRAINT "clawbacks_cause_known" CHECK (cause IN ('not_returned', 'regraded', 'adjusted', 'way_back'));
