-- An authority's termination: whoever was written to may hear of it, and what nobody has made or answered by then has its end.
ALTER TABLE "recalls" ADD COLUMN "termination_notice" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_termination_notice_of_terminated" CHECK (NOT termination_notice OR (outcome IS NOT NULL AND outcome = 'terminated' AND NOT mock));

ALTER TABLE "recall_consignees"
  DROP CONSTRAINT "recall_consignees_state_known",
  ADD CONSTRAINT "recall_consignees_state_known" CHECK (state IN ('planned', 'notified', 'silent', 'undeliverable', 'responded', 'withdrawn', 'over')),
  DROP CONSTRAINT "recall_consignees_due_kind_known",
  ADD CONSTRAINT "recall_consignees_due_kind_known" CHECK (due_kind IN ('initial', 'reminder', 'escalation', 'amended', 'withdrawn', 'terminated')),
  DROP CONSTRAINT "recall_consignees_waits_while_open",
  ADD CONSTRAINT "recall_consignees_waits_while_open" CHECK ((next_due IS NOT NULL) = (state IN ('planned', 'notified') OR (due_kind IS NOT NULL AND due_kind = 'terminated')));
ALTER TABLE "notices"
  DROP CONSTRAINT "notices_kind_known",
  ADD CONSTRAINT "notices_kind_known" CHECK (kind IN ('initial', 'reminder', 'escalation', 'amended', 'withdrawn', 'terminated'));

ALTER TABLE "recall_checks"
  DROP CONSTRAINT "recall_checks_state_known",
  ADD CONSTRAINT "recall_checks_state_known" CHECK (state IN ('open', 'follow_up', 'done', 'withdrawn', 'ended')),
  DROP CONSTRAINT "recall_checks_asked_whole",
  ADD CONSTRAINT "recall_checks_asked_whole" CHECK ((attempts > 0) = (outcome IS NOT NULL) AND (outcome IS NULL) = (checked_at IS NULL) AND ((outcome IS NULL) = (state IN ('open', 'withdrawn')) OR state = 'ended'));

-- The final report is kept at the completion, and once more with the dates of both ends at the termination.
ALTER TABLE "recall_final_reports" ADD COLUMN "stage" TEXT NOT NULL DEFAULT 'completed';
ALTER TABLE "recall_final_reports"
  ALTER COLUMN "stage" DROP DEFAULT,
  DROP CONSTRAINT "recall_final_reports_pkey",
  ADD CONSTRAINT "recall_final_reports_pkey" PRIMARY KEY ("recall", "stage"),
  ADD CONSTRAINT "recall_final_reports_stage_known" CHECK (stage IN ('completed', 'terminated'));
