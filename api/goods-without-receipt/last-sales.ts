import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';

/** What the sales of an SKU say of it: the least that a unit brought of late, in minor units, and what the last one was like. */
export type LastSale = {
  readonly sku: string;
  readonly title: string;
  readonly category: string;
  readonly hygiene: boolean;
  readonly hazardous: boolean;
  readonly recalled: boolean;
  readonly lotControlled: boolean;
  readonly dataBearing: boolean;
  readonly unitCost: bigint;
  readonly unitWeightGrams: number;
  readonly lowestPrice: number;
  readonly lowestTax: number;
};

/**
 * Of each SKU that was sold in the currency within the days. The lowest price is what was paid for a unit, its discount
 * taken off, rounded down; its tax is that of the same sale. One recalled sale makes all of them recalled, as nobody knows
 * of which lot these are.
 */
export const lastSales = (
  db: PrismaClient,
  currency: string,
  skus: readonly string[],
  days: number,
): Promise<readonly LastSale[]> => db.$queryRaw<LastSale[]>`
  WITH sold AS (
    SELECT l.*, o.placed_at, (l.price - l.discount) / l.quantity AS unit_price, l.tax / l.quantity AS unit_tax
    FROM order_lines l JOIN orders o ON o.id = l.order_id
    WHERE l.sku IN (${Prisma.join([...new Set(skus)])}) AND o.kind = 'sale' AND o.currency = ${currency}
      AND o.placed_at > now() - make_interval(days => ${days}))
  SELECT DISTINCT ON (last.sku) last.sku, last.title, last.category, last.hygiene, last.hazardous,
    bool_or(last.recalled) OVER (PARTITION BY last.sku) AS recalled, last.lot_controlled AS "lotControlled",
    last.data_bearing AS "dataBearing", last.unit_cost AS "unitCost", last.unit_weight_grams AS "unitWeightGrams",
    low.unit_price::float8 AS "lowestPrice", low.unit_tax::float8 AS "lowestTax"
  FROM sold last JOIN LATERAL (
    SELECT unit_price, unit_tax FROM sold WHERE sku = last.sku ORDER BY unit_price + unit_tax, unit_price LIMIT 1) low ON true
  ORDER BY last.sku, last.placed_at DESC, last.id`;
