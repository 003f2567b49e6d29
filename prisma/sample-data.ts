import { defaultPolicies } from '../domain/policy/defaults.ts';
import { openPool, openPrisma, type PrismaClient } from './client.ts';
import { type SampleLine, type SampleOrder, sampleOrders } from './sample-orders.ts';

const DAY = 86_400_000;

/**
 * Puts the default policies, a facility and a small shop's orders into a database; what is there already stays. With a
 * sandbox the orders' payments are made there too, so that they can be refunded.
 */
export async function loadSampleData(options: { databaseUrl: string; sandboxUrl?: string; now?: Date }): Promise<void> {
  const { databaseUrl: url, sandboxUrl, now = new Date() } = options;
  const pool = openPool({ url, poolSize: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 });
  try {
    const prisma = openPrisma(pool);
    await loadGround(prisma);
    const before = await prisma.order.findMany({
      where: { id: { in: sampleOrders.map(({ id }) => id) } },
      select: { id: true },
    });
    const missing = sampleOrders.filter(({ id }) => !before.some((order) => order.id === id));
    const paid = sandboxUrl === undefined ? new Map<string, string>() : await payIn(sandboxUrl, missing);
    for (const order of missing) await loadOrder(prisma, order, now, paid);
  } finally {
    await pool.end();
  }
}

/** What every installation needs before its first return: a policy for each program and a place that receives goods. */
async function loadGround(prisma: PrismaClient): Promise<void> {
  const effectiveFrom = new Date('2020-01-01T00:00:00Z');
  await prisma.policy.createMany({
    data: defaultPolicies.map((policy) => {
      const { id, version, program } = policy;
      // JSON without the readonly marks that Prisma's type of it doesn't know.
      return { id, version, program, document: JSON.parse(JSON.stringify(policy)), effectiveFrom };
    }),
    skipDuplicates: true,
  });
  const address = {
    street1: '417 Montgomery Street',
    street2: 'Floor 5',
    city: 'San Francisco',
    state: 'CA',
    zip: '94104',
    country: 'US',
    phone: '4151234567',
    email: 'returns@example.com',
  };
  await prisma.facility.createMany({
    data: [{ id: 'RC-1', name: 'Return centre 1', zone: 'UTC', company: 'Sample shop', ...address }],
    skipDuplicates: true,
  });
}

async function loadOrder(
  prisma: PrismaClient,
  { id, buyer, currency, placed, lines, paid = [100] }: SampleOrder,
  now: Date,
  providerIds: ReadonlyMap<string, string>,
): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const buyerId = `buyer-${buyer}`;
  const contact = {
    name: `Sample buyer ${buyer}`,
    street1: '179 N Harbor Drive',
    city: 'Redondo Beach',
    state: 'CA',
    zip: '90277',
    country: 'US',
    phone: '3105550100',
    email: `buyer-${buyer}@example.com`,
  };
  await prisma.$transaction(async (db) => {
    await db.buyer.createMany({ data: [{ id: buyerId }], skipDuplicates: true });
    await db.contact.createMany({ data: [{ id: `contact-${buyer}`, ...contact }], skipDuplicates: true });
    await db.order.create({
      data: {
        id,
        channel: 'web',
        currency,
        country: 'DE',
        buyerId,
        contactId: `contact-${buyer}`,
        placedAt: ago(placed),
      },
    });
    await db.orderLine.createMany({ data: lines.map((line, index) => orderLine(id, index + 1, line)) });
    await db.fulfilment.createMany({
      data: lines.flatMap(({ quantity, delivered }, index) =>
        delivered === null
          ? []
          : [
              {
                id: `${id}-${index + 1}-F1`,
                orderLineId: `${id}-${index + 1}`,
                quantity,
                shippedAt: ago(delivered + 2),
                deliveredAt: ago(delivered),
              },
            ],
      ),
    });
    await db.payment.createMany({
      data: sharesOf(total(lines), paid).map((captured, index) => ({
        id: `${id}-P${index + 1}`,
        orderId: id,
        providerPaymentId: providerIds.get(`${id}-P${index + 1}`) ?? `pi_sample_${id}_${index + 1}`,
        currency,
        captured,
      })),
    });
  });
}

function orderLine(order: string, number: number, line: SampleLine) {
  const { sku, title, category, quantity, lots = [], serials = [] } = line;
  return {
    id: `${order}-${number}`,
    orderId: order,
    number,
    sku,
    title,
    category,
    quantity,
    price: quantity * line.price,
    discount: line.discount ?? 0,
    tax: taxOf(line),
    finalSale: line.finalSale ?? false,
    hygiene: line.hygiene ?? false,
    hazardous: line.hazardous ?? false,
    recalled: line.recalled ?? false,
    lotControlled: lots.length > 0,
    lots: [...lots],
    serials: [...serials],
    unitCost: line.cost,
    unitWeightGrams: line.grams,
  };
}

const netOf = ({ quantity, price, discount = 0 }: SampleLine) => quantity * price - discount;
const taxOf = (line: SampleLine) => Math.round((netOf(line) * (line.taxPercent ?? 19)) / 100);
const total = (lines: readonly SampleLine[]) => lines.reduce((sum, line) => sum + netOf(line) + taxOf(line), 0);

/** Shares of an amount in per cent; the last takes what rounding leaves. */
function sharesOf(amount: number, percents: readonly number[]): number[] {
  const shares = percents.slice(0, -1).map((percent) => Math.round((amount * percent) / 100));
  return [...shares, amount - shares.reduce((sum, share) => sum + share, 0)];
}

/** Makes the payments at the sandbox, which answers with the same ids when asked again; by our payments' ids. */
async function payIn(sandboxUrl: string, orders: readonly SampleOrder[]): Promise<ReadonlyMap<string, string>> {
  const payments = orders.flatMap(({ id, currency, lines, paid = [100] }) =>
    sharesOf(total(lines), paid).map((amount, index) => ({ reference: `${id}-P${index + 1}`, amount, currency })),
  );
  const response = await fetch(`${sandboxUrl}/_sandbox/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payments }),
  });
  if (!response.ok) throw new Error(`The sandbox did not take the sample payments (${response.status}).`);
  const made = (await response.json()) as readonly { reference: string; paymentIntent: string }[];
  return new Map(made.map(({ reference, paymentIntent }) => [reference, paymentIntent]));
}
