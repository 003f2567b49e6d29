import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { PrismaClient } from '../../prisma/client.ts';

/** An order that was paid and delivered, and how its goods will come back. */
export type Sale = {
  readonly order: string;
  readonly sku: string;
  readonly quantity: number;
  readonly method: 'drop_off' | 'pickup';
};

export const FACILITY = 'FAULTS-RC';
const UNIT_PRICE = 2_450;
const DAY_MS = 86_400_000;

/** Stores what every order needs. Safe to repeat. */
export async function prepareShop(db: PrismaClient): Promise<void> {
  await db.facility.createMany({
    data: {
      id: FACILITY,
      name: 'Return centre',
      zone: 'UTC',
      street1: '1 Dock Road',
      city: 'Hamburg',
      zip: '20457',
      country: 'DE',
      phone: '+49 40 000000',
    },
    skipDuplicates: true,
  });
  const { id, version, program } = defaultCustomerPolicy;
  await db.policy.createMany({
    data: {
      id,
      version,
      program,
      document: JSON.parse(JSON.stringify(defaultCustomerPolicy)),
      effectiveFrom: new Date(0),
    },
    skipDuplicates: true,
  });
}

/** Orders of one to three units, each of its own buyer and with one payment; a third of the goods is picked up. */
export async function sell(
  db: PrismaClient,
  sandbox: SandboxHand,
  run: string,
  count: number,
): Promise<readonly Sale[]> {
  const sales = Array.from({ length: count }, (_, index): Sale => {
    const order = `${run}-${index + 1}`;
    return {
      order,
      sku: `SKU-${(index % 7) + 1}`,
      quantity: (index % 3) + 1,
      method: index % 3 === 2 ? 'pickup' : 'drop_off',
    };
  });
  const price = ({ quantity }: Sale) => quantity * UNIT_PRICE;
  const payments = await sandbox.pay(
    sales.map((sale) => ({ reference: sale.order, amount: price(sale), currency: 'EUR' })),
  );
  const delivered = new Date(Date.now() - DAY_MS);
  await db.buyer.createMany({ data: sales.map(({ order }) => ({ id: `buyer:${order}` })) });
  await db.contact.createMany({
    data: sales.map(({ order }) => ({
      id: `contact:${order}`,
      name: 'Buyer',
      street1: '5 Main Street',
      city: 'Berlin',
      zip: '10115',
      country: 'DE',
      phone: '+49 30 000000',
      email: `${order}@example.com`,
    })),
  });
  await db.order.createMany({
    data: sales.map(({ order }) => ({
      id: order,
      channel: 'web',
      currency: 'EUR',
      country: 'DE',
      buyerId: `buyer:${order}`,
      contactId: `contact:${order}`,
      placedAt: new Date(Date.now() - 3 * DAY_MS),
    })),
  });
  await db.orderLine.createMany({
    data: sales.map((sale) => ({
      id: `${sale.order}/1`,
      orderId: sale.order,
      number: 1,
      sku: sale.sku,
      title: sale.sku,
      category: 'garden',
      quantity: sale.quantity,
      price: price(sale),
      unitCost: 900,
      unitWeightGrams: 400,
    })),
  });
  await db.fulfilment.createMany({
    data: sales.map(({ order, quantity }) => ({
      id: `${order}/1`,
      orderLineId: `${order}/1`,
      quantity,
      shippedAt: delivered,
      deliveredAt: delivered,
    })),
  });
  await db.payment.createMany({
    data: sales.map((sale, index) => ({
      id: sale.order,
      orderId: sale.order,
      providerPaymentId: payments[index] ?? '',
      currency: 'EUR',
      captured: price(sale),
    })),
  });
  return sales;
}
