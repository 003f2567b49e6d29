-- A return of thousands of lines: one number, with sections that are returns of their own.
-- CreateTable
CREATE TABLE "bulk_returns" (
    "rma" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,
    "worth" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "command_id" TEXT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requested_by" TEXT NOT NULL,

    CONSTRAINT "bulk_returns_pkey" PRIMARY KEY ("rma")
);

-- CreateTable
CREATE TABLE "bulk_sections" (
    "rma" TEXT NOT NULL,
    "whole" TEXT NOT NULL,
    "request" JSONB NOT NULL,

    CONSTRAINT "bulk_sections_pkey" PRIMARY KEY ("rma")
);

-- CreateTable
CREATE TABLE "bulk_rows" (
    "whole" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "order_line_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "lot" TEXT,
    "quantity" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "bulk_rows_pkey" PRIMARY KEY ("whole","row")
);

-- CreateTable
CREATE TABLE "bulk_deliveries" (
    "whole" TEXT NOT NULL,
    "delivery" TEXT NOT NULL,
    "last" BOOLEAN NOT NULL,
    "units" INTEGER NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_by" TEXT NOT NULL,

    CONSTRAINT "bulk_deliveries_pkey" PRIMARY KEY ("whole","delivery")
);

-- CreateTable
CREATE TABLE "bulk_delivery_shares" (
    "whole" TEXT NOT NULL,
    "delivery" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "line" TEXT,
    "sku" TEXT NOT NULL,
    "lot" TEXT,
    "quantity" INTEGER NOT NULL,
    "damaged" BOOLEAN NOT NULL,

    CONSTRAINT "bulk_delivery_shares_pkey" PRIMARY KEY ("whole","delivery","row","part")
);

-- CreateTable
CREATE TABLE "credit_memo_parts" (
    "reference" TEXT NOT NULL,
    "whole" TEXT NOT NULL,
    "rma" TEXT NOT NULL,
    "settlement" TEXT NOT NULL,
    "refund" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "legal_entity" TEXT,
    "number" INTEGER,

    CONSTRAINT "credit_memo_parts_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "credit_memo_disputes" (
    "legal_entity" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "dispute" INTEGER NOT NULL,
    "command_id" TEXT NOT NULL,
    "rma" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "claimed_quantity" INTEGER,
    "claimed_grade" TEXT,
    "note" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "amount" BIGINT,
    "answer_note" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opened_by" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,

    CONSTRAINT "credit_memo_disputes_pkey" PRIMARY KEY ("legal_entity","number","dispute")
);

-- CreateIndex
CREATE UNIQUE INDEX "bulk_returns_command_id_key" ON "bulk_returns"("command_id");

-- CreateIndex
CREATE INDEX "bulk_returns_requested_at_rma_idx" ON "bulk_returns"("requested_at", "rma");

-- CreateIndex
CREATE INDEX "bulk_sections_whole_idx" ON "bulk_sections"("whole");

-- CreateIndex
CREATE INDEX "bulk_rows_section_line_idx" ON "bulk_rows"("section", "line");

-- CreateIndex
CREATE INDEX "bulk_delivery_shares_section_line_idx" ON "bulk_delivery_shares"("section", "line");

-- CreateIndex
CREATE INDEX "credit_memo_parts_whole_idx" ON "credit_memo_parts"("whole");

-- CreateIndex
CREATE INDEX "credit_memo_parts_legal_entity_number_idx" ON "credit_memo_parts"("legal_entity", "number");

-- CreateIndex
CREATE UNIQUE INDEX "credit_memo_disputes_command_id_key" ON "credit_memo_disputes"("command_id");

-- AddForeignKey
ALTER TABLE "bulk_returns" ADD CONSTRAINT "bulk_returns_order_id_currency_fkey" FOREIGN KEY ("order_id", "currency") REFERENCES "orders"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_sections" ADD CONSTRAINT "bulk_sections_whole_fkey" FOREIGN KEY ("whole") REFERENCES "bulk_returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_section_fkey" FOREIGN KEY ("section") REFERENCES "bulk_sections"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_deliveries" ADD CONSTRAINT "bulk_deliveries_whole_fkey" FOREIGN KEY ("whole") REFERENCES "bulk_returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_delivery_shares" ADD CONSTRAINT "bulk_delivery_shares_whole_delivery_fkey" FOREIGN KEY ("whole", "delivery") REFERENCES "bulk_deliveries"("whole", "delivery") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_memo_parts" ADD CONSTRAINT "credit_memo_parts_whole_fkey" FOREIGN KEY ("whole") REFERENCES "bulk_returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_memo_parts" ADD CONSTRAINT "credit_memo_parts_legal_entity_number_fkey" FOREIGN KEY ("legal_entity", "number") REFERENCES "credit_memos"("legal_entity", "number") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_memo_disputes" ADD CONSTRAINT "credit_memo_disputes_legal_entity_number_fkey" FOREIGN KEY ("legal_entity", "number") REFERENCES "credit_memos"("legal_entity", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Beyond what Prisma expresses.
ALTER TABLE "bulk_returns"
  ADD CONSTRAINT "bulk_returns_number_form" CHECK (rma ~ '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$'),
  ADD CONSTRAINT "bulk_returns_counts_positive" CHECK (lines > 0 AND units >= lines AND worth >= 0);
ALTER TABLE "bulk_sections"
  ADD CONSTRAINT "bulk_sections_number_of_whole" CHECK (rma ~ '\.[0-9]{2,3}$' AND split_part(rma, '.', 1) = whole);
ALTER TABLE "bulk_rows"
  ADD CONSTRAINT "bulk_rows_quantity_positive" CHECK (quantity > 0 AND "row" > 0),
  ADD CONSTRAINT "bulk_rows_section_of_whole" CHECK (split_part(section, '.', 1) = whole);
ALTER TABLE "bulk_deliveries"
  ADD CONSTRAINT "bulk_deliveries_units_not_negative" CHECK (units >= 0);
ALTER TABLE "bulk_delivery_shares"
  ADD CONSTRAINT "bulk_delivery_shares_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "bulk_delivery_shares_section_of_whole" CHECK (split_part(section, '.', 1) = whole);
ALTER TABLE "credit_memo_parts"
  ADD CONSTRAINT "credit_memo_parts_amount" CHECK (amount > 0 AND amount <= 9007199254740991),
  ADD CONSTRAINT "credit_memo_parts_memo_whole" CHECK ((legal_entity IS NULL) = (number IS NULL)),
  ADD CONSTRAINT "credit_memo_parts_section_of_whole" CHECK (split_part(rma, '.', 1) = whole);
ALTER TABLE "credit_memo_disputes"
  ADD CONSTRAINT "credit_memo_disputes_about_known" CHECK (about IN ('quantity', 'grade', 'price')),
  ADD CONSTRAINT "credit_memo_disputes_state_known" CHECK (state IN ('open', 'upheld', 'corrected')),
  ADD CONSTRAINT "credit_memo_disputes_answered_whole" CHECK (
    (state = 'open') = (answered_at IS NULL) AND (state = 'open') = (answered_by IS NULL) AND (state = 'open') = (answer_note IS NULL)
    AND (state = 'corrected') = (amount IS NOT NULL)),
  ADD CONSTRAINT "credit_memo_disputes_figures" CHECK (amount > 0 AND claimed_quantity > 0 AND claimed_grade IN ('A', 'B', 'C', 'D'));

-- What was asked, and what was counted, stays as it was.
CREATE TRIGGER "bulk_rows_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "bulk_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "bulk_delivery_shares_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "bulk_delivery_shares"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A part goes on one credit memo, for ever, and a credit memo over parts is their sum.
CREATE FUNCTION part_of_one_memo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.number IS NOT NULL OR (to_jsonb(NEW) - 'legal_entity' - 'number') <> (to_jsonb(OLD) - 'legal_entity' - 'number') THEN
    RAISE EXCEPTION 'part % is on credit memo %-% already, or was changed', OLD.reference, OLD.legal_entity, OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_memo_parts_once', TABLE = 'credit_memo_parts';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "credit_memo_parts_once" BEFORE UPDATE ON "credit_memo_parts" FOR EACH ROW EXECUTE FUNCTION part_of_one_memo();
CREATE FUNCTION memo_is_sum_of_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE total bigint; parts bigint;
BEGIN
  SELECT amount INTO total FROM credit_memos WHERE legal_entity = NEW.legal_entity AND number = NEW.number;
  SELECT sum(amount) INTO parts FROM credit_memo_parts WHERE legal_entity = NEW.legal_entity AND number = NEW.number;
  IF total <> parts THEN
    RAISE EXCEPTION 'credit memo %-% is about %, its parts about %', NEW.legal_entity, NEW.number, total, parts
      USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_memos_sum_of_parts', TABLE = 'credit_memo_parts';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "credit_memos_sum_of_parts" AFTER UPDATE ON "credit_memo_parts" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.number IS NOT NULL) EXECUTE FUNCTION memo_is_sum_of_parts();
-- What is due and on no memo yet is asked for again and again.
CREATE INDEX "credit_memo_parts_due" ON "credit_memo_parts" (whole) WHERE number IS NULL;
