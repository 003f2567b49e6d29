-- Who was given goods brings them back: by a token of the order, of which only the hash is kept, or by its postcode.
ALTER TABLE "orders" ADD COLUMN "gift_token_hash" TEXT;
CREATE UNIQUE INDEX "orders_gift_token_hash_key" ON "orders"("gift_token_hash");
ALTER TABLE "returns" ADD COLUMN "gift" BOOLEAN NOT NULL DEFAULT false;
