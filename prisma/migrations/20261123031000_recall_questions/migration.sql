-- The record that a draft was made of, as it came, and what it leaves to its coordinator. Both are written before the process begins.
CREATE TABLE "recall_records" (
    "recall" TEXT NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "recall_records_pkey" PRIMARY KEY ("recall")
);

CREATE TABLE "recall_questions" (
    "recall" TEXT NOT NULL,
    "question" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "proposal" JSONB,
    "known" BOOLEAN,
    "state" TEXT NOT NULL DEFAULT 'open',
    "note" TEXT,
    "by" TEXT,
    "at" TIMESTAMPTZ(3),

    CONSTRAINT "recall_questions_pkey" PRIMARY KEY ("recall", "question"),
    CONSTRAINT "recall_questions_code_known" CHECK (code IN ('proposed', 'field_unclear', 'no_code_stated', 'unlabelled_code', 'date_unclear', 'gtin_incomplete', 'code_unclear', 'which_product', 'quantity_unclear', 'not_understood')),
    CONSTRAINT "recall_questions_state_known" CHECK (state IN ('open', 'confirmed', 'dismissed', 'answered')),
    CONSTRAINT "recall_questions_somewhere" CHECK (question > 0 AND start >= 0 AND "end" > start),
    CONSTRAINT "recall_questions_proposal_whole" CHECK ((code = 'proposed') = (proposal IS NOT NULL) AND (state <> 'confirmed' OR proposal IS NOT NULL)),
    CONSTRAINT "recall_questions_settled_whole" CHECK ((state = 'open') = (at IS NULL) AND (at IS NULL) = (by IS NULL)),
    CONSTRAINT "recall_questions_noted" CHECK (state IN ('open', 'confirmed') OR note IS NOT NULL)
);
ALTER TABLE "recall_questions" ADD CONSTRAINT "recall_questions_recall_fkey" FOREIGN KEY ("recall") REFERENCES "recall_records"("recall") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "recall_questions_open" ON "recall_questions"("recall") WHERE state = 'open';

-- Products that a record names are found by their number.
CREATE INDEX "lots_gtin_idx" ON "lots"("gtin");
