-- CreateTable
CREATE TABLE "network_processes" (
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "facility" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "next_deadline" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "version" INTEGER NOT NULL,

    CONSTRAINT "network_processes_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "network_processes_kind_known" CHECK (kind IN ('transfer', 'trip', 'loan', 'rebalance')),
    CONSTRAINT "network_processes_codes" CHECK (status ~ '^[a-z]+(_[a-z]+)*$' AND outcome ~ '^[a-z]+(_[a-z]+)*$'),
    CONSTRAINT "network_processes_closed_whole" CHECK ((closed_at IS NULL) = (outcome IS NULL) AND (closed_at IS NULL OR next_deadline IS NULL)),
    CONSTRAINT "network_processes_version_positive" CHECK (version > 0)
);

-- CreateIndex
CREATE INDEX "network_processes_kind_status_opened_at_idx" ON "network_processes"("kind", "status", "opened_at");

-- CreateIndex
CREATE INDEX "network_processes_opened_at_number_idx" ON "network_processes"("opened_at", "number");
CREATE INDEX "network_processes_next_deadline_open" ON "network_processes" (next_deadline) WHERE next_deadline IS NOT NULL;

-- AddForeignKey
ALTER TABLE "network_processes" ADD CONSTRAINT "network_processes_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "attention" ADD COLUMN     "network" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "attention_network_attention_key" ON "attention"("network", "attention");

-- AddForeignKey
ALTER TABLE "attention" ADD CONSTRAINT "attention_network_fkey" FOREIGN KEY ("network") REFERENCES "network_processes"("number") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "attention"
  DROP CONSTRAINT "attention_of_process_whole",
  ADD CONSTRAINT "attention_of_process_whole" CHECK (
    num_nonnulls(rma, execution, delivery, recall, network) <= 1
    AND (attention IS NULL) = (num_nonnulls(rma, execution, delivery, recall, network) = 0)
    AND (attention IS NULL OR id = coalesce(rma, execution, 'delivery:' || delivery, recall, network) || '/' || attention));
