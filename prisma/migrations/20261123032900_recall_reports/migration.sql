-- When a recall is expected to be completed.
ALTER TABLE "recalls" ADD COLUMN "estimated_on" DATE;
