-- Facilities confirm that goods which a recall has stopped there were found and set aside: until when, by class (null: none is asked),
-- and how many had not, or had counted otherwise than the books, when it was completed.
ALTER TABLE "recalls" ADD COLUMN "confirm_within" JSONB, ADD COLUMN "open_facilities" INTEGER;
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_open_facilities_counted" CHECK (open_facilities IS NULL OR (open_facilities >= 0 AND open_checks IS NOT NULL));

-- How long the facilities of a scheduled drill have; null: they aren't asked.
ALTER TABLE "recall_drill_schedules" ADD COLUMN "confirm_within" TEXT;

-- A facility in a recall: one open confirmation, of the newest scope that has stopped more there.
CREATE TABLE "recall_facilities" (
    "recall" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "scope_version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    -- The class that its times follow.
    "hazard_class" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    -- What is written to it next, and when.
    "letter" TEXT,
    "letter_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_by" TEXT,
    -- The number of its newest count.
    "confirmation" INTEGER,

    CONSTRAINT "recall_facilities_pkey" PRIMARY KEY ("recall", "facility"),
    CONSTRAINT "recall_facilities_state_known" CHECK (state IN ('asked', 'late', 'confirmed', 'ended')),
    CONSTRAINT "recall_facilities_hazard_class_known" CHECK (hazard_class IN ('I', 'II', 'III')),
    CONSTRAINT "recall_facilities_letter_known" CHECK (letter IN ('ask', 'reminder')),
    CONSTRAINT "recall_facilities_asked_whole" CHECK ((asked_at IS NULL) = (due_at IS NULL) AND due_at > asked_at AND (asked_at IS NOT NULL OR state = 'confirmed')),
    CONSTRAINT "recall_facilities_confirmed_whole" CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL) AND (confirmed_at IS NULL) = (confirmed_by IS NULL)
      AND (confirmed_at IS NULL OR confirmation IS NOT NULL)),
    CONSTRAINT "recall_facilities_letter_while_open" CHECK ((letter IS NULL) = (letter_at IS NULL) AND (letter IS NULL OR state IN ('asked', 'late')))
);
CREATE INDEX "recall_facilities_state_due_at_idx" ON "recall_facilities"("state", "due_at");
CREATE INDEX "recall_facilities_letter_at_idx" ON "recall_facilities"("letter_at");
ALTER TABLE "recall_facilities" ADD CONSTRAINT "recall_facilities_recall_fkey" FOREIGN KEY ("recall") REFERENCES "recalls"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "recall_facilities" ADD CONSTRAINT "recall_facilities_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What facilities counted, each as it was said; the newest that names goods counts.
CREATE TABLE "recall_confirmations" (
    "recall" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "recall_confirmations_pkey" PRIMARY KEY ("recall", "facility", "number"),
    CONSTRAINT "recall_confirmations_number_positive" CHECK (number > 0)
);
ALTER TABLE "recall_confirmations" ADD CONSTRAINT "recall_confirmations_recall_facility_fkey" FOREIGN KEY ("recall", "facility") REFERENCES "recall_facilities"("recall", "facility") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "recall_confirmations_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "recall_confirmations"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Of a position of a facility: with which scope it was asked to count it (null: never, and what the books have counts as seen), what it
-- found, what of that has left since, and whether a person said that the count is right where the books have fewer or more.
ALTER TABLE "recall_positions"
    ADD COLUMN "asked_scope" INTEGER,
    ADD COLUMN "found" INTEGER,
    ADD COLUMN "left_since" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "location" TEXT,
    ADD COLUMN "confirmation" INTEGER,
    ADD COLUMN "accepted" BOOLEAN NOT NULL DEFAULT false,
    -- Counted from these: units that were found and that the books never had there, and whether a person is to look.
    ADD COLUMN "beyond_books" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "differs" BOOLEAN NOT NULL DEFAULT false,
    ADD CONSTRAINT "recall_positions_found_at_facilities" CHECK (asked_scope IS NULL OR facility IS NOT NULL),
    ADD CONSTRAINT "recall_positions_found_whole" CHECK (found >= 0 AND left_since >= 0 AND (found IS NULL) = (confirmation IS NULL)
      AND (found IS NULL OR asked_scope IS NOT NULL) AND (found IS NOT NULL OR (NOT accepted AND left_since = 0 AND location IS NULL))
      AND (location IS NOT NULL OR coalesce(found, 0) = 0)),
    DROP CONSTRAINT "recall_positions_add_up",
    ADD CONSTRAINT "recall_positions_add_up" CHECK (affected = traced + taken_over + identified + beyond_books AND unaccounted >= 0
      AND affected = claimed_held + claimed_returned + claimed_destroyed + claimed_corrected + claimed_consumed + claimed_sold_on + unaccounted);

-- As before, and of facilities that are asked to count: the books say what is held until a person accepts a lower count; what was found
-- beyond the books is held and affected at once; verified is what was found.
CREATE OR REPLACE FUNCTION recall_positions_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  here int := CASE WHEN NEW.found IS NOT NULL THEN greatest(0, NEW.found - NEW.left_since) END;
  said int;
  beyond int := greatest(0, NEW.came_back - NEW.said_returned);
  from_held int;
  counted int;
  gone int;
BEGIN
  IF NEW.asked_scope IS NOT NULL THEN
    NEW.said_held := CASE WHEN here IS NULL THEN NEW.traced WHEN NEW.accepted THEN here ELSE greatest(here, NEW.traced) END;
  END IF;
  NEW.differs := here IS NOT NULL AND NOT NEW.accepted AND here NOT BETWEEN NEW.traced AND NEW.traced + NEW.possible;
  said := NEW.said_held + NEW.said_returned + NEW.said_destroyed + NEW.said_corrected + NEW.said_consumed + NEW.said_sold_on;
  from_held := least(beyond, NEW.said_held);
  NEW.identified := least(NEW.possible, greatest(0, said + beyond - from_held - NEW.traced - NEW.taken_over));
  NEW.beyond_books := CASE WHEN NEW.facility IS NULL THEN 0 ELSE greatest(0, said - NEW.traced - NEW.possible) END;
  NEW.affected := NEW.traced + NEW.taken_over + NEW.identified + NEW.beyond_books;
  counted := NEW.came_back - greatest(0, beyond - from_held - greatest(0, NEW.affected - said));
  gone := least(NEW.destroyed_here, counted);
  NEW.claimed_held := NEW.said_held - from_held;
  NEW.claimed_returned := greatest(NEW.said_returned, counted) - gone;
  NEW.claimed_destroyed := NEW.said_destroyed + gone;
  NEW.claimed_corrected := NEW.said_corrected;
  NEW.claimed_consumed := NEW.said_consumed;
  NEW.claimed_sold_on := NEW.said_sold_on;
  NEW.verified_held := CASE WHEN NEW.facility IS NULL THEN 0 WHEN NEW.asked_scope IS NULL THEN NEW.claimed_held
    ELSE least(coalesce(here, 0), NEW.claimed_held) END;
  NEW.verified_returned := counted - gone;
  NEW.verified_destroyed := gone;
  NEW.unaccounted := NEW.affected - NEW.claimed_held - NEW.claimed_returned - NEW.claimed_destroyed
    - NEW.claimed_corrected - NEW.claimed_consumed - NEW.claimed_sold_on;
  RETURN NEW;
END $$;
