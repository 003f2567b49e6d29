import type { Pool } from 'pg';
import { defaultCustomerPolicy } from '../domain/policy/default-customer.ts';
import { sandboxHand } from '../local/sandbox/hand.ts';

/** A sale of one unit, delivered some days ago and paid by card: what every return of the benchmark is about. */
export type Sale = { readonly order: string; readonly orderLine: string; readonly sku: string };

export const facility = 'BENCH-DC';
const amount = 4_999;
const perBatch = 500;

/** Puts sales into the database and their payments into the sandbox, as an import would have. */
export async function makeSales(pool: Pool, sandboxUrl: string, count: number): Promise<readonly Sale[]> {
  const { id, version, program } = defaultCustomerPolicy;
  await pool.query(
    `INSERT INTO policies (id, version, program, document, effective_from) VALUES ($1, $2, $3, $4, '2020-01-01')`,
    [id, version, program, JSON.stringify(defaultCustomerPolicy)],
  );
  await pool.query(
    `INSERT INTO facilities (id, name, zone, street1, city, zip, country)
     VALUES ($1, 'Benchmark DC', 'Europe/Amsterdam', 'Havenweg 1', 'Rotterdam', '3011 AA', 'NL')`,
    [facility],
  );
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  for (let from = 0; from < count; from += perBatch)
    await makeBatch(pool, sandboxUrl, numbers.slice(from, from + perBatch));
  await pool.query('ANALYZE');
  return numbers.map((n) => ({ order: `O-${n}`, orderLine: `O-${n}-1`, sku: skuOf(n) }));
}

const skuOf = (n: number) => `SKU-${n % 200}`;

async function makeBatch(pool: Pool, sandboxUrl: string, numbers: readonly number[]): Promise<void> {
  const paid = await sandboxHand(sandboxUrl).pay(
    numbers.map((n) => ({ reference: `O-${n}`, amount, currency: 'EUR' })),
  );
  await pool.query(
    `WITH n AS (
       SELECT * FROM jsonb_to_recordset($1) AS n("order" text, sku text, intent text)),
     buyers AS (INSERT INTO buyers (id) SELECT 'B-' || "order" FROM n),
     contacts AS (
       INSERT INTO contacts (id, name, street1, city, zip, country)
       SELECT 'C-' || "order", 'A Buyer', 'Kerkstraat 12', 'Utrecht', '3511 AB', 'NL' FROM n),
     orders AS (
       INSERT INTO orders (id, channel, currency, country, buyer_id, contact_id, placed_at)
       SELECT "order", 'web', 'EUR', 'NL', 'B-' || "order", 'C-' || "order", now() - interval '8 days' FROM n),
     lines AS (
       INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price, discount, tax, unit_cost, unit_weight_grams)
       SELECT "order" || '-1', "order", 1, sku, 'A shirt', 'apparel', 1, 4132, 0, 867, 1500, 600 FROM n),
     fulfilments AS (
       INSERT INTO fulfilments (id, order_line_id, quantity, shipped_at, delivered_at)
       SELECT "order" || '-F1', "order" || '-1', 1, now() - interval '7 days', now() - interval '5 days' FROM n)
     INSERT INTO payments (id, order_id, provider_payment_id, currency, captured)
     SELECT "order" || '-P1', "order", intent, 'EUR', $2 FROM n`,
    [JSON.stringify(numbers.map((n, index) => ({ order: `O-${n}`, sku: skuOf(n), intent: paid[index] }))), amount],
  );
}
