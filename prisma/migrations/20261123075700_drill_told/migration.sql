-- To whom the result of a drill was sent, so that another attempt is for the others.
ALTER TABLE "recall_drills" ADD COLUMN     "told" TEXT[] DEFAULT ARRAY[]::TEXT[];
