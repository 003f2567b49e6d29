-- CreateTable
CREATE TABLE "transfers" (
    "number" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "plan" TEXT,
    "trip" TEXT,
    "carrier" TEXT,
    "tracking" TEXT,
    "ship_by" TIMESTAMPTZ(3) NOT NULL,
    "arrive_by" TIMESTAMPTZ(3) NOT NULL,
    "shipped_at" TIMESTAMPTZ(3),
    "turned_back" BOOLEAN NOT NULL,

    CONSTRAINT "transfers_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "transfers_reason_known" CHECK (reason IN ('manual', 'rebalance', 'excess')),
    CONSTRAINT "transfers_two_facilities" CHECK (origin <> destination),
    CONSTRAINT "transfers_one_carriage" CHECK (trip IS NULL OR carrier IS NULL),
    CONSTRAINT "transfers_back_once_shipped" CHECK (NOT turned_back OR shipped_at IS NOT NULL)
);

-- CreateTable
CREATE TABLE "transfer_lines" (
    "number" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "lot" TEXT,
    "serials" TEXT[],
    "quantity" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL,
    "picked" INTEGER NOT NULL,
    "shipped" INTEGER NOT NULL,
    "in_transit" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "held" INTEGER NOT NULL,
    "disposed_of" INTEGER NOT NULL,
    "damaged" INTEGER NOT NULL,
    "lost" INTEGER NOT NULL,
    "at_origin" INTEGER NOT NULL,

    CONSTRAINT "transfer_lines_pkey" PRIMARY KEY ("number", "line"),
    -- No unit is in two places or nowhere.
    CONSTRAINT "transfer_lines_conserved" CHECK (shipped = in_transit + received + held + disposed_of + lost + at_origin),
    CONSTRAINT "transfer_lines_no_more_than_before" CHECK (shipped <= picked AND picked <= reserved AND reserved <= quantity),
    CONSTRAINT "transfer_lines_units" CHECK (quantity > 0 AND shipped >= 0 AND in_transit >= 0 AND received >= 0 AND held >= 0
      AND disposed_of >= 0 AND damaged >= 0 AND lost >= 0 AND at_origin >= 0)
);

-- Goods that went from one facility's count to another's, once each: what came is counted, what left unsaid is counted no more.
CREATE TABLE "stock_movements" (
    "reference" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "goods" JSONB NOT NULL,
    "short" JSONB NOT NULL DEFAULT '[]',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_movements_pkey" PRIMARY KEY ("reference")
);

-- CreateIndex
CREATE INDEX "transfers_origin_idx" ON "transfers"("origin");
CREATE INDEX "transfers_destination_arrive_by_idx" ON "transfers"("destination", "arrive_by");
CREATE INDEX "transfers_trip_idx" ON "transfers"("trip");
CREATE INDEX "transfer_lines_sku_lot_idx" ON "transfer_lines"("sku", "lot");
CREATE INDEX "transfer_lines_in_transit" ON "transfer_lines" ("sku", "lot") WHERE in_transit > 0;
CREATE INDEX "transfer_lines_serials" ON "transfer_lines" USING gin (serials) WHERE serials <> '{}';

-- AddForeignKey
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_number_fkey" FOREIGN KEY ("number") REFERENCES "network_processes"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_origin_fkey" FOREIGN KEY ("origin") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_destination_fkey" FOREIGN KEY ("destination") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "transfer_lines" ADD CONSTRAINT "transfer_lines_number_fkey" FOREIGN KEY ("number") REFERENCES "transfers"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Goods between two facilities, and what never came.
ALTER TABLE "stock_entries"
  DROP CONSTRAINT "stock_entries_accounts_known",
  ADD CONSTRAINT "stock_entries_accounts_known" CHECK (
    from_account IN ('customer', 'quarantine', 'inspected', 'in_work', 'sellable', 'refurbished', 'parts', 'installed', 'dismantled', 'disposed_of', 'on_loan', 'in_transit', 'lost') AND
    to_account IN ('customer', 'quarantine', 'inspected', 'in_work', 'sellable', 'refurbished', 'parts', 'installed', 'dismantled', 'disposed_of', 'on_loan', 'in_transit', 'lost'));
