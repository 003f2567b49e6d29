-- CreateTable
CREATE TABLE "erased_photos" (
    "rma" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "erased_by" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_photos_pkey" PRIMARY KEY ("rma","number")
);

-- AddForeignKey
ALTER TABLE "erased_photos" ADD CONSTRAINT "erased_photos_rma_fkey" FOREIGN KEY ("rma") REFERENCES "returns"("rma") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A number that was given away is used up: a link to an erased photo never shows another.
CREATE FUNCTION photo_number_is_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM erased_photos WHERE rma = NEW.rma AND number = NEW.number) THEN
        RAISE EXCEPTION 'photo % of return % was erased', NEW.number, NEW.rma
            USING ERRCODE = 'check_violation', CONSTRAINT = 'photos_number_not_erased', TABLE = 'photos';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "photos_number_not_erased" BEFORE INSERT ON "photos" FOR EACH ROW EXECUTE FUNCTION photo_number_is_new();

ALTER TABLE "photos"
    DROP CONSTRAINT "photos_number_bounded",
    ADD CONSTRAINT "photos_number_bounded" CHECK ("number" BETWEEN 1 AND 1000);

ALTER TABLE "credit_memo_disputes"
    ADD CONSTRAINT "credit_memo_disputes_number_bounded" CHECK ("dispute" BETWEEN 1 AND 1000);
