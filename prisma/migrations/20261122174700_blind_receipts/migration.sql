-- CreateTable
CREATE TABLE "receipts" (
    "receipt" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "tracking" TEXT,
    "order_id" TEXT,
    "buyer_id" TEXT,
    "rma" TEXT,
    "serials" TEXT[],
    "weight_grams" INTEGER,
    "note" TEXT,
    "units" INTEGER NOT NULL,
    "units_left" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "received_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "receipts_pkey" PRIMARY KEY ("receipt")
);

-- CreateTable
CREATE TABLE "receipt_lines" (
    "receipt" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "lot" TEXT,
    "serials" TEXT[],
    "damaged_in_transit" BOOLEAN NOT NULL,

    CONSTRAINT "receipt_lines_pkey" PRIMARY KEY ("receipt","line")
);

-- CreateTable
CREATE TABLE "receipt_shares" (
    "receipt" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "serials" TEXT[],
    "rma" TEXT,
    "command_id" TEXT,
    "disposition" TEXT,
    "evidence" TEXT,

    CONSTRAINT "receipt_shares_pkey" PRIMARY KEY ("receipt","line","version","seq")
);

-- CreateIndex
CREATE INDEX "receipts_received_at_receipt_idx" ON "receipts"("received_at", "receipt");

-- CreateIndex
CREATE INDEX "receipts_tracking_idx" ON "receipts"("tracking");

-- CreateIndex
CREATE INDEX "receipt_shares_rma_idx" ON "receipt_shares"("rma");

-- AddForeignKey
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt_lines" ADD CONSTRAINT "receipt_lines_receipt_fkey" FOREIGN KEY ("receipt") REFERENCES "receipts"("receipt") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt_shares" ADD CONSTRAINT "receipt_shares_receipt_line_fkey" FOREIGN KEY ("receipt", "line") REFERENCES "receipt_lines"("receipt", "line") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt_shares" ADD CONSTRAINT "receipt_shares_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Beyond what Prisma expresses.
ALTER TABLE "receipts"
  ADD CONSTRAINT "receipts_number_form" CHECK (receipt ~ '^U-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$'),
  ADD CONSTRAINT "receipts_units_left_within_units" CHECK (units > 0 AND units_left BETWEEN 0 AND units),
  ADD CONSTRAINT "receipts_version_positive" CHECK (version > 0);

ALTER TABLE "receipt_lines"
  ADD CONSTRAINT "receipt_lines_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "receipt_lines_serials_within_quantity" CHECK (cardinality(serials) <= quantity);

ALTER TABLE "receipt_shares"
  ADD CONSTRAINT "receipt_shares_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "receipt_shares_one_way" CHECK (
    (rma IS NULL) = (command_id IS NULL) AND (disposition IS NULL) = (evidence IS NULL) AND (rma IS NULL) <> (disposition IS NULL)),
  ADD CONSTRAINT "receipt_shares_disposition_known" CHECK (disposition IN ('return_to_customer', 'liquidate', 'donate', 'recycle', 'destroy'));

-- No unit leaves a receipt twice. The lock keeps two that come at once from passing each other.
CREATE FUNCTION share_within_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE counted int; given int;
BEGIN
  SELECT quantity INTO counted FROM receipt_lines WHERE receipt = NEW.receipt AND line = NEW.line FOR UPDATE;
  SELECT sum(quantity) INTO given FROM receipt_shares WHERE receipt = NEW.receipt AND line = NEW.line;
  IF given > counted THEN
    RAISE EXCEPTION '% units of line % left receipt %, which counted %', given, NEW.line, NEW.receipt, counted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_shares_within_counted', TABLE = 'receipt_shares';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "receipt_shares_within_counted" AFTER INSERT ON "receipt_shares"
  FOR EACH ROW EXECUTE FUNCTION share_within_counted();

CREATE TRIGGER "receipt_lines_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "receipt_lines"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "receipt_shares_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "receipt_shares"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The list asks for those that somebody still has to look at.
CREATE INDEX "receipts_unmatched" ON "receipts" (received_at, receipt) WHERE units_left > 0;
-- A serial on goods that nobody expected leads to the sale.
CREATE INDEX "order_lines_serials" ON "order_lines" USING gin (serials) WHERE serials <> '{}';
