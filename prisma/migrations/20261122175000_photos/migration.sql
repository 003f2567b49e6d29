-- CreateTable
CREATE TABLE "photos" (
    "rma" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "taken_by" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "photos_pkey" PRIMARY KEY ("rma","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "photos_rma_sha256_key" ON "photos"("rma", "sha256");

-- AddForeignKey
ALTER TABLE "photos" ADD CONSTRAINT "photos_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A return has at most 40 numbers to give; what is erased doesn't give its number back.
ALTER TABLE "photos"
    ADD CONSTRAINT "photos_number_bounded" CHECK ("number" BETWEEN 1 AND 40),
    ADD CONSTRAINT "photos_content_type_known" CHECK ("content_type" IN ('image/jpeg', 'image/png', 'image/webp')),
    ADD CONSTRAINT "photos_bytes_bounded" CHECK (octet_length("bytes") BETWEEN 1 AND 5242880),
    ADD CONSTRAINT "photos_sha256_of_bytes" CHECK ("sha256" = encode(sha256("bytes"), 'hex'));

-- They are compressed already: another try at it only costs time.
ALTER TABLE "photos" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
