-- Goods of several orders in one parcel: those of the others go along with the return that has the label.
ALTER TABLE "returns" DROP CONSTRAINT "returns_method_known";
ALTER TABLE "returns" ADD CONSTRAINT "returns_method_known" CHECK (method IN ('drop_off', 'pickup', 'counter', 'freight', 'along'));
