-- What buyers owe, and agreed to have charged to the card that paid: once a claim.
CREATE TABLE "card_charges" (
    "rma" TEXT NOT NULL,
    "clawback" TEXT NOT NULL,
    "payment" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "provider_id" TEXT,

    CONSTRAINT "card_charges_pkey" PRIMARY KEY ("rma", "clawback")
);
ALTER TABLE "card_charges" ADD CONSTRAINT "card_charges_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card_charges"
  ADD CONSTRAINT "card_charges_state_known" CHECK (state IN ('due', 'succeeded', 'failed')),
  ADD CONSTRAINT "card_charges_amount" CHECK (amount BETWEEN 1 AND 9007199254740991),
  ADD CONSTRAINT "card_charges_known_once_made" CHECK ((state = 'succeeded') = (provider_id IS NOT NULL));

ALTER TABLE "intents"
  DROP CONSTRAINT "intents_kind_known",
  ADD CONSTRAINT "intents_kind_known" CHECK (kind IN ('label', 'pickup', 'claim', 'refund', 'hold', 'capture', 'charge'));
