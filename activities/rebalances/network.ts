import type { PoolClient } from 'pg';
import type { ExitPrice } from '../../domain/rebalance/plan/explain.ts';
import type {
  Edit,
  Lane,
  Network,
  PlanTerms,
  Position,
  SpareTrip,
  UnitSize,
} from '../../domain/rebalance/plan/network.ts';

/** What a plan of a rebalancing is made of: its positions and trips, and lanes and sizes as they are now. */
export async function networkOf(
  client: PoolClient,
  {
    number,
    currency,
    terms,
    edits,
  }: {
    readonly number: string;
    readonly currency: string;
    readonly terms: PlanTerms;
    readonly edits: readonly Edit[];
  },
  skus: readonly string[] | null = null,
): Promise<Network> {
  const { rows: positions } = await client.query<Position>(
    `SELECT sku, facility, on_hand AS "onHand", supply, demand, minimum, maximum, value::float8 AS value
      FROM rebalance_positions WHERE number = $1 AND ($2::text[] IS NULL OR sku = ANY ($2)) ORDER BY sku, facility`,
    [number, skus],
  );
  const { rows: lanes } = await client.query<Lane>(
    `SELECT origin, destination, per_unit::float8 AS "perUnit", per_shipment::float8 AS "perShipment", days, capacity
      FROM lanes WHERE currency = $1 ORDER BY origin, destination`,
    [currency],
  );
  const { rows: trips } = await client.query<SpareTrip>(
    `SELECT trip, stops, legs, per_unit::float8 AS "perUnit", days FROM rebalance_trips WHERE number = $1 ORDER BY trip`,
    [number],
  );
  const { rows: sizes } = await client.query<UnitSize>(
    `SELECT sku, millilitres, grams FROM sku_facts
      WHERE millilitres IS NOT NULL AND sku IN (SELECT sku FROM rebalance_positions WHERE number = $1) ORDER BY sku`,
    [number],
  );
  return { positions, lanes, trips, sizes, edits, terms };
}

/** What SKUs of a rebalancing bring where nobody needs them. */
export async function exitPrices(client: PoolClient, number: string, currency: string): Promise<readonly ExitPrice[]> {
  const { rows } = await client.query<ExitPrice>(
    `SELECT sku, exit, "perUnit"::float8 AS "perUnit" FROM sku_facts
        CROSS JOIN LATERAL (VALUES ('vendor_return', vendor_return), ('liquidation', liquidation), ('markdown', markdown))
          AS priced(exit, "perUnit")
      WHERE currency = $2 AND "perUnit" IS NOT NULL AND sku IN (SELECT sku FROM rebalance_positions WHERE number = $1)
      ORDER BY sku, exit`,
    [number, currency],
  );
  return rows;
}
