-- CreateTable
CREATE TABLE "stock_limits" (
    "sku" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "minimum" INTEGER NOT NULL,
    "maximum" INTEGER NOT NULL,
    "value" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "stock_limits_pkey" PRIMARY KEY ("sku","facility")
);

-- CreateTable
CREATE TABLE "demand_forecasts" (
    "sku" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "days" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "demand_forecasts_pkey" PRIMARY KEY ("sku","facility","from_day")
);

-- CreateTable
CREATE TABLE "lanes" (
    "origin" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "per_unit" BIGINT NOT NULL,
    "per_shipment" BIGINT NOT NULL,
    "days" INTEGER NOT NULL,
    "capacity" INTEGER,

    CONSTRAINT "lanes_pkey" PRIMARY KEY ("origin","destination")
);

-- CreateTable
CREATE TABLE "sku_facts" (
    "sku" TEXT NOT NULL,
    "millilitres" INTEGER,
    "grams" INTEGER,
    "currency" CHAR(3),
    "vendor_return" BIGINT,
    "liquidation" BIGINT,
    "markdown" BIGINT,

    CONSTRAINT "sku_facts_pkey" PRIMARY KEY ("sku")
);

-- CreateTable
CREATE TABLE "rebalances" (
    "number" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "horizon_days" INTEGER NOT NULL,
    "plan" INTEGER NOT NULL,
    "edits" INTEGER NOT NULL,
    "positions" INTEGER,
    "lines" INTEGER,
    "units" INTEGER,
    "transfers" INTEGER,
    "cost" BIGINT,
    "saving" BIGINT,
    "most_saving" BIGINT,
    "excess" INTEGER,
    "excess_worth" BIGINT,
    "started" INTEGER NOT NULL,
    "ended" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "lost" INTEGER NOT NULL,

    CONSTRAINT "rebalances_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "rebalance_trips" (
    "number" TEXT NOT NULL,
    "trip" TEXT NOT NULL,
    "per_unit" BIGINT NOT NULL,
    "days" INTEGER NOT NULL,
    "stops" JSONB NOT NULL,
    "legs" JSONB NOT NULL,

    CONSTRAINT "rebalance_trips_pkey" PRIMARY KEY ("number","trip")
);

-- CreateTable
CREATE TABLE "rebalance_positions" (
    "number" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "on_hand" INTEGER NOT NULL,
    "supply" INTEGER NOT NULL,
    "demand" INTEGER NOT NULL,
    "minimum" INTEGER NOT NULL,
    "maximum" INTEGER NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "rebalance_positions_pkey" PRIMARY KEY ("number","sku","facility")
);

-- CreateTable
CREATE TABLE "rebalance_lines" (
    "number" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "plan" INTEGER NOT NULL,
    "transfer" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "trip" TEXT,
    "quantity" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "from_excess" BOOLEAN NOT NULL,
    "days" INTEGER NOT NULL,
    "cost" BIGINT NOT NULL,
    "saving" BIGINT NOT NULL,

    CONSTRAINT "rebalance_lines_pkey" PRIMARY KEY ("number","line")
);

-- CreateTable
CREATE TABLE "rebalance_leftovers" (
    "number" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "facility" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "exit" TEXT,
    "worth" BIGINT NOT NULL,

    CONSTRAINT "rebalance_leftovers_pkey" PRIMARY KEY ("number","sku","facility")
);

-- CreateTable
CREATE TABLE "rebalance_transfers" (
    "number" TEXT NOT NULL,
    "transfer" INTEGER NOT NULL,
    "started" TEXT,
    "refusal" TEXT,

    CONSTRAINT "rebalance_transfers_pkey" PRIMARY KEY ("number","transfer")
);

-- CreateIndex
CREATE INDEX "rebalance_lines_number_transfer_idx" ON "rebalance_lines"("number", "transfer");

-- AddForeignKey
ALTER TABLE "stock_limits" ADD CONSTRAINT "stock_limits_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "demand_forecasts" ADD CONSTRAINT "demand_forecasts_facility_fkey" FOREIGN KEY ("facility") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lanes" ADD CONSTRAINT "lanes_origin_fkey" FOREIGN KEY ("origin") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lanes" ADD CONSTRAINT "lanes_destination_fkey" FOREIGN KEY ("destination") REFERENCES "facilities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rebalances" ADD CONSTRAINT "rebalances_number_fkey" FOREIGN KEY ("number") REFERENCES "network_processes"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Constraints that no schema can say
ALTER TABLE "stock_limits"
  ADD CONSTRAINT "stock_limits_in_order" CHECK (0 <= minimum AND minimum <= maximum AND value >= 0),
  ADD CONSTRAINT "stock_limits_currency_iso" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "demand_forecasts" ADD CONSTRAINT "demand_forecasts_bounded" CHECK (days BETWEEN 1 AND 366 AND quantity >= 0);
ALTER TABLE "lanes"
  ADD CONSTRAINT "lanes_between_two" CHECK (origin <> destination),
  ADD CONSTRAINT "lanes_bounded" CHECK (per_unit >= 0 AND per_shipment >= 0 AND days >= 0 AND capacity >= 0),
  ADD CONSTRAINT "lanes_currency_iso" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "sku_facts"
  ADD CONSTRAINT "sku_facts_size_whole" CHECK ((millilitres IS NULL) = (grams IS NULL) AND millilitres > 0 AND grams > 0),
  ADD CONSTRAINT "sku_facts_prices_whole" CHECK ((currency IS NULL) = (num_nonnulls(vendor_return, liquidation, markdown) = 0)
    AND vendor_return >= 0 AND liquidation >= 0 AND markdown >= 0),
  ADD CONSTRAINT "sku_facts_currency_iso" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "rebalances"
  ADD CONSTRAINT "rebalances_plan_whole" CHECK (
    num_nonnulls(positions, lines, units, transfers, cost, saving, most_saving, excess, excess_worth) IN (0, 9)),
  ADD CONSTRAINT "rebalances_counts" CHECK (plan > 0 AND 0 <= ended AND ended <= started AND late >= 0 AND received >= 0 AND lost >= 0);
ALTER TABLE "rebalance_lines"
  ADD CONSTRAINT "rebalance_lines_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "rebalance_lines_why_known" CHECK (why IN ('runs_out', 'below_minimum', 'fixed'));
ALTER TABLE "rebalance_leftovers"
  ADD CONSTRAINT "rebalance_leftovers_quantity_positive" CHECK (quantity > 0),
  ADD CONSTRAINT "rebalance_leftovers_exit_known" CHECK (exit IN ('vendor_return', 'liquidation', 'markdown'));
ALTER TABLE "rebalance_transfers" ADD CONSTRAINT "rebalance_transfers_one_end" CHECK (num_nonnulls(started, refusal) = 1);
