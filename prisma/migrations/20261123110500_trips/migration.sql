-- AlterTable
ALTER TABLE "facilities" ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION,
ADD COLUMN     "receiving_units_a_day" INTEGER;
ALTER TABLE "facilities"
  ADD CONSTRAINT "facilities_place_whole" CHECK ((latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
  ADD CONSTRAINT "facilities_receiving_positive" CHECK (receiving_units_a_day > 0);

-- AlterTable
ALTER TABLE "pickups" ADD COLUMN     "load" TEXT,
ADD COLUMN     "trip" TEXT;
ALTER TABLE "pickups" ADD CONSTRAINT "pickups_trip_whole" CHECK ((trip IS NULL) = (load IS NULL));

-- CreateTable
CREATE TABLE "trips" (
    "number" TEXT NOT NULL,
    "depot" TEXT NOT NULL,
    "vehicle" TEXT,
    "currency" CHAR(3) NOT NULL,
    "departs_at" TIMESTAMPTZ(3) NOT NULL,
    "returns_at" TIMESTAMPTZ(3) NOT NULL,
    "volume_litres" INTEGER NOT NULL,
    "weight_grams" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "departed_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),

    CONSTRAINT "trips_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "trips_room_positive" CHECK (volume_litres > 0 AND weight_grams > 0),
    CONSTRAINT "trips_times_in_order" CHECK (departs_at < returns_at),
    CONSTRAINT "trips_back_after_left" CHECK (returned_at IS NULL OR departed_at IS NOT NULL)
);

-- CreateTable
CREATE TABLE "trip_stops" (
    "number" TEXT NOT NULL,
    "stop" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "facility" TEXT,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "opens" TIMESTAMPTZ(3) NOT NULL,
    "closes" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "added" BOOLEAN NOT NULL,
    "planned_at" TIMESTAMPTZ(3),
    "arrived_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,

    CONSTRAINT "trip_stops_pkey" PRIMARY KEY ("number","stop"),
    CONSTRAINT "trip_stops_state_known" CHECK (state IN ('planned', 'visited', 'missed', 'dropped')),
    CONSTRAINT "trip_stops_place" CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
    CONSTRAINT "trip_stops_whole" CHECK (position >= 0 AND minutes >= 0 AND opens <= closes),
    CONSTRAINT "trip_stops_planned" CHECK (planned_at IS NOT NULL OR state = 'dropped'),
    CONSTRAINT "trip_stops_arrived" CHECK ((arrived_at IS NOT NULL) = (state = 'visited')),
    CONSTRAINT "trip_stops_added_dropped" CHECK (added OR state <> 'dropped')
);

-- CreateTable
CREATE TABLE "trip_loads" (
    "number" TEXT NOT NULL,
    "load" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "candidate" TEXT,
    "on_stop" TEXT NOT NULL,
    "off_stop" TEXT NOT NULL,
    "volume_litres" INTEGER NOT NULL,
    "weight_grams" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,
    "goods" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "collected" INTEGER,
    "code" TEXT,
    "carrier_price" BIGINT,
    "cost" BIGINT,

    CONSTRAINT "trip_loads_pkey" PRIMARY KEY ("number","load"),
    CONSTRAINT "trip_loads_kind_known" CHECK (kind IN ('forward', 'return', 'transfer', 'packaging', 'recall')),
    CONSTRAINT "trip_loads_goods_known" CHECK (goods IN ('sellable', 'food', 'returned', 'packaging', 'contaminated', 'recalled', 'hazardous')),
    CONSTRAINT "trip_loads_state_known" CHECK (state IN ('planned', 'aboard', 'delivered', 'brought_back', 'failed', 'unplaced', 'moved', 'given_back', 'withdrawn')),
    CONSTRAINT "trip_loads_offered_whole" CHECK ((candidate IS NULL) = (carrier_price IS NULL) AND (candidate IS NULL) = (cost IS NULL) AND carrier_price >= 0 AND cost >= 0),
    CONSTRAINT "trip_loads_collected" CHECK (collected BETWEEN 0 AND units AND (collected IS NOT NULL OR state NOT IN ('aboard', 'delivered', 'brought_back'))),
    CONSTRAINT "trip_loads_size" CHECK (volume_litres >= 0 AND weight_grams >= 0 AND units > 0 AND on_stop <> off_stop)
);

-- CreateIndex
CREATE INDEX "trips_departs_at_number_idx" ON "trips"("departs_at", "number");
CREATE INDEX "trip_stops_facility_planned_at_idx" ON "trip_stops"("facility", "planned_at");
CREATE INDEX "trip_loads_candidate_idx" ON "trip_loads"("candidate");
CREATE INDEX "trip_loads_reference_idx" ON "trip_loads"("reference");

-- AddForeignKey
ALTER TABLE "trips" ADD CONSTRAINT "trips_number_fkey" FOREIGN KEY ("number") REFERENCES "network_processes"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trips" ADD CONSTRAINT "trips_depot_fkey" FOREIGN KEY ("depot") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trip_stops" ADD CONSTRAINT "trip_stops_number_fkey" FOREIGN KEY ("number") REFERENCES "trips"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trip_stops" ADD CONSTRAINT "trip_stops_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trip_loads" ADD CONSTRAINT "trip_loads_number_fkey" FOREIGN KEY ("number") REFERENCES "trips"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
