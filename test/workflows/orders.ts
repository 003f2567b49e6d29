import { randomBytes } from 'node:crypto';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import type { Control } from './sandbox.ts';

/** What a test says of a sale; the rest is ordinary: kettles at 50 €, paid at once, delivered yesterday. */
export type Sale = {
  readonly quantity?: number;
  /** Of one unit, in cents. */
  readonly unitPrice?: number;
  /** Lines of the same kind, with the SKUs `KETTLE`, `KETTLE-2`, … */
  readonly lines?: number;
  /** Amounts captured; one payment of the whole by default. */
  readonly captured?: readonly number[];
  /** How the payment provider treats refunds of it. */
  readonly refunds?: 'succeed' | 'pending' | 'fail_later' | 'hold';
  readonly finalSale?: boolean;
  /** Where it was sold to; the law of most of Europe lets go back what is a final sale elsewhere. */
  readonly country?: string;
  readonly serials?: readonly string[];
  readonly policy?: Partial<Policy>;
  /** What the shop has, by SKU. */
  readonly stock?: Readonly<Record<string, number>>;
};

/** Strings of the buyer's contact that must never be found in a history. */
export const seededContact = {
  name: 'Ottilie Zweigelt',
  street1: 'Kastanienallee 4711',
  email: 'ottilie.zweigelt@example.org',
  phone: '+49 30 5550123',
} as const;

export const facility = 'returns-test';
const orderLine = (order: string, number: number) => `${order}-${number}`;

/** Stores an order with its lines, policy, payments and contact, and seeds the payments at the sandbox. */
export async function anOrder(db: PrismaClient, control: Control, sale: Sale, now: Date): Promise<string> {
  const { quantity = 1, unitPrice = 5000, lines = 1, finalSale = false, country = 'DE', serials = [] } = sale;
  const order = `T${randomBytes(6).toString('hex')}`;
  const price = quantity * unitPrice;
  const captured = sale.captured ?? [price * lines];
  const delivered = new Date(now.getTime() - 86_400_000);
  const policy: Policy = { ...defaultCustomerPolicy, ...sale.policy, id: order, version: 1 };
  await db.policy.create({
    data: { id: order, version: 1, program: policy.program, document: policy, effectiveFrom: delivered },
  });
  await withFacilities(db, [facility]);
  const stock = Object.entries(sale.stock ?? {}).map(([sku, onHand]) => ({ sku, facility, onHand }));
  await db.stockLevel.createMany({ data: stock, skipDuplicates: true });
  await db.contact.create({ data: { id: order, ...seededContact, city: 'Berlin', zip: '10115', country: 'DE' } });
  const seeded = (await control('POST', 'payments', {
    payments: captured.map((amount, index) => ({
      reference: `${order}:${index}`,
      amount,
      currency: 'EUR',
      ...(sale.refunds === undefined ? {} : { refunds: sale.refunds }),
    })),
  })) as { paymentIntent: string }[];
  await db.order.create({
    data: {
      id: order,
      channel: 'web',
      currency: 'EUR',
      country,
      contactId: order,
      placedAt: delivered,
      policyId: order,
      policyVersion: 1,
      lines: {
        create: Array.from({ length: lines }, (_, index) => ({
          id: orderLine(order, index + 1),
          number: index + 1,
          sku: index === 0 ? 'KETTLE' : `KETTLE-${index + 1}`,
          title: 'Kettle',
          category: 'kitchen',
          quantity,
          price,
          unitCost: 2000,
          unitWeightGrams: 900,
          finalSale,
          serials: [...serials],
          fulfilments: {
            create: { id: `${orderLine(order, index + 1)}-1`, quantity, shippedAt: delivered, deliveredAt: delivered },
          },
        })),
      },
      payments: {
        create: captured.map((amount, index) => ({
          id: `${order}-p${index + 1}`,
          providerPaymentId: seeded[index]?.paymentIntent ?? '',
          captured: amount,
        })),
      },
    },
  });
  return order;
}

/** Places that receive returns; two orders may come at once. */
export async function withFacilities(db: PrismaClient, ids: readonly string[]): Promise<void> {
  const place = {
    ...{ name: 'Test returns', zone: 'Europe/Berlin' },
    ...{ street1: 'Teststr. 1', city: 'Berlin', zip: '10115', country: 'DE' },
  };
  await db.facility.createMany({ skipDuplicates: true, data: ids.map((id) => ({ id, ...place })) });
}
