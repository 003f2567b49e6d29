-- AlterTable
ALTER TABLE "policies" ADD COLUMN     "published_by" TEXT;

-- CreateTable
CREATE TABLE "policy_drafts" (
    "policy" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "based_on" INTEGER,
    "revision" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_drafts_pkey" PRIMARY KEY ("policy")
);

ALTER TABLE "policy_drafts"
  ADD CONSTRAINT "policy_drafts_revision_positive" CHECK (revision > 0),
  ADD CONSTRAINT "policy_drafts_document_is_the_draft" CHECK (document->>'id' = policy AND document->>'program' = program);
