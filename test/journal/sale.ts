import type pg from 'pg';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import type { Policy } from '../../domain/policy/policy.ts';

/** The default policy without fees, review thresholds or returnless refunds, but for what a test says. */
export const aPlainPolicy = (changes: Partial<Policy> = {}): Policy => ({
  ...defaultCustomerPolicy,
  id: 'plain',
  fees: { restockingBasisPoints: 0, returnShipping: {}, waivedFor: [] },
  diminishedValueBasisPoints: { A: 0, B: 0, C: 0, D: 0 },
  returnlessUpTo: {},
  review: { aboveAmount: {}, frequentReturns: { count: 1000, days: 90 } },
  ...changes,
});

export type Sale = {
  readonly order?: string;
  readonly buyer?: string;
  readonly quantity?: number;
  readonly fulfilled?: number;
  /** Of one unit. */
  readonly price?: number;
  readonly lines?: number;
  /** Amounts captured; one payment of the whole price by default. */
  readonly captured?: readonly number[];
  /** That the sale is frozen to; the plain one, as the one in effect, by default. */
  readonly policy?: Policy;
  /** When all of it was shipped and delivered, ISO 8601; now by default. */
  readonly delivered?: string;
};

/** Stores one order as import would: line `O-1:1`, payment `O-1:P1`, and what they refer to. */
export async function aSale(pool: pg.Pool, sale: Sale = {}): Promise<string> {
  const {
    order = 'O-1',
    buyer = `B-${order}`,
    quantity = 3,
    fulfilled = quantity,
    price = 1000,
    lines = 1,
    policy = aPlainPolicy(),
    delivered = new Date().toISOString(),
  } = sale;
  const captured = sale.captured ?? [quantity * price * lines];
  const run = (sql: string, values: unknown[]) => pool.query(sql, values);
  await run(`INSERT INTO buyers (id) VALUES ($1) ON CONFLICT DO NOTHING`, [buyer]);
  await run(
    `INSERT INTO facilities (id, name, zone, street1, city, zip, country)
     VALUES ('RC-1', 'Return centre 1', 'Europe/Berlin', '417 Montgomery Street', 'San Francisco', '94104', 'US') ON CONFLICT DO NOTHING`,
    [],
  );
  await run(
    `INSERT INTO policies (id, version, program, document, effective_from) VALUES ($1, $2, $3, $4, '2026-01-01') ON CONFLICT DO NOTHING`,
    [policy.id, policy.version, policy.program, JSON.stringify(policy)],
  );
  await run(
    `INSERT INTO orders (id, channel, currency, country, buyer_id, placed_at, policy_id, policy_version)
     VALUES ($1, 'web', 'EUR', 'DE', $2, '2026-02-25', $3, $4)`,
    [order, buyer, sale.policy?.id, sale.policy?.version],
  );
  for (let number = 1; number <= lines; number += 1) {
    const id = `${order}:${number}`;
    await run(
      `INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price, unit_cost, unit_weight_grams)
       VALUES ($1, $2, $3, $4, 'A mug', 'kitchen', $5, $6, 400, 350)`,
      [id, order, number, `MUG-${number}`, quantity, quantity * price],
    );
    if (fulfilled > 0) {
      await run(
        `INSERT INTO fulfilments (id, order_line_id, quantity, shipped_at, delivered_at) VALUES ($1, $2, $3, $4, $4)`,
        [`${id}:F1`, id, fulfilled, delivered],
      );
    }
  }
  for (const [index, amount] of captured.entries()) {
    await run(
      `INSERT INTO payments (id, order_id, provider_payment_id, currency, captured) VALUES ($1, $2, $3, 'EUR', $4)`,
      [`${order}:P${index + 1}`, order, `pi_${order}_${index + 1}`, amount],
    );
  }
  return order;
}
