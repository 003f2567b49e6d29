-- Where a consignee's machines are told instead of by mail, and what signs what they are told.
CREATE TABLE "consignee_webhooks" (
    "consignee" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consignee_webhooks_pkey" PRIMARY KEY ("consignee")
);
ALTER TABLE "consignee_webhooks" ADD CONSTRAINT "consignee_webhooks_consignee_fkey" FOREIGN KEY ("consignee") REFERENCES "consignees"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A notice may have left and come back.
ALTER TABLE "notices"
  DROP CONSTRAINT "notices_sent_whole",
  ADD CONSTRAINT "notices_sent_whole" CHECK (state = 'bounced' OR (state IN ('sent', 'withheld')) = (sent_at IS NOT NULL));
