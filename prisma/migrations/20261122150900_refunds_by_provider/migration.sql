-- A payment's webhook that lacks our reference is found by the provider's id. Without this index every such lookup, also
-- one by reference, read all refunds there ever were, as both are asked for in one statement.
CREATE INDEX "refunds_provider_id" ON "refunds" (provider_id) WHERE provider_id IS NOT NULL;
