-- CreateTable
CREATE TABLE "buyers" (
    "id" TEXT NOT NULL,
    "blocked" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "buyers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "company" TEXT,
    "street1" TEXT NOT NULL,
    "street2" TEXT,
    "city" TEXT NOT NULL,
    "state" TEXT,
    "zip" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "phone" TEXT,
    "email" TEXT,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notes" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facilities" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "company" TEXT,
    "street1" TEXT NOT NULL,
    "street2" TEXT,
    "city" TEXT NOT NULL,
    "state" TEXT,
    "zip" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "phone" TEXT,
    "email" TEXT,

    CONSTRAINT "facilities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "country" CHAR(2) NOT NULL,
    "buyer_id" TEXT,
    "contact_id" TEXT,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "policy_id" TEXT,
    "policy_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "fulfilled" INTEGER NOT NULL DEFAULT 0,
    "price" BIGINT NOT NULL,
    "discount" BIGINT NOT NULL DEFAULT 0,
    "tax" BIGINT NOT NULL DEFAULT 0,
    "final_sale" BOOLEAN NOT NULL DEFAULT false,
    "hygiene" BOOLEAN NOT NULL DEFAULT false,
    "hazardous" BOOLEAN NOT NULL DEFAULT false,
    "recalled" BOOLEAN NOT NULL DEFAULT false,
    "lot_controlled" BOOLEAN NOT NULL DEFAULT false,
    "lots" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "serials" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "unit_cost" BIGINT NOT NULL DEFAULT 0,
    "unit_weight_grams" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fulfilments" (
    "id" TEXT NOT NULL,
    "order_line_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "shipped_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "fulfilments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL DEFAULT 'stripe',
    "provider_payment_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "captured" BIGINT NOT NULL,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "disputed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policies" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "program" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "returns" (
    "rma" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "facility" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "goods" TEXT NOT NULL,
    "money" TEXT NOT NULL,
    "quoted" BIGINT NOT NULL,
    "settled" BIGINT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "authorized_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "next_deadline" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "policy" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "returns_pkey" PRIMARY KEY ("rma")
);

-- CreateTable
CREATE TABLE "return_lines" (
    "rma" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "order_line_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "codes" TEXT[],
    "requested" INTEGER NOT NULL,
    "cancelled" INTEGER NOT NULL,
    "kept" INTEGER NOT NULL,
    "outstanding" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,

    CONSTRAINT "return_lines_pkey" PRIMARY KEY ("rma","line")
);

-- CreateTable
CREATE TABLE "return_items" (
    "rma" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "line" TEXT,
    "parcel" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "lot" TEXT,
    "serials" TEXT[],
    "stage" TEXT NOT NULL,
    "grade" TEXT,
    "acceptance" TEXT NOT NULL,
    "disposition" TEXT,
    "settled" BOOLEAN NOT NULL,

    CONSTRAINT "return_items_pkey" PRIMARY KEY ("rma","item")
);

-- CreateTable
CREATE TABLE "parcels" (
    "rma" TEXT NOT NULL,
    "parcel" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "label_state" TEXT NOT NULL,
    "carrier" TEXT,
    "tracking" TEXT,
    "provider_id" TEXT,
    "status" TEXT NOT NULL,
    "received" BOOLEAN NOT NULL,
    "lost" BOOLEAN NOT NULL,
    "claim" TEXT NOT NULL,

    CONSTRAINT "parcels_pkey" PRIMARY KEY ("rma","parcel")
);

-- CreateTable
CREATE TABLE "pickups" (
    "rma" TEXT NOT NULL,
    "pickup" TEXT NOT NULL,
    "parcel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "provider_id" TEXT,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pickups_pkey" PRIMARY KEY ("rma","pickup")
);

-- CreateTable
CREATE TABLE "inspections" (
    "rma" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "from_item" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "grade" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "reason_found" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "inspections_pkey" PRIMARY KEY ("rma","item")
);

-- CreateTable
CREATE TABLE "settlements" (
    "rma" TEXT NOT NULL,
    "settlement" TEXT NOT NULL,
    "total" BIGINT NOT NULL,
    "shipping_fee" BIGINT NOT NULL,
    "instrument" TEXT NOT NULL,

    CONSTRAINT "settlements_pkey" PRIMARY KEY ("rma","settlement")
);

-- CreateTable
CREATE TABLE "refunds" (
    "rma" TEXT NOT NULL,
    "refund" TEXT NOT NULL,
    "settlement" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "payment" TEXT,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "provider_id" TEXT,
    "code" TEXT,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("rma","refund")
);

-- CreateTable
CREATE TABLE "attention" (
    "id" TEXT NOT NULL,
    "rma" TEXT,
    "attention" TEXT,
    "reason" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT,
    "codes" JSONB NOT NULL DEFAULT '{}',
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,

    CONSTRAINT "attention_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal" (
    "process" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "command_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "events" JSONB NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journal_pkey" PRIMARY KEY ("process","version")
);

-- CreateTable
CREATE TABLE "stock_entries" (
    "process" TEXT NOT NULL,
    "entry" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "from_account" TEXT NOT NULL,
    "to_account" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "lot" TEXT,
    "grade" TEXT,
    "owner" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "item" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_entries_pkey" PRIMARY KEY ("process","entry")
);

-- CreateTable
CREATE TABLE "money_entries" (
    "process" TEXT NOT NULL,
    "entry" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "debit" TEXT NOT NULL,
    "credit" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "subject" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "money_entries_pkey" PRIMARY KEY ("process","entry")
);

-- CreateTable
CREATE TABLE "unit_holds" (
    "rma" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "order_line_id" TEXT NOT NULL,
    "units" int4multirange NOT NULL,
    "pending" int4multirange NOT NULL,

    CONSTRAINT "unit_holds_pkey" PRIMARY KEY ("rma","line")
);

-- CreateTable
CREATE TABLE "intents" (
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "intents_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" BIGSERIAL NOT NULL,
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),
    "process" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dead_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "process" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "event_type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_to" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "delivered_at" TIMESTAMPTZ(3),
    "dead_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("process","version","seq")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "event_types" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "api_key_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("api_key_id","key")
);

-- CreateIndex
CREATE INDEX "contacts_email_idx" ON "contacts"("email");

-- CreateIndex
CREATE INDEX "notes_subject_idx" ON "notes"("subject");

-- CreateIndex
CREATE INDEX "orders_buyer_id_idx" ON "orders"("buyer_id");

-- CreateIndex
CREATE INDEX "orders_contact_id_idx" ON "orders"("contact_id");

-- CreateIndex
CREATE INDEX "orders_placed_at_idx" ON "orders"("placed_at");

-- CreateIndex
CREATE UNIQUE INDEX "orders_id_currency_key" ON "orders"("id", "currency");

-- CreateIndex
CREATE INDEX "order_lines_sku_idx" ON "order_lines"("sku");

-- CreateIndex
CREATE UNIQUE INDEX "order_lines_order_id_number_key" ON "order_lines"("order_id", "number");

-- CreateIndex
CREATE INDEX "fulfilments_order_line_id_idx" ON "fulfilments"("order_line_id");

-- CreateIndex
CREATE INDEX "payments_order_id_idx" ON "payments"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "payments_provider_provider_payment_id_key" ON "payments"("provider", "provider_payment_id");

-- CreateIndex
CREATE INDEX "policies_program_effective_from_idx" ON "policies"("program", "effective_from");

-- CreateIndex
CREATE INDEX "returns_order_id_idx" ON "returns"("order_id");

-- CreateIndex
CREATE INDEX "returns_goods_requested_at_idx" ON "returns"("goods", "requested_at");

-- CreateIndex
CREATE INDEX "returns_facility_goods_idx" ON "returns"("facility", "goods");

-- CreateIndex
CREATE INDEX "returns_requested_at_rma_idx" ON "returns"("requested_at", "rma");

-- CreateIndex
CREATE INDEX "return_lines_sku_idx" ON "return_lines"("sku");

-- CreateIndex
CREATE INDEX "return_lines_order_line_id_idx" ON "return_lines"("order_line_id");

-- CreateIndex
CREATE INDEX "return_items_sku_idx" ON "return_items"("sku");

-- CreateIndex
CREATE INDEX "parcels_tracking_idx" ON "parcels"("tracking");

-- CreateIndex
CREATE INDEX "refunds_payment_idx" ON "refunds"("payment");

-- CreateIndex
CREATE INDEX "attention_reason_raised_at_idx" ON "attention"("reason", "raised_at");

-- CreateIndex
CREATE UNIQUE INDEX "attention_rma_attention_key" ON "attention"("rma", "attention");

-- CreateIndex
CREATE UNIQUE INDEX "journal_process_command_id_key" ON "journal"("process", "command_id");

-- CreateIndex
CREATE INDEX "intents_process_idx" ON "intents"("process");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_provider_event_id_key" ON "inbox"("provider", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_buyer_id_fkey" FOREIGN KEY ("buyer_id") REFERENCES "buyers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_policy_id_policy_version_fkey" FOREIGN KEY ("policy_id", "policy_version") REFERENCES "policies"("id", "version") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fulfilments" ADD CONSTRAINT "fulfilments_order_line_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_currency_fkey" FOREIGN KEY ("order_id", "currency") REFERENCES "orders"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "returns" ADD CONSTRAINT "returns_order_id_currency_fkey" FOREIGN KEY ("order_id", "currency") REFERENCES "orders"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "returns" ADD CONSTRAINT "returns_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_items" ADD CONSTRAINT "return_items_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parcels" ADD CONSTRAINT "parcels_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pickups" ADD CONSTRAINT "pickups_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_fkey" FOREIGN KEY ("payment") REFERENCES "payments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attention" ADD CONSTRAINT "attention_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_holds" ADD CONSTRAINT "unit_holds_order_line_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express, test/journal/constraints.test.ts lists it all and shows that each bites.
-- Amounts stay within 2^53 - 1, so that every language that reads them as JSON numbers reads them exactly.

CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE "orders"
  ADD CONSTRAINT "orders_currency_iso" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "orders_country_iso" CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "orders_policy_whole" CHECK ((policy_id IS NULL) = (policy_version IS NULL));

ALTER TABLE "order_lines"
  ADD CONSTRAINT "order_lines_number_positive" CHECK (number > 0),
  ADD CONSTRAINT "order_lines_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "order_lines_fulfilled_within_quantity" CHECK (fulfilled BETWEEN 0 AND quantity),
  ADD CONSTRAINT "order_lines_price_amount" CHECK (price BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "order_lines_discount_within_price" CHECK (discount BETWEEN 0 AND price),
  ADD CONSTRAINT "order_lines_tax_amount" CHECK (tax BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "order_lines_unit_cost_amount" CHECK (unit_cost BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "order_lines_unit_weight_not_negative" CHECK (unit_weight_grams >= 0);

ALTER TABLE "fulfilments"
  ADD CONSTRAINT "fulfilments_quantity_positive" CHECK (quantity > 0);

ALTER TABLE "payments"
  ADD CONSTRAINT "payments_provider_known" CHECK (provider IN ('stripe')),
  ADD CONSTRAINT "payments_captured_amount" CHECK (captured BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "payments_refunded_within_captured" CHECK (refunded BETWEEN 0 AND captured);

ALTER TABLE "policies"
  ADD CONSTRAINT "policies_version_positive" CHECK (version > 0),
  ADD CONSTRAINT "policies_document_is_the_version" CHECK (document->>'id' = id AND (document->>'version')::int = version AND document->>'program' = program);

ALTER TABLE "returns"
  ADD CONSTRAINT "returns_program_known" CHECK (program IN ('customer')),
  ADD CONSTRAINT "returns_method_known" CHECK (method IN ('drop_off', 'pickup')),
  ADD CONSTRAINT "returns_instrument_known" CHECK (instrument IN ('original', 'store_credit')),
  ADD CONSTRAINT "returns_goods_known" CHECK (goods IN ('requested', 'in_review', 'declined', 'authorized', 'collecting', 'in_transit', 'received', 'inspected', 'disposed', 'closed', 'cancelled', 'expired', 'lost', 'reconciliation_required')),
  ADD CONSTRAINT "returns_money_known" CHECK (money IN ('none', 'partial', 'full')),
  ADD CONSTRAINT "returns_outcome_known" CHECK (outcome IN ('completed', 'cancelled', 'declined', 'expired')),
  ADD CONSTRAINT "returns_quoted_amount" CHECK (quoted BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "returns_settled_amount" CHECK (settled BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "returns_version_positive" CHECK (version > 0);

ALTER TABLE "return_lines"
  ADD CONSTRAINT "return_lines_verdict_known" CHECK (verdict IN ('eligible', 'ineligible', 'needs_review', 'approved', 'declined')),
  ADD CONSTRAINT "return_lines_quantities_not_negative" CHECK (requested >= 0 AND cancelled >= 0 AND kept >= 0 AND outstanding >= 0 AND missing >= 0 AND received >= 0),
  ADD CONSTRAINT "return_lines_quantities_conserved" CHECK (requested = cancelled + kept + outstanding + missing + received);

ALTER TABLE "return_items"
  ADD CONSTRAINT "return_items_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "return_items_stage_known" CHECK (stage IN ('received', 'inspected', 'disposing', 'disposed')),
  ADD CONSTRAINT "return_items_grade_known" CHECK (grade IN ('A', 'B', 'C', 'D')),
  ADD CONSTRAINT "return_items_acceptance_known" CHECK (acceptance IN ('pending', 'accepted', 'rejected'));

ALTER TABLE "parcels"
  ADD CONSTRAINT "parcels_method_known" CHECK (method IN ('drop_off', 'pickup', 'unannounced')),
  ADD CONSTRAINT "parcels_label_known" CHECK (label_state IN ('none', 'wanted', 'bought', 'refused', 'withdrawn', 'voided', 'used')),
  ADD CONSTRAINT "parcels_claim_known" CHECK (claim IN ('none', 'wanted', 'opened'));

ALTER TABLE "pickups"
  ADD CONSTRAINT "pickups_state_known" CHECK (state IN ('wanted', 'booked', 'collected', 'failed', 'withdrawn', 'cancelled')),
  ADD CONSTRAINT "pickups_window_forward" CHECK (window_start <= window_end);

ALTER TABLE "inspections"
  ADD CONSTRAINT "inspections_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "inspections_grade_known" CHECK (grade IN ('A', 'B', 'C', 'D'));

ALTER TABLE "settlements"
  ADD CONSTRAINT "settlements_total_amount" CHECK (total BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "settlements_shipping_fee_amount" CHECK (shipping_fee BETWEEN 0 AND 9007199254740991),
  ADD CONSTRAINT "settlements_instrument_known" CHECK (instrument IN ('original', 'store_credit'));

ALTER TABLE "refunds"
  ADD CONSTRAINT "refunds_amount_positive" CHECK (amount BETWEEN 1 AND 9007199254740991),
  ADD CONSTRAINT "refunds_destination_known" CHECK (destination IN ('payment', 'store_credit', 'nowhere') AND (destination = 'payment') = (payment IS NOT NULL)),
  ADD CONSTRAINT "refunds_state_known" CHECK (state IN ('due', 'requested', 'succeeded', 'failed', 'replaced', 'written_off'));

ALTER TABLE "attention"
  ADD CONSTRAINT "attention_of_return_whole" CHECK ((rma IS NULL) = (attention IS NULL) AND (rma IS NULL OR id = rma || '/' || attention)),
  ADD CONSTRAINT "attention_reason_a_code" CHECK (reason ~ '^[a-z]+(_[a-z]+)*$'),
  ADD CONSTRAINT "attention_resolved_whole" CHECK ((resolved_at IS NULL) = (resolution IS NULL));

ALTER TABLE "journal"
  ADD CONSTRAINT "journal_version_positive" CHECK (version > 0),
  ADD CONSTRAINT "journal_events_array" CHECK (jsonb_typeof(events) = 'array');

ALTER TABLE "stock_entries"
  ADD CONSTRAINT "stock_entries_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "stock_entries_accounts_differ" CHECK (from_account <> to_account),
  ADD CONSTRAINT "stock_entries_accounts_known" CHECK (
    from_account IN ('customer', 'quarantine', 'inspected', 'sellable', 'disposed_of') AND
    to_account IN ('customer', 'quarantine', 'inspected', 'sellable', 'disposed_of'));

ALTER TABLE "money_entries"
  ADD CONSTRAINT "money_entries_amount_positive" CHECK (amount BETWEEN 1 AND 9007199254740991),
  ADD CONSTRAINT "money_entries_accounts_differ" CHECK (debit <> credit),
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'write_off') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'store_credit_liability', 'cash_clearing', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'carrier_costs', 'carrier_payable', 'write_off'));

-- No unit is ever held by two return lines.
ALTER TABLE "unit_holds"
  ADD CONSTRAINT "unit_holds_no_unit_twice" EXCLUDE USING gist (order_line_id WITH =, units WITH &&),
  ADD CONSTRAINT "unit_holds_pending_within_units" CHECK (pending <@ units),
  ADD CONSTRAINT "unit_holds_units_from_zero" CHECK (units <@ '{[0,)}'::int4multirange);

ALTER TABLE "intents"
  ADD CONSTRAINT "intents_kind_known" CHECK (kind IN ('label', 'pickup', 'claim', 'refund')),
  ADD CONSTRAINT "intents_attempts_positive" CHECK (attempts > 0),
  ADD CONSTRAINT "intents_reference_plain" CHECK (reference ~ '^[A-Za-z0-9:_-]+$');

ALTER TABLE "api_keys"
  ADD CONSTRAINT "api_keys_role_known" CHECK (role IN ('viewer', 'ops', 'lead', 'coordinator', 'admin')),
  ADD CONSTRAINT "api_keys_hash_hex" CHECK (hash ~ '^[0-9a-f]{64}$');

-- Partial, so that rows which are none of their business cost them nothing.
CREATE INDEX "returns_next_deadline_open" ON "returns" (next_deadline) WHERE next_deadline IS NOT NULL;
CREATE INDEX "return_items_lot" ON "return_items" (lot) WHERE lot IS NOT NULL;
CREATE INDEX "attention_open" ON "attention" (raised_at) WHERE resolved_at IS NULL;
CREATE INDEX "inbox_due" ON "inbox" (next_attempt_at) WHERE processed_at IS NULL AND dead_at IS NULL;
CREATE INDEX "inbox_done" ON "inbox" (processed_at) WHERE processed_at IS NOT NULL;
CREATE INDEX "outbox_done" ON "outbox" (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX "outbox_due" ON "outbox" (process, version, seq) WHERE delivered_at IS NULL AND dead_at IS NULL;

-- A line's fulfilled units are the sum of its fulfilments.
CREATE FUNCTION count_fulfilled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE order_lines SET fulfilled = fulfilled - OLD.quantity WHERE id = OLD.order_line_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE order_lines SET fulfilled = fulfilled + NEW.quantity WHERE id = NEW.order_line_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "fulfilments_counted" AFTER INSERT OR UPDATE OR DELETE ON "fulfilments"
  FOR EACH ROW EXECUTE FUNCTION count_fulfilled();

-- Only units that were sent out can be held, the row lock keeps the two sides from passing each other.
CREATE FUNCTION hold_within_fulfilled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sent int;
BEGIN
  SELECT fulfilled INTO sent FROM order_lines WHERE id = NEW.order_line_id FOR SHARE;
  IF upper(NEW.units) > sent THEN
    RAISE EXCEPTION 'units % of order line % are beyond the % that were sent out', NEW.units, NEW.order_line_id, sent
      USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_holds_within_fulfilled', TABLE = 'unit_holds';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "unit_holds_within_fulfilled" BEFORE INSERT ON "unit_holds"
  FOR EACH ROW EXECUTE FUNCTION hold_within_fulfilled();
CREATE TRIGGER "unit_holds_widened_within_fulfilled" BEFORE UPDATE ON "unit_holds"
  FOR EACH ROW WHEN (NOT NEW.units <@ OLD.units OR NEW.order_line_id <> OLD.order_line_id) EXECUTE FUNCTION hold_within_fulfilled();

CREATE FUNCTION fulfilled_covers_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM unit_holds WHERE order_line_id = NEW.id AND upper(units) > NEW.fulfilled) THEN
    RAISE EXCEPTION 'returns hold more units of order line % than the % that were sent out', NEW.id, NEW.fulfilled
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_lines_fulfilled_covers_holds', TABLE = 'order_lines';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "order_lines_fulfilled_covers_holds" AFTER UPDATE OF fulfilled ON "order_lines"
  FOR EACH ROW WHEN (NEW.fulfilled < OLD.fulfilled) EXECUTE FUNCTION fulfilled_covers_holds();

-- Journal and ledgers are never changed: a mistake is reversed by another entry. A policy's version is frozen likewise.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER "journal_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "stock_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "stock_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "money_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "money_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "policies_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "policies"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
