-- AlterTable
ALTER TABLE "facilities" ADD COLUMN     "capabilities" TEXT[] DEFAULT ARRAY[]::TEXT[];

ALTER TABLE "facilities"
  ADD CONSTRAINT "facilities_capabilities_named" CHECK (array_position(capabilities, '') IS NULL AND array_position(capabilities, NULL) IS NULL);
