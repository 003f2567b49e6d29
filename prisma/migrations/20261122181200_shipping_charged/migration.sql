-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "shipping_charged" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE "orders" ADD CONSTRAINT "orders_shipping_charged_amount" CHECK (shipping_charged BETWEEN 0 AND 9007199254740991);
