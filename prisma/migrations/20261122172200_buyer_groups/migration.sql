-- AlterTable
ALTER TABLE "buyers" ADD COLUMN     "buyer_group" TEXT;

ALTER TABLE "buyers" ADD CONSTRAINT "buyers_group_named" CHECK (buyer_group <> '');
