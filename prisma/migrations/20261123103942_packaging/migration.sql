-- Packaging that is to come back (pallets, totes, kegs), by partner and type: what was agreed, what moved, and how much of it each way.
CREATE TABLE "packaging_accounts" (
    "partner" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "most" INTEGER,
    "deposit_per_piece" BIGINT,
    "currency" CHAR(3),
    "aged_after_days" INTEGER,
    "went_out" INTEGER NOT NULL DEFAULT 0,
    "came_back" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "packaging_accounts_pkey" PRIMARY KEY ("partner","type"),
    CONSTRAINT "packaging_accounts_terms_positive" CHECK (least(most, aged_after_days) > 0),
    CONSTRAINT "packaging_accounts_deposit_whole" CHECK ((deposit_per_piece IS NULL) = (currency IS NULL) AND (deposit_per_piece IS NULL OR deposit_per_piece >= 0)),
    CONSTRAINT "packaging_accounts_counts_not_negative" CHECK (least(went_out, came_back, lost) >= 0),
    CONSTRAINT "packaging_accounts_lost_went_out" CHECK (lost <= went_out)
);

-- CreateTable
CREATE TABLE "packaging_movements" (
    "id" BIGSERIAL NOT NULL,
    "partner" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "facility" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "packaging_movements_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "packaging_movements_direction_known" CHECK (direction IN ('out', 'in', 'lost')),
    CONSTRAINT "packaging_movements_quantity_positive" CHECK (quantity > 0)
);

-- CreateIndex
CREATE UNIQUE INDEX "packaging_movements_partner_type_direction_reference_key" ON "packaging_movements"("partner", "type", "direction", "reference");
CREATE INDEX "packaging_movements_partner_type_at_idx" ON "packaging_movements"("partner", "type", "at");

-- AddForeignKey
ALTER TABLE "packaging_movements" ADD CONSTRAINT "packaging_movements_partner_type_fkey" FOREIGN KEY ("partner", "type") REFERENCES "packaging_accounts"("partner", "type") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "packaging_movements" ADD CONSTRAINT "packaging_movements_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER "packaging_movements_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "packaging_movements"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
