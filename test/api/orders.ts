import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import type { World } from './world.ts';

/** A facility and the default policy: what every order needs. */
export async function seedBasics(db: PrismaClient): Promise<void> {
  await db.facility.create({
    data: {
      id: 'RC1',
      name: 'Return Centre',
      zone: 'UTC',
      street1: '1 Dock Road',
      city: 'Hamburg',
      zip: '20457',
      country: 'DE',
      phone: '+49 40 000000',
    },
  });
  const { id, version, program } = defaultCustomerPolicy;
  await db.policy.create({
    data: {
      id,
      version,
      program,
      document: JSON.parse(JSON.stringify(defaultCustomerPolicy)),
      effectiveFrom: new Date(0),
    },
  });
}

type LineSpec = {
  readonly sku?: string;
  readonly quantity?: number;
  readonly price?: number;
  readonly delivered?: boolean;
};

/** A delivered, paid order; `quantity` units at 20.00 EUR unless told. Its lines are `<order>-1`, `<order>-2`, … */
export async function anOrder(world: World, lines: readonly LineSpec[] = [{}], currency = 'EUR'): Promise<string> {
  const id = `O${randomBytes(4).toString('hex')}`;
  const specs = lines.map(({ sku = 'SKU-1', quantity = 2, price = 2000 * quantity, delivered = true }) => ({
    sku,
    quantity,
    price,
    delivered,
  }));
  const total = specs.reduce((sum, { price }) => sum + price, 0);
  const payment = await payInSandbox(world.sandboxUrl, id, total, currency);
  const yesterday = new Date(Date.now() - 86_400_000);
  await world.db.contact.create({
    data: {
      id: `C-${id}`,
      name: 'Buyer',
      street1: '5 Main Street',
      city: 'Berlin',
      zip: '10115',
      country: 'DE',
      phone: '+49 30 000000',
      email: `${id}@example.com`,
    },
  });
  await world.db.order.create({
    data: {
      id,
      channel: 'web',
      currency,
      country: 'DE',
      buyer: { create: { id: `B-${id}` } },
      contactId: `C-${id}`,
      placedAt: new Date(Date.now() - 3 * 86_400_000),
      payments: { create: { id: `P-${id}`, providerPaymentId: payment, captured: total } },
      lines: {
        create: specs.map(({ sku, quantity, price, delivered }, index) => ({
          id: `${id}-${index + 1}`,
          number: index + 1,
          sku,
          title: sku,
          category: 'garden',
          quantity,
          price,
          unitCost: 500,
          unitWeightGrams: 400,
          ...(delivered
            ? {
                fulfilments: {
                  create: { id: `F-${id}-${index + 1}`, quantity, shippedAt: yesterday, deliveredAt: yesterday },
                },
              }
            : {}),
        })),
      },
    },
  });
  return id;
}

const Paid = z.tuple([z.object({ paymentIntent: z.string() })]);

async function payInSandbox(sandboxUrl: string, reference: string, amount: number, currency: string): Promise<string> {
  const response = await fetch(`${sandboxUrl}/_sandbox/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payments: [{ reference, amount, currency }] }),
  });
  const [{ paymentIntent }] = Paid.parse(await response.json());
  return paymentIntent;
}

/** The body of a request for one line of an order. */
export const asked = (order: string, quantity = 1, reason = 'changed_mind', sku = 'SKU-1') => ({
  order,
  lines: [{ sku, quantity, reason }],
  method: 'drop_off',
});
