import { redemptionOfPayment } from '../../domain/store-credit/credit.ts';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { giftTokenHash } from '../gifts/find.ts';
import { isRefusedByDatabase } from '../refused-by-database.ts';
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
    return await db.$transaction(async (tx) => await storeTogether(tx, rows), { timeout: 30_000 });
  } catch (error) {
    if (!isRefusedByDatabase(error)) throw error;
    if (rows.size > 1) {
      const apart = new Map<number, Stored>();
      for (const entry of rows)
        for (const [row, stored] of await storeRows(db, new Map([entry]))) apart.set(row, stored);
      return apart;
    }
    const detail = 'does not fit what is stored; check its amounts and quantities';
    const errors = [{ column: '', code: 'refused_by_database', detail }];
    return new Map([...rows.keys()].map((row) => [row, { errors }]));
  }
}

type Known = {
  readonly orders: Map<string, { readonly currency: string; readonly kind: string }>;
  readonly lines: Map<string, { readonly sku: string; readonly quantity: number; readonly price: number }>;
  readonly payments: Map<string, { readonly order: string; readonly captured: number }>;
  /** What of our store credit was redeemed and not reversed, by what orders name it. */
  readonly redeemed: Map<string, number>;
  /** Tracking number → the order that the parcel is of. */
  readonly parcels: Map<string, string>;
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
    known.lines.set(id, placed);
    if (placed.tracking !== null) known.parcels.set(placed.tracking, placed.order);
    if (!known.orders.has(placed.order)) {
      orders.push(placed);
      known.orders.set(placed.order, { currency: placed.currency, kind: 'sale' });
    }
    if (placed.payment !== null && !known.payments.has(placed.payment.id)) {
      payments.push(placed);
      known.payments.set(placed.payment.id, { order: placed.order, captured: placed.payment.captured });
    }
  }
  await insertOrders(tx, orders);
  await insertRows(tx, 'kits', fresh.flatMap(kitRow));
  await insertLines(tx, fresh.flatMap(linesOf));
  await insertRows(tx, 'payments', payments.flatMap(paymentRow));
  return results;
}

async function readKnown(tx: Prisma.TransactionClient, rows: readonly PlacedRow[]): Promise<Known> {
  const ids = [...new Set(rows.map(({ order }) => order))];
  const paid = [...new Set(rows.flatMap(({ payment }) => (payment === null ? [] : [payment.id])))];
  const orders = await tx.$queryRaw<{ id: string; currency: string; kind: string }[]>`
    select id, currency, kind from orders where id = any(${ids})`;
  const lines = await tx.$queryRaw<{ id: string; sku: string; quantity: number; price: bigint }[]>`
    select id, sku, quantity, price from order_lines where id = any(${rows.map(lineId)})
    union all select id, sku, quantity, price from kits where id = any(${rows.map(lineId)})`;
  const payments = await tx.$queryRaw<{ id: string; order: string; captured: bigint }[]>`
    select provider_payment_id as id, order_id as "order", captured from payments where provider_payment_id = any(${paid})`;
  const credits = paid.flatMap((id) => redemptionOfPayment(id)?.credit ?? []);
  const redeemed = await tx.$queryRaw<{ id: string; amount: bigint }[]>`
    select credit || ':' || redemption as id, amount from store_credit_redemptions where credit = any(${credits}) and not reversed`;
  const sent = [...new Set(rows.flatMap(({ tracking }) => tracking ?? []))];
  const parcels = await tx.$queryRaw<{ tracking: string; order: string }[]>`
    select tracking, order_id as "order" from shipments where tracking = any(${sent})`;
  return {
    redeemed: new Map(redeemed.map(({ id, amount }) => [id, Number(amount)])),
    parcels: new Map(parcels.map(({ tracking, order }) => [tracking, order])),
    orders: new Map(orders.map(({ id, ...order }) => [id, order])),
    lines: new Map(lines.map(({ id, sku, quantity, price }) => [id, { sku, quantity, price: Number(price) }])),
    payments: new Map(payments.map(({ id, order, captured }) => [id, { order, captured: Number(captured) }])),
  };
}

/** What a row says that disagrees with what is stored, or with a row before it. */
function conflicts(row: PlacedRow, known: Known): readonly RowError[] {
  const errors: RowError[] = [];
  const order = known.orders.get(row.order);
  if (order !== undefined && order.kind !== 'sale') {
    const detail = `${row.order} is no sale but stands for one (${order.kind.replaceAll('_', ' ')}); nothing is added to it`;
    errors.push({ column: 'order', code: 'not_a_sale', detail });
  }
  if (order !== undefined && order.currency !== row.currency) {
    const detail = `order ${row.order} is in ${order.currency}, not in ${row.currency}`;
    errors.push({ column: 'currency', code: 'currency_mismatch', detail });
  }
  const line = known.lines.get(lineId(row));
  for (const column of ['sku', 'quantity', 'price'] as const) {
    if (line === undefined || line[column] === row[column]) continue;
    const detail = `differs from what is stored for line ${row.number} of order ${row.order}`;
    errors.push({ column, code: 'conflicts_with_stored', detail });
  }
  const parcel = row.tracking === null ? undefined : known.parcels.get(row.tracking);
  if (parcel !== undefined && parcel !== row.order) {
    const detail = `parcel ${row.tracking} is known with goods of order ${parcel}`;
    errors.push({ column: 'tracking', code: 'conflicts_with_stored', detail });
  }
  const payment = row.payment === null ? undefined : known.payments.get(row.payment.id);
  const credit = row.payment === null ? null : redemptionOfPayment(row.payment.id);
  if (payment !== undefined && payment.order !== row.order) {
    const detail = `payment ${row.payment?.id} belongs to order ${payment.order}`;
    errors.push({ column: 'payment', code: 'conflicts_with_stored', detail });
  } else if (payment !== undefined && credit === null && payment.captured !== row.payment?.captured) {
    const detail = `differs from what is known of payment ${row.payment?.id}; each row names the whole payment`;
    errors.push({ column: 'paid', code: 'conflicts_with_stored', detail });
  }
  if (row.payment !== null && credit !== null && known.redeemed.get(row.payment.id) !== row.payment.captured) {
    const detail = `is not what was redeemed as ${row.payment.id}; see GET /v1/store-credits/${credit.credit}`;
    errors.push({ column: 'paid', code: 'not_redeemed', detail });
  }
  return errors;
}

async function insertOrders(tx: Prisma.TransactionClient, rows: readonly PlacedRow[]): Promise<void> {
  await insertBuyers(tx, rows);
  await insertRows(
    tx,
    'contacts',
    rows.flatMap(({ order, contact, country }) =>
      contact === null ? [] : [{ id: contactId(order), company: null, country, ...contact }],
    ),
  );
  await insertRows(
    tx,
    'orders',
    rows.map(({ order, channel, currency, country, placedAt, buyer, contact, ...row }) => ({
      id: order,
      channel,
      currency,
      country,
      kind: 'sale',
      purchase_order: row.purchaseOrder,
      gift_token_hash: row.giftToken === null ? null : giftTokenHash(row.giftToken),
      legal_entity: row.legalEntity,
      placed_at: placedAt,
      shipping_charged: row.shippingCharged,
      created_at: new Date(),
      buyer_id: buyer,
      contact_id: contact === null ? null : contactId(order),
    })),
  );
}

/** The group that a buyer was last said to be in counts from then on; returns under way keep the one that they began with. */
async function insertBuyers(tx: Prisma.TransactionClient, rows: readonly PlacedRow[]): Promise<void> {
  const groups = new Map<string, string | null>();
  for (const { buyer, buyerGroup } of rows) {
    if (buyer !== null) groups.set(buyer, buyerGroup ?? groups.get(buyer) ?? null);
  }
  // In one order for all, so that two imports of the same buyers don't wait for each other.
  const buyers = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
  await insertRows(
    tx,
    'buyers',
    buyers.map(([id, buyer_group]) => ({ id, created_at: new Date(), blocked: false, buyer_group })),
  );
}

/** An order line as it is stored; a row of a kit becomes one for each component. */
type Line = PlacedRow & { readonly id: string; readonly part: number; readonly units: number | null };

const linesOf = ({ components, ...row }: PlacedRow): Line[] => {
  const id = lineId(row);
  if (components.length === 0) return [{ ...row, components, id, part: 0, units: null }];
  return components.map((component, index) => ({
    ...{ ...row, ...component },
    ...{ components, id: `${id}.${index + 1}`, part: index + 1 },
  }));
};

const kitRow = (row: PlacedRow) => {
  const { order, number, sku, title, quantity, price, discount, tax } = row;
  if (row.components.length === 0) return [];
  return [{ id: lineId(row), order_id: order, number, sku, title, quantity, price, discount, tax }];
};

async function insertLines(tx: Prisma.TransactionClient, rows: readonly Line[]): Promise<void> {
  await insertRows(
    tx,
    'order_lines',
    rows.map((row) => ({
      id: row.id,
      order_id: row.order,
      number: row.number,
      kit_part: row.part,
      kit_id: row.units === null ? null : lineId(row),
      kit_units: row.units,
      sku: row.sku,
      title: row.title,
      category: row.category,
      quantity: row.quantity,
      fulfilled: 0,
      price: row.price,
      discount: row.discount,
      promotions: row.promotions,
      tax: row.tax,
      final_sale: row.finalSale,
      hygiene: row.hygiene,
      hazardous: row.hazardous,
      recalled: false,
      lot_controlled: row.lotControlled,
      data_bearing: row.dataBearing,
      lots: row.lots,
      serials: row.serials,
      unit_cost: row.unitCost,
      unit_weight_grams: row.unitWeightGrams,
    })),
  );
  const sent = rows.filter(({ fulfilled }) => fulfilled > 0);
  const parcels = new Map(
    sent.flatMap(({ tracking, order, carrier }) =>
      tracking === null ? [] : [[tracking, { tracking, order_id: order, carrier }] as const],
    ),
  );
  await insertRows(tx, 'shipments', [...parcels.values()]);
  await insertRows(
    tx,
    'fulfilments',
    sent.map((row) => ({
      id: `${row.id}:1`,
      order_line_id: row.id,
      quantity: row.fulfilled,
      shipped_at: row.shippedAt ?? row.deliveredAt,
      delivered_at: row.deliveredAt,
      tracking: row.tracking,
    })),
  );
}

const paymentRow = ({ order, currency, payment }: PlacedRow) =>
  payment === null
    ? []
    : [
        {
          id: payment.id,
          order_id: order,
          provider: redemptionOfPayment(payment.id) === null ? 'stripe' : 'store_credit',
          provider_payment_id: payment.id,
          currency,
          captured: payment.captured,
          refunded: 0,
          disputed: false,
        },
      ];

type Table = 'buyers' | 'contacts' | 'orders' | 'kits' | 'order_lines' | 'shipments' | 'fulfilments' | 'payments';

const whereKnown: Readonly<Partial<Record<Table, string>>> = {
  buyers: `on conflict (id) do update set buyer_group = excluded.buyer_group
    where excluded.buyer_group is distinct from buyers.buyer_group and excluded.buyer_group is not null`,
  contacts: 'on conflict do nothing',
  shipments: 'on conflict do nothing',
};

/** One statement for many rows: an ORM's insert of as many takes five times as long. Buyers and contacts may be known. */
async function insertRows(tx: Prisma.TransactionClient, table: Table, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Prisma.raw(Object.keys(first).join(', '));
  const known = Prisma.raw(whereKnown[table] ?? '');
  await tx.$executeRaw`insert into ${Prisma.raw(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${Prisma.raw(table)}, ${JSON.stringify(rows)}::jsonb) ${known}`;
}

const lineId = ({ order, number }: Pick<PlacedRow, 'order' | 'number'>) => `${order}-${number}`;
const contactId = (order: string) => `order:${order}`;
