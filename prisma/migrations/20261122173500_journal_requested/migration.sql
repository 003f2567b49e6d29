-- Measures of a period start from the returns that were requested in it: their journals' first rows, by time. One small
-- entry a return; the rows that come later cost it nothing.
CREATE INDEX "journal_requested" ON "journal" (at) WHERE version = 1;
