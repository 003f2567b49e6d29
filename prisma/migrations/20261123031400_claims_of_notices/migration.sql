-- Until when an attempt may be sending a notice that it has claimed; null where none is. Another leaves it alone until then.
ALTER TABLE "notices" ADD COLUMN "claimed_until" TIMESTAMPTZ(3);
ALTER TABLE "notices" ADD CONSTRAINT "notices_claimed_while_open" CHECK (claimed_until IS NULL OR state = 'claimed');
