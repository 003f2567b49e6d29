-- CreateTable
CREATE TABLE "parcel_labels" (
    "rma" TEXT NOT NULL,
    "parcel" TEXT NOT NULL,
    "url" TEXT NOT NULL,

    CONSTRAINT "parcel_labels_pkey" PRIMARY KEY ("rma","parcel")
);
