-- The outbox is looked at once a second for what is due, however much waits for a receiver who is down.
CREATE INDEX "outbox_next_attempt" ON "outbox" (next_attempt_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
