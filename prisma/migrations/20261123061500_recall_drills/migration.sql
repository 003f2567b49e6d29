-- Recall drills that recur: when, about which lot (none: one is drawn), and who hears how it went. Its clock is a schedule in Temporal.
CREATE TABLE "recall_drill_schedules" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "every" TEXT,
    "cron" TEXT,
    "time_zone" TEXT NOT NULL,
    "sku" TEXT,
    "lot" TEXT,
    "depth" TEXT NOT NULL,
    "tell" TEXT[] NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "recall_drill_schedules_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "recall_drill_schedules_one_clock" CHECK ((every IS NULL) <> (cron IS NULL)),
    CONSTRAINT "recall_drill_schedules_lot_whole" CHECK ((sku IS NULL) = (lot IS NULL)),
    CONSTRAINT "recall_drill_schedules_depth_known" CHECK (depth IN ('wholesale', 'retail', 'consumer')),
    CONSTRAINT "recall_drill_schedules_forgets_whom" CHECK (deleted_at IS NULL OR cardinality(tell) = 0)
);

-- Each time that one was due: the drill that was made of it and how it went, or why there was none.
CREATE TABLE "recall_drills" (
    "run" TEXT NOT NULL,
    "schedule" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "skipped_for" TEXT,
    "recall" TEXT,
    "sku" TEXT,
    "lot" TEXT,
    "overdue" BOOLEAN NOT NULL DEFAULT false,
    "score" JSONB,
    "fired_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "recall_drills_pkey" PRIMARY KEY ("run"),
    CONSTRAINT "recall_drills_state_known" CHECK (state IN ('running', 'scored', 'skipped')),
    CONSTRAINT "recall_drills_skipped_for_known" CHECK (skipped_for IN ('recall_under_way', 'no_lot_shipped', 'schedule_deleted')),
    CONSTRAINT "recall_drills_skipped_whole" CHECK ((state = 'skipped') = (skipped_for IS NOT NULL) AND (state = 'skipped') = (recall IS NULL)),
    CONSTRAINT "recall_drills_about_a_lot" CHECK ((recall IS NULL) = (sku IS NULL) AND (recall IS NULL) = (lot IS NULL)),
    CONSTRAINT "recall_drills_ended_whole" CHECK ((state = 'running') = (ended_at IS NULL) AND (state = 'scored') = (score IS NOT NULL))
);
CREATE UNIQUE INDEX "recall_drills_recall_key" ON "recall_drills"("recall");
CREATE INDEX "recall_drills_schedule_fired_at_idx" ON "recall_drills"("schedule", "fired_at");
ALTER TABLE "recall_drills" ADD CONSTRAINT "recall_drills_schedule_fkey" FOREIGN KEY ("schedule") REFERENCES "recall_drill_schedules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
