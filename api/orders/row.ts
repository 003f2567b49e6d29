import type { z } from 'zod';
import type { Money } from '../../domain/money/money.ts';
import { cellErrors } from '../cells.ts';
import { type MoneyFault, moneyFaults, moneyIn, mostMinorUnits } from '../money.ts';
import { Columns } from './columns.ts';
import { type Component, componentsOf } from './components.ts';
import { type LinePromotion, promotionsOf } from './promotions.ts';

/** A row as it comes: texts of a CSV, or values of a JSON object. One row is one line of an order. */
export type SourceRow = Readonly<Record<string, unknown>>;

/** What is wrong with a row, by column. */
export type RowError = { readonly column: string; readonly code: string; readonly detail: string };

/** A row that was understood. Amounts are minor units of the order's currency; totals of the line. */
export type OrderRow = {
  readonly order: string;
  readonly line: number | null;
  readonly channel: string;
  readonly currency: string;
  readonly country: string;
  readonly placedAt: Date;
  readonly buyer: string | null;
  readonly buyerGroup: string | null;
  /** Of the whole order; that of the row which makes the order counts. */
  readonly shippingCharged: number;
  readonly purchaseOrder: string | null;
  /** By which who was given the goods may bring them back. */
  readonly giftToken: string | null;
  readonly legalEntity: string;
  readonly contact: Contact | null;
  readonly sku: string;
  readonly title: string;
  readonly category: string;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
  /** What of the discount promotions gave. */
  readonly promotions: readonly LinePromotion[];
  /** Of a kit: what is in it, each with its share of the row's amounts; empty where the row is no kit. */
  readonly components: readonly Component[];
  readonly tax: number;
  readonly fulfilled: number;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
  /** The parcel that it left in; null where nobody told. */
  readonly tracking: string | null;
  readonly carrier: string;
  readonly finalSale: boolean;
  readonly hygiene: boolean;
  readonly hazardous: boolean;
  readonly lotControlled: boolean;
  readonly dataBearing: boolean;
  readonly lots: readonly string[];
  readonly serials: readonly string[];
  readonly unitCost: number;
  readonly unitWeightGrams: number;
  readonly payment: { readonly id: string; readonly captured: number } | null;
};

type Contact = {
  readonly name: string;
  readonly street1: string;
  readonly street2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string;
  readonly phone: string | null;
  readonly email: string | null;
};

/** Reads one row; every wrong column is named. */
export function readRow(source: SourceRow): { readonly row: OrderRow } | { readonly errors: readonly RowError[] } {
  const parsed = Columns.safeParse(source);
  if (!parsed.success) return { errors: parsed.error.issues.flatMap(cellErrors) };
  const columns = parsed.data;
  const errors: RowError[] = [];
  const amount = (
    column: 'unitPrice' | 'price' | 'discount' | 'tax' | 'unitCost' | 'paid' | 'shippingCharged',
  ): number => {
    const value = columns[column];
    const read: Money | MoneyFault =
      value === undefined ? { amount: 0, currency: '' } : moneyIn(value, columns.currency);
    if (typeof read === 'string') errors.push({ column, code: read, detail: moneyFaults[read] });
    else if (read.amount < 0) errors.push({ column, code: 'amount_negative', detail: 'must not be negative' });
    else return read.amount;
    return 0;
  };
  const quantity = columns.quantity ?? 0;
  const price = columns.price === undefined ? amount('unitPrice') * quantity : amount('price');
  if (columns.price === undefined && columns.unitPrice === undefined) {
    errors.push({ column: 'price', code: 'missing', detail: 'price (of the line) or unitPrice is missing' });
  } else if (price > mostMinorUnits) {
    errors.push({ column: 'unitPrice', code: 'amount_too_large', detail: moneyFaults.amount_too_large });
  }
  const discount = amount('discount');
  if (discount > price)
    errors.push({ column: 'discount', code: 'discount_exceeds_price', detail: 'is more than the price' });
  const read = promotionsOf(columns.promotions, columns.currency, discount);
  if ('error' in read) errors.push(read.error);
  const left = columns.shippedAt !== null || columns.deliveredAt !== null;
  const fulfilled = columns.fulfilled ?? (left ? quantity : 0);
  if (fulfilled > quantity) {
    errors.push({ column: 'fulfilled', code: 'quantity_invalid', detail: `is more than the quantity ${quantity}` });
  }
  if ((columns.payment === undefined) !== (columns.paid === undefined)) {
    errors.push({ column: 'payment', code: 'missing', detail: 'payment and paid come together' });
  }
  if (columns.tracking !== null && fulfilled === 0) {
    errors.push({
      column: 'tracking',
      code: 'missing',
      detail: 'what has a tracking number was sent: say how much, or when',
    });
  }
  if (columns.buyerGroup !== undefined && columns.buyer === undefined) {
    errors.push({ column: 'buyer', code: 'missing', detail: 'a buyerGroup is that of a buyer' });
  }
  const contact = contactOf(columns, errors);
  const tax = amount('tax');
  const unitCost = amount('unitCost');
  const captured = amount('paid');
  const shippingCharged = amount('shippingCharged');
  const { placedAt, currency, hygiene, hazardous } = columns;
  const category = columns.category ?? 'general';
  const sold = { quantity, fulfilled, price, discount, tax, category, hygiene, hazardous, currency };
  const kit = errors.length > 0 ? { components: [] } : componentsOf(columns.components, sold);
  if ('error' in kit) errors.push(kit.error);
  else if (kit.components.length > 0) errors.push(...saidOfComponents(columns));
  if (errors.length > 0 || placedAt === null) return { errors };
  return {
    row: {
      order: columns.order,
      line: columns.line,
      channel: columns.channel ?? 'import',
      currency: columns.currency,
      country: columns.country,
      placedAt,
      buyer: columns.buyer ?? null,
      buyerGroup: columns.buyerGroup ?? null,
      shippingCharged,
      purchaseOrder: columns.purchaseOrder ?? null,
      giftToken: columns.giftToken ?? null,
      legalEntity: columns.legalEntity ?? 'main',
      contact,
      sku: columns.sku,
      title: columns.title ?? columns.sku,
      category,
      quantity,
      price,
      discount,
      promotions: 'promotions' in read ? read.promotions : [],
      components: 'components' in kit ? kit.components : [],
      tax,
      fulfilled,
      shippedAt: columns.shippedAt,
      deliveredAt: columns.deliveredAt,
      tracking: columns.tracking,
      carrier: columns.carrier ?? 'unknown',
      finalSale: columns.finalSale,
      hygiene: columns.hygiene,
      hazardous: columns.hazardous,
      lotControlled: columns.lotControlled,
      dataBearing: columns.dataBearing,
      lots: columns.lots,
      serials: columns.serials,
      unitCost,
      unitWeightGrams: columns.unitWeightGrams ?? 0,
      payment: columns.payment === undefined ? null : { id: columns.payment, captured },
    },
  };
}

/** What only a component has: a kit is no goods of its own. Nor can it be told what of a promotion fell to which component. */
function saidOfComponents(columns: z.infer<typeof Columns>): RowError[] {
  return (['unitCost', 'unitWeightGrams', 'promotions', 'lots', 'serials'] as const)
    .filter((column) => (Array.isArray(columns[column]) ? columns[column].length > 0 : columns[column] != null))
    .map((column) => ({ column, code: 'of_components', detail: 'a kit has none of its own; see its components' }));
}

const contactColumns = ['name', 'street1', 'city', 'zip'] as const;

function contactOf(columns: z.infer<typeof Columns>, errors: RowError[]): Contact | null {
  const { name, street1, city, zip, street2, state, phone, email } = columns;
  if (name !== undefined && street1 !== undefined && city !== undefined && zip !== undefined) {
    const optional = { street2: street2 ?? null, state: state ?? null, phone: phone ?? null, email: email ?? null };
    return { name, street1, city, zip, ...optional };
  }
  if ([name, street1, city, zip, street2, state, phone, email].every((value) => value === undefined)) return null;
  for (const column of contactColumns) {
    if (columns[column] !== undefined) continue;
    errors.push({ column, code: 'missing', detail: 'an address needs name, street1, city and zip' });
  }
  return null;
}
