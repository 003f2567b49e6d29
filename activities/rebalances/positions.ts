import type { PoolClient } from 'pg';

/**
 * Takes down how stock stands, once for a rebalancing: a second time changes nothing. What is planned for is what has limits in its currency;
 * what is kept for buyers and transfers, or stopped, isn't on hand; goods of returns that are to be put away, and what transfers bring
 * within the horizon, are supply. So a plan that is made while another is carried out doesn't send the same again.
 */
export async function takePositions(
  client: PoolClient,
  {
    number,
    currency,
    horizonDays,
  }: { readonly number: string; readonly currency: string; readonly horizonDays: number },
): Promise<void> {
  const { rows } = await client.query('SELECT FROM rebalance_positions WHERE number = $1 LIMIT 1', [number]);
  if (rows.length > 0) return;
  await client.query(
    `INSERT INTO rebalance_positions (number, sku, facility, on_hand, supply, demand, minimum, maximum, value)
      SELECT $1, sku, facility, greatest(0, coalesce(on_hand - reserved - stopped_units(level), 0) - coalesce(asked.quantity, 0)),
        least(coalesce(returned.quantity, 0) + coalesce(coming.quantity, 0), 1000000000),
        least(coalesce(forecast.quantity, 0), 1000000000), minimum, maximum, value
      FROM stock_limits
        LEFT JOIN stock_levels level USING (sku, facility)
        LEFT JOIN (
          SELECT i.sku, r.facility, sum(i.quantity) AS quantity FROM return_items i JOIN returns r USING (rma)
          WHERE i.disposition = 'restock' AND i.stage = 'disposing' GROUP BY i.sku, r.facility
        ) AS returned USING (sku, facility)
        LEFT JOIN (
          SELECT sku, facility, sum(units) AS quantity FROM transfers_under_way
          WHERE arrive_by < now() + make_interval(days => $3) GROUP BY sku, facility
        ) AS coming USING (sku, facility)
        LEFT JOIN (
          SELECT sku, origin AS facility, sum(asked) AS quantity FROM transfers_under_way GROUP BY sku, origin
        ) AS asked USING (sku, facility)
        LEFT JOIN (
          SELECT sku, facility, ceil(sum(quantity::numeric * greatest(0, least(from_day + days, current_date + $3::int)
            - greatest(from_day, current_date)) / days)) AS quantity
          FROM demand_forecasts WHERE from_day < current_date + $3::int AND from_day + days > current_date GROUP BY sku, facility
        ) AS forecast USING (sku, facility)
      WHERE currency = $2`,
    [number, currency, horizonDays],
  );
}
