import type { Pool } from 'pg';
import { defaultPolicies } from '../../domain/policy/defaults.ts';

const DAY_MS = 86_400_000;

/** The facility and the policy that a company's return needs: what an installation has before its first order. */
export async function prepareBusiness(pool: Pool): Promise<void> {
  await pool.query(
    `INSERT INTO facilities (id, name, zone, street1, city, zip, country)
     VALUES ('BENCH-DC', 'Benchmark DC', 'Europe/Amsterdam', 'Havenweg 1', 'Rotterdam', '3011 AA', 'NL')`,
  );
  for (const policy of defaultPolicies.filter(({ program }) => program === 'business')) {
    await pool.query(
      `INSERT INTO policies (id, version, program, document, effective_from) VALUES ($1, $2, $3, $4, '2020-01-01')`,
      [policy.id, policy.version, policy.program, JSON.stringify(policy)],
    );
  }
}

/** Files of one purchase: the order, what is asked back of it, and two deliveries. Each line is 12 units of a lot, of which 2 come back. */
export type Purchase = {
  readonly order: string;
  readonly orderFile: string;
  readonly returnFile: string;
  readonly deliveries: readonly string[];
};

export function aPurchase(order: string, lines: number): Purchase {
  const delivered = new Date(Date.now() - 5 * DAY_MS).toISOString();
  const numbers = Array.from({ length: lines }, (_, index) => index + 1);
  const sku = (n: number) => `BENCH-${String(n).padStart(5, '0')}`;
  const lot = (n: number) => `LOT-${n % 40}`;
  const counted = (some: readonly number[]) => ['sku,lot,quantity', ...some.map((n) => `${sku(n)},${lot(n)},2`)];
  const half = Math.ceil(lines / 2);
  return {
    order,
    orderFile: file([
      'order,line,currency,country,placedAt,buyer,purchaseOrder,legalEntity,sku,category,quantity,unitPrice,fulfilled,deliveredAt,lotControlled,lots,unitCost,unitWeightGrams',
      ...numbers.map((n) =>
        [
          ...[
            order,
            n,
            'EUR',
            'NL',
            delivered,
            'bench-dealer',
            `PO-${order}`,
            'bench',
            sku(n),
            'hardware',
            12,
            '19.90',
            12,
          ],
          ...[delivered, 'true', lot(n), '8.00', 450],
        ].join(','),
      ),
    ]),
    returnFile: file(['sku,lot,quantity,reason', ...numbers.map((n) => `${sku(n)},${lot(n)},2,changed_mind`)]),
    deliveries: [file(counted(numbers.slice(0, half))), file(counted(numbers.slice(half)))],
  };
}

const file = (lines: readonly string[]) => `${lines.join('\n')}\n`;
