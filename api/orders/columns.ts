import { z } from 'zod';
import { code, fault, flag, list, needed, text, time, tracking, whole } from '../cells.ts';
import { isCurrency } from '../money.ts';
import { isLegalEntity } from './legal-entity.ts';

/** JSON as a text; longer than other texts. */
const json = z
  .string()
  .max(20_000, 'is longer than 20000 characters')
  .nullish()
  .transform((value) => (value == null || value.trim() === '' ? undefined : value));

/** What a row may hold. Amounts stay texts: how many decimals they may have depends on the currency. */
export const Columns = z.strictObject({
  order: code,
  line: whole(1, 1_000_000),
  channel: text,
  currency: needed
    .transform((value) => value.toUpperCase())
    .refine(isCurrency, fault('currency_unknown', 'is no ISO 4217 currency')),
  country: needed
    .transform((value) => value.toUpperCase())
    .refine((value) => /^[A-Z]{2}$/.test(value), fault('country_invalid', 'use two letters, as in DE')),
  placedAt: time.refine((value) => value !== null, fault('missing', 'is missing')),
  buyer: text.refine(
    (value) => value === undefined || !value.includes('@'),
    fault('buyer_named', 'looks like an e-mail address; use an id that names nobody, as it is kept for ever'),
  ),
  buyerGroup: text,
  shippingCharged: text,
  purchaseOrder: text,
  giftToken: text,
  legalEntity: text.refine(
    (value) => value === undefined || isLegalEntity(value),
    fault('legal_entity_invalid', 'use small letters, digits and hyphens, a letter first, as in acme-de'),
  ),
  sku: code,
  title: text,
  category: text,
  quantity: whole(1, 1_000_000).refine((value) => value !== null, fault('missing', 'is missing')),
  unitPrice: text,
  price: text,
  discount: text,
  promotions: json,
  components: json,
  tax: text,
  fulfilled: whole(0, 1_000_000),
  shippedAt: time,
  carrier: text,
  tracking: tracking,
  deliveredAt: time,
  finalSale: flag,
  hygiene: flag,
  hazardous: flag,
  lotControlled: flag,
  dataBearing: flag,
  lots: list,
  serials: list,
  unitCost: text,
  unitWeightGrams: whole(0, 100_000_000),
  payment: text,
  paid: text,
  name: text,
  street1: text,
  street2: text,
  city: text,
  state: text,
  zip: text,
  phone: text,
  email: text,
});

/** The columns that an import knows, in the order of the reference. */
export const columnNames: readonly string[] = Object.keys(Columns.shape);

/** Those of them that each row has to fill; beside them it says its price, of a unit or of the line. */
export const neededNames: readonly string[] = Object.entries(Columns.shape).flatMap(([name, column]) =>
  column.safeParse(undefined).success ? [] : [name],
);
