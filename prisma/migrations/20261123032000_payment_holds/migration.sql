-- Amounts that are held on buyers' cards while goods are out for others that are to come back.
CREATE TABLE "payment_holds" (
    "rma" TEXT NOT NULL,
    "hold" TEXT NOT NULL,
    "payment" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "taken" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "provider_id" TEXT,

    CONSTRAINT "payment_holds_pkey" PRIMARY KEY ("rma", "hold")
);
ALTER TABLE "payment_holds" ADD CONSTRAINT "payment_holds_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_holds"
  ADD CONSTRAINT "payment_holds_state_known" CHECK (state IN ('wanted', 'held', 'refused', 'capturing', 'captured', 'lapsed', 'releasing', 'released')),
  ADD CONSTRAINT "payment_holds_amount" CHECK (amount BETWEEN 1 AND 9007199254740991),
  -- Never more is taken than was held.
  ADD CONSTRAINT "payment_holds_taken_within" CHECK (taken BETWEEN 0 AND amount),
  ADD CONSTRAINT "payment_holds_taken_while_taken" CHECK ((taken > 0) = (state IN ('capturing', 'captured'))),
  ADD CONSTRAINT "payment_holds_known_while_held" CHECK (provider_id IS NOT NULL OR state NOT IN ('held', 'capturing', 'captured', 'lapsed'));

ALTER TABLE "intents"
  DROP CONSTRAINT "intents_kind_known",
  ADD CONSTRAINT "intents_kind_known" CHECK (kind IN ('label', 'pickup', 'claim', 'refund', 'hold', 'capture'));
