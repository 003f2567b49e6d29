import { z } from 'zod';
import { isCurrency } from '../money.ts';
import { isLegalEntity } from './legal-entity.ts';
import { trackingNumber, trackingPattern } from './tracking.ts';

const fault = (code: string, detail: string) => ({ error: detail, params: { code } });

/** Empty texts count as absent; numbers of JSON are read by their shortest decimal form. */
const text = z
  .preprocess((value) => {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  }, z.string().max(500, 'is longer than 500 characters').optional())
  .refine(
    (value) => value === undefined || !/[\p{Cc}\p{Cs}]/u.test(value),
    fault('text_invalid', 'holds control characters'),
  );
const needed = text
  .refine((value) => value !== undefined, fault('missing', 'is missing'))
  .transform((value) => value ?? '');

const code = needed.refine(
  (value) => value.length <= 120 && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value),
  fault('code_invalid', 'is not a code: at most 120 printable characters'),
);

const whole = (least: number, most: number) =>
  text
    .refine((value) => value === undefined || isWhole(value, least, most), {
      error: `must be a whole number from ${least} to ${most}`,
      params: { code: 'quantity_invalid' },
    })
    .transform((value) => (value === undefined ? null : Number(value)));

const isWhole = (value: string, least: number, most: number) =>
  /^-?\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most;

const flag = text
  .refine(
    (value) => value === undefined || /^(true|false|yes|no|1|0)$/i.test(value),
    fault('flag_invalid', 'use true or false'),
  )
  .transform((value) => value !== undefined && /^(true|yes|1)$/i.test(value));

const time = text
  .refine(
    (value) => value === undefined || instantOf(value) !== null,
    fault('time_invalid', 'use 2026-03-01 or 2026-03-01T09:30:00Z'),
  )
  .transform((value) => (value === undefined ? null : instantOf(value)));

/** As carriers print and scan it: no blanks, capital letters. */
const tracking = text
  .transform((value) => (value === undefined ? null : trackingNumber(value)))
  .refine((value) => value === null || trackingPattern.test(value), fault('tracking_invalid', 'is no tracking number'));

const list = text.transform((value) =>
  value === undefined ? [] : value.split(/[|;\s]+/).filter((part) => part !== ''),
);

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

/** A date, or a date and time; without a zone it is UTC. */
function instantOf(value: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(value);
  if (match === null) return null;
  const [, date, clock = '00:00', zone = 'Z'] = match;
  const instant = new Date(`${date}T${clock}${zone}`);
  // Date rolls 30 February over to March; such a date is a mistake.
  const valid = !Number.isNaN(instant.getTime()) && new Date(`${date}T00:00Z`).toISOString().startsWith(String(date));
  return valid ? instant : null;
}
