-- AlterTable
ALTER TABLE "attention" ADD COLUMN     "resolved_by" TEXT;
