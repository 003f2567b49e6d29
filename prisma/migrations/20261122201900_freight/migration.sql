-- Goods may come by freight that their sender arranges.
ALTER TABLE "returns" DROP CONSTRAINT "returns_method_known";
ALTER TABLE "returns" ADD CONSTRAINT "returns_method_known" CHECK (method IN ('drop_off', 'pickup', 'counter', 'freight'));
