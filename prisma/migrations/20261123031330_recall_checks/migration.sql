-- Effectiveness checks of recalls: who was chosen, whom they are given to, and what was found.
ALTER TABLE "recalls" ADD COLUMN "check_share" INTEGER;
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_check_share_of_level_b" CHECK (check_share IS NULL OR (effectiveness = 'B' AND check_share BETWEEN 1000 AND 10000));
ALTER TABLE "recall_consignees" ADD COLUMN "stratum" INTEGER;

-- A choice of consignees; what it left is counted over all draws.
CREATE TABLE "recall_draws" (
    "recall" TEXT NOT NULL,
    "draw" INTEGER NOT NULL,
    "share" INTEGER NOT NULL,
    "consignees" INTEGER NOT NULL,
    "checks" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recall_draws_pkey" PRIMARY KEY ("recall", "draw"),
    CONSTRAINT "recall_draws_counted" CHECK (draw > 0 AND share BETWEEN 0 AND 10000 AND checks >= 0 AND withdrawn >= 0 AND checks + withdrawn <= consignees)
);

CREATE TABLE "recall_checks" (
    "recall" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "consignee" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "assignee" TEXT,
    "method" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "recall_checks_pkey" PRIMARY KEY ("recall", "number"),
    CONSTRAINT "recall_checks_number_positive" CHECK (number > 0),
    CONSTRAINT "recall_checks_state_known" CHECK (state IN ('open', 'follow_up', 'done', 'withdrawn')),
    CONSTRAINT "recall_checks_method_known" CHECK (method IN ('visit', 'phone', 'letter')),
    CONSTRAINT "recall_checks_outcome_known" CHECK (outcome IN ('effective', 'not_received', 'no_action', 'not_reachable', 'out_of_business')),
    CONSTRAINT "recall_checks_assigned_with_method" CHECK (assignee IS NULL OR method IS NOT NULL),
    CONSTRAINT "recall_checks_asked_whole" CHECK ((attempts > 0) = (outcome IS NOT NULL) AND (outcome IS NULL) = (checked_at IS NULL) AND (outcome IS NULL) = (state IN ('open', 'withdrawn'))),
    CONSTRAINT "recall_checks_follow_up_due" CHECK ((state = 'follow_up') = (due_at IS NOT NULL)),
    CONSTRAINT "recall_checks_done_with_outcome" CHECK ((state = 'done') = coalesce(outcome IN ('effective', 'out_of_business'), false))
);
CREATE UNIQUE INDEX "recall_checks_recall_consignee_key" ON "recall_checks"("recall", "consignee");
CREATE INDEX "recall_checks_recall_state_number_idx" ON "recall_checks"("recall", "state", "number");
CREATE INDEX "recall_checks_recall_assignee_number_idx" ON "recall_checks"("recall", "assignee", "number");
ALTER TABLE "recall_checks" ADD CONSTRAINT "recall_checks_recall_consignee_fkey" FOREIGN KEY ("recall", "consignee") REFERENCES "recall_consignees"("recall", "consignee") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Each time that a consignee was asked; what was found in words is a note, which can be erased.
CREATE TABLE "recall_check_attempts" (
    "recall" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recall_check_attempts_pkey" PRIMARY KEY ("recall", "number", "attempt"),
    CONSTRAINT "recall_check_attempts_counted" CHECK (attempt > 0),
    CONSTRAINT "recall_check_attempts_method_known" CHECK (method IN ('visit', 'phone', 'letter')),
    CONSTRAINT "recall_check_attempts_outcome_known" CHECK (outcome IN ('effective', 'not_received', 'no_action', 'not_reachable', 'out_of_business'))
);
ALTER TABLE "recall_check_attempts" ADD CONSTRAINT "recall_check_attempts_recall_number_fkey" FOREIGN KEY ("recall", "number") REFERENCES "recall_checks"("recall", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Until when an entry of the queue is to be settled, where no process has a deadline for it.
ALTER TABLE "attention" ADD COLUMN "due_at" TIMESTAMPTZ(3);
