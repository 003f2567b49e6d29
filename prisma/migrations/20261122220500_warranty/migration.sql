-- Serials that replaced others under a warranty, and until when they are covered.
CREATE TABLE "warranties" (
    "rma" TEXT NOT NULL,
    "order_line_id" TEXT NOT NULL,
    "serial" TEXT NOT NULL,
    "replaces" TEXT,
    "covered_from" TIMESTAMPTZ(3) NOT NULL,
    "covered_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "warranties_pkey" PRIMARY KEY ("rma", "order_line_id", "serial")
);

-- CreateIndex
CREATE INDEX "warranties_order_line_id_idx" ON "warranties"("order_line_id");

-- AddForeignKey
ALTER TABLE "warranties" ADD CONSTRAINT "warranties_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "warranties" ADD CONSTRAINT "warranties_order_line_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "warranties"
    ADD CONSTRAINT "warranties_cover_some_time" CHECK (covered_until > covered_from),
    ADD CONSTRAINT "warranties_replace_another" CHECK (replaces <> serial);

ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold', 'undeliverable', 'warranty', 'end_of_life', 'trade_in', 'asset_recovery'));
