-- The final report of a recall, as it was when that was completed: its text, which is never changed.
CREATE TABLE "recall_final_reports" (
    "recall" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sha256" TEXT NOT NULL,
    "report" TEXT NOT NULL,

    CONSTRAINT "recall_final_reports_pkey" PRIMARY KEY ("recall"),
    CONSTRAINT "recall_final_reports_sha256_of_report" CHECK (sha256 = encode(sha256(convert_to(report, 'UTF8')), 'hex'))
);
ALTER TABLE "recall_final_reports" ADD CONSTRAINT "recall_final_reports_recall_fkey" FOREIGN KEY ("recall") REFERENCES "recalls"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "recall_final_reports_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "recall_final_reports"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
