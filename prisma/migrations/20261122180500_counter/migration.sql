-- Goods may be brought to a store's counter.
ALTER TABLE "returns" DROP CONSTRAINT "returns_method_known";
ALTER TABLE "returns" ADD CONSTRAINT "returns_method_known" CHECK (method IN ('drop_off', 'pickup', 'counter'));
