-- Units that went off a trip stand beside those that came on, so that what is gone between the two can be seen.
ALTER TABLE "trip_loads" ADD COLUMN     "delivered" INTEGER;
UPDATE "trip_loads" SET delivered = collected WHERE state = 'delivered';
ALTER TABLE "trip_loads" ADD CONSTRAINT "trip_loads_delivered" CHECK ((delivered IS NOT NULL) = (state = 'delivered') AND (delivered IS NULL OR (collected IS NOT NULL AND delivered BETWEEN 0 AND collected)));
