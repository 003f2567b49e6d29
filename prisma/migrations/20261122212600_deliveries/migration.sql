-- Deliveries that went wrong, one row a parcel, and what of them waits for a person.
CREATE TABLE "deliveries" (
    "tracking" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "carrier_status" TEXT,
    "attempts" INTEGER NOT NULL,
    "instruction" TEXT,
    "hold_until" TIMESTAMPTZ(3),
    "remedy" TEXT,
    "rma" TEXT,
    "outcome" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "next_deadline" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("tracking")
);
CREATE INDEX "deliveries_opened_at_tracking_idx" ON "deliveries"("opened_at", "tracking");
CREATE INDEX "deliveries_order_id_idx" ON "deliveries"("order_id");
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_tracking_fkey" FOREIGN KEY ("tracking") REFERENCES "shipments"("tracking") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "deliveries"
  ADD CONSTRAINT "deliveries_status_known" CHECK (status IN ('opened', 'contacting', 'instructing', 'attempting', 'held', 'returning', 'closed')),
  ADD CONSTRAINT "deliveries_reason_known" CHECK (reason IN ('refused', 'not_home', 'unclaimed', 'bad_address', 'customs', 'damaged', 'lost', 'other')),
  ADD CONSTRAINT "deliveries_remedy_known" CHECK (remedy IN ('refund', 'new_shipment')),
  ADD CONSTRAINT "deliveries_outcome_known" CHECK (outcome IN ('delivered', 'returned', 'given_up')),
  ADD CONSTRAINT "deliveries_closed_with_outcome" CHECK ((status = 'closed') = (outcome IS NOT NULL) AND (status = 'closed') = (closed_at IS NOT NULL)),
  ADD CONSTRAINT "deliveries_attempts_counted" CHECK (attempts >= 0),
  ADD CONSTRAINT "deliveries_version_positive" CHECK (version > 0);

-- A parcel comes back as one return at most, and a return is of one parcel.
CREATE UNIQUE INDEX "deliveries_rma_key" ON "deliveries"("rma");
CREATE INDEX "deliveries_next_deadline_open" ON "deliveries" (next_deadline) WHERE next_deadline IS NOT NULL;

ALTER TABLE "attention" ADD COLUMN "delivery" TEXT;
CREATE UNIQUE INDEX "attention_delivery_attention_key" ON "attention"("delivery", "attention");
ALTER TABLE "attention" ADD CONSTRAINT "attention_delivery_fkey" FOREIGN KEY ("delivery") REFERENCES "deliveries"("tracking") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "attention"
  DROP CONSTRAINT "attention_of_process_whole",
  ADD CONSTRAINT "attention_of_process_whole" CHECK (
    num_nonnulls(rma, execution, delivery) <= 1
    AND (attention IS NULL) = (num_nonnulls(rma, execution, delivery) = 0)
    AND (attention IS NULL OR id = coalesce(rma, execution, 'delivery:' || delivery) || '/' || attention));
