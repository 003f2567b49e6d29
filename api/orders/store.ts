import type { Order, OrderLine, Payment, Prisma, PrismaClient } from '../../prisma/generated/client.ts';
import type { PlacedRow } from './import.ts';
import type { RowError } from './row.ts';

/** What became of a good row in the database. */
export type Stored =
  | { readonly status: 'created' | 'unchanged'; readonly orderLine: string }
  | { readonly errors: readonly RowError[] };

/** Stores rows together, and one by one where one of them spoils the rest. */
export async function storeRows(db: PrismaClient, rows: ReadonlyMap<number, PlacedRow>): Promise<Map<number, Stored>> {
  if (rows.size === 0) return new Map();
  try {
    return await db.$transaction(async (tx) => await storeTogether(tx, rows));
  } catch (error) {
    if (!isRefusedByDatabase(error)) throw error;
    if (rows.size > 1) {
      const apart = new Map<number, Stored>();
      for (const entry of rows)
        for (const [row, stored] of await storeRows(db, new Map([entry]))) apart.set(row, stored);
      return apart;
    }
    const errors = [
      {
        column: '',
        code: 'refused_by_database',
        detail: 'does not fit what is stored; check its amounts and quantities',
      },
    ];
    return new Map([...rows.keys()].map((row) => [row, { errors }]));
  }
}

/** A constraint said no; anything else (connection, time-out) is not the row's fault. */
function isRefusedByDatabase(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /^(P2002|P2003|P2004|P2010|P2011|P2020|23\w{3})$/.test(String(error.code))
  );
}

type Known = {
  readonly orders: Map<string, Pick<Order, 'id' | 'currency'>>;
  readonly lines: Map<string, Pick<OrderLine, 'id' | 'sku' | 'quantity' | 'price'>>;
  readonly payments: Map<string, Pick<Payment, 'orderId' | 'captured'>>;
};

async function storeTogether(
  tx: Prisma.TransactionClient,
  rows: ReadonlyMap<number, PlacedRow>,
): Promise<Map<number, Stored>> {
  const known = await readKnown(tx, [...rows.values()]);
  const results = new Map<number, Stored>();
  const fresh: PlacedRow[] = [];
  const orders: PlacedRow[] = [];
  const payments: PlacedRow[] = [];
  for (const [row, placed] of rows) {
    const errors = conflicts(placed, known);
    if (errors.length > 0) {
      results.set(row, { errors });
      continue;
    }
    const id = lineId(placed);
    results.set(row, { status: known.lines.has(id) ? 'unchanged' : 'created', orderLine: id });
    if (known.lines.has(id)) continue;
    fresh.push(placed);
    known.lines.set(id, { id, sku: placed.sku, quantity: placed.quantity, price: BigInt(placed.price) });
    if (!known.orders.has(placed.order)) {
      orders.push(placed);
      known.orders.set(placed.order, { id: placed.order, currency: placed.currency });
    }
    if (placed.payment !== null && !known.payments.has(placed.payment.id)) {
      payments.push(placed);
      known.payments.set(placed.payment.id, { orderId: placed.order, captured: BigInt(placed.payment.captured) });
    }
  }
  await insert(tx, orders, fresh, payments);
  return results;
}

async function readKnown(tx: Prisma.TransactionClient, rows: readonly PlacedRow[]): Promise<Known> {
  const ids = [...new Set(rows.map(({ order }) => order))];
  const paid = [...new Set(rows.flatMap(({ payment }) => (payment === null ? [] : [payment.id])))];
  const orders = await tx.order.findMany({ where: { id: { in: ids } }, select: { id: true, currency: true } });
  const lines = await tx.orderLine.findMany({
    where: { id: { in: rows.map(lineId) } },
    select: { id: true, sku: true, quantity: true, price: true },
  });
  const payments = await tx.payment.findMany({
    where: { provider: 'stripe', providerPaymentId: { in: paid } },
    select: { providerPaymentId: true, orderId: true, captured: true },
  });
  return {
    orders: new Map(orders.map((order) => [order.id, order])),
    lines: new Map(lines.map((line) => [line.id, line])),
    payments: new Map(payments.map((payment) => [payment.providerPaymentId, payment])),
  };
}

/** What a row says that disagrees with what is stored, or with a row before it. */
function conflicts(row: PlacedRow, known: Known): readonly RowError[] {
  const errors: RowError[] = [];
  const order = known.orders.get(row.order);
  if (order !== undefined && order.currency !== row.currency) {
    const detail = `order ${row.order} is in ${order.currency}, not in ${row.currency}`;
    errors.push({ column: 'currency', code: 'currency_mismatch', detail });
  }
  const line = known.lines.get(lineId(row));
  const differing =
    line === undefined
      ? []
      : (['sku', 'quantity', 'price'] as const).filter((column) => String(line[column]) !== String(row[column]));
  for (const column of differing) {
    const detail = `differs from what is stored for line ${row.number} of order ${row.order}`;
    errors.push({ column, code: 'conflicts_with_stored', detail });
  }
  const payment = row.payment === null ? undefined : known.payments.get(row.payment.id);
  if (payment !== undefined && payment.orderId !== row.order) {
    const detail = `payment ${row.payment?.id} belongs to order ${payment.orderId}`;
    errors.push({ column: 'payment', code: 'conflicts_with_stored', detail });
  } else if (payment !== undefined && row.payment !== null && payment.captured !== BigInt(row.payment.captured)) {
    const detail = `differs from what is known of payment ${row.payment.id}; each row names the whole payment`;
    errors.push({ column: 'paid', code: 'conflicts_with_stored', detail });
  }
  return errors;
}

async function insert(
  tx: Prisma.TransactionClient,
  orders: readonly PlacedRow[],
  lines: readonly PlacedRow[],
  payments: readonly PlacedRow[],
): Promise<void> {
  const buyers = [...new Set(orders.flatMap(({ buyer }) => buyer ?? []))];
  if (buyers.length > 0) await tx.buyer.createMany({ data: buyers.map((id) => ({ id })), skipDuplicates: true });
  await tx.contact.createMany({
    data: orders.flatMap(({ order, contact, country }) =>
      contact === null ? [] : [{ id: contactId(order), country, ...contact }],
    ),
    skipDuplicates: true,
  });
  await tx.order.createMany({
    data: orders.map(({ order, channel, currency, country, placedAt, buyer, contact }) => ({
      id: order,
      channel,
      currency,
      country,
      placedAt,
      buyerId: buyer,
      contactId: contact === null ? null : contactId(order),
    })),
  });
  await tx.orderLine.createMany({ data: lines.map(lineData) });
  await tx.fulfilment.createMany({
    data: lines.flatMap((row) =>
      row.fulfilled === 0
        ? []
        : [
            {
              id: `${lineId(row)}:1`,
              orderLineId: lineId(row),
              quantity: row.fulfilled,
              shippedAt: row.shippedAt ?? row.deliveredAt,
              deliveredAt: row.deliveredAt,
            },
          ],
    ),
  });
  await tx.payment.createMany({
    data: payments.flatMap(({ order, currency, payment }) =>
      payment === null
        ? []
        : [{ id: payment.id, orderId: order, providerPaymentId: payment.id, currency, captured: payment.captured }],
    ),
  });
}

function lineData(row: PlacedRow): Prisma.OrderLineCreateManyInput {
  const { sku, title, category, quantity, price, discount, tax, finalSale, hygiene, hazardous, lotControlled } = row;
  const { number, unitCost, unitWeightGrams } = row;
  return {
    id: lineId(row),
    orderId: row.order,
    number,
    sku,
    title,
    category,
    quantity,
    price,
    discount,
    tax,
    finalSale,
    hygiene,
    hazardous,
    lotControlled,
    lots: [...row.lots],
    serials: [...row.serials],
    unitCost,
    unitWeightGrams,
  };
}

const lineId = ({ order, number }: PlacedRow) => `${order}-${number}`;
const contactId = (order: string) => `order:${order}`;
