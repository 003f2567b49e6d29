-- Goods of a recall come back as returns of their own, against what stands for a consignee's goods where a sale stands otherwise.
ALTER TABLE "orders"
    DROP CONSTRAINT "orders_kind_known",
    ADD CONSTRAINT "orders_kind_known" CHECK (kind IN ('sale', 'agreement', 'offer', 'assets', 'without_receipt', 'take_back', 'recall'));
ALTER TABLE "returns"
    DROP CONSTRAINT "returns_program_known",
    ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer', 'business', 'unsold', 'undeliverable', 'warranty', 'end_of_life', 'trade_in', 'asset_recovery', 'recall'));

-- Units that returns were started for, and the line that these are about.
ALTER TABLE "recall_positions"
    ADD COLUMN "asked_back" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "order_line" TEXT,
    ADD CONSTRAINT "recall_positions_asked_back" CHECK (asked_back >= 0 AND (asked_back = 0 OR order_line IS NOT NULL));
CREATE UNIQUE INDEX "recall_positions_order_line_key" ON "recall_positions"("order_line");
