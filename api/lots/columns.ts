import { z } from 'zod';
import { parseGtin } from '../../domain/goods/gtin.ts';
import { consigneeKinds, lotLinkKinds } from '../../domain/recall/lots.ts';
import { cellErrors, code, fault, needed, text, time, whole } from '../cells.ts';
import { isCurrency, type MoneyFault, moneyFaults, moneyIn } from '../money.ts';
import type { RowError, SourceRow } from '../orders/row.ts';

/** A row of one of the files that say where lots are, as the database takes it. */
export type LotRow = {
  /** By which it is known again. */
  readonly key: string;
  /** Columns of its table, as JSON has them. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Lots that it names, with what it says of them. */
  readonly lots: readonly LotRecord[];
  /** What it names that must be known, by column. */
  readonly facilities: Readonly<Record<string, string>>;
  readonly consignees: Readonly<Record<string, string>>;
  /** Of a consignee: its row of contacts. */
  readonly contact?: Readonly<Record<string, string | null>>;
};

export type LotRecord = { readonly sku: string; readonly lot: string } & Readonly<Record<string, string | null>>;

export type LotFile = {
  readonly columns: z.ZodObject;
  /** Its row, or what is wrong with it. */
  readonly read: (source: SourceRow) => LotRow | readonly RowError[];
};

const optional = text.transform((value) => value ?? null);
const anyCode = z.union([z.undefined().transform(() => null), code]);
const id = code.refine(
  (value) => !value.includes('@'),
  fault('consignee_named', 'looks like an e-mail address; use an id that names nobody'),
);
const units = whole(1, 1_000_000)
  .refine((value) => value !== null, fault('missing', 'is missing'))
  .transform((value) => value ?? 0);
const instant = time
  .refine((value) => value !== null, fault('missing', 'is missing'))
  .transform((value) => value?.toISOString() ?? '');
const day = time.transform((value) => value?.toISOString().slice(0, 10) ?? null);
const oneOf = (kinds: readonly string[]) =>
  needed.refine((value) => kinds.includes(value), fault('kind_unknown', `use one of ${kinds.join(', ')}`));
const line = z.union([z.undefined().transform(() => '1'), code]);
const country = text
  .transform((value) => value?.toUpperCase() ?? null)
  .refine((value) => value === null || /^[A-Z]{2}$/.test(value), fault('country_invalid', 'use two letters, as in DE'));
const gtin = text
  .refine(
    (value) => value === undefined || parseGtin(value) !== null,
    fault('gtin_invalid', 'is no GTIN, or was misread: its check digit doesn’t fit'),
  )
  .transform((value) => (value === undefined ? null : parseGtin(value)));

const ofLot = { gtin, madeOn: day, expiresOn: day, dateCode: optional, supplier: optional, supplierLot: optional };
const worth = { value: text, currency: text.transform((value) => value?.toUpperCase() ?? null) };

/** Reads a file's rows by their columns. */
function lotFile<S extends z.ZodObject>(
  columns: S,
  rowOf: (row: z.infer<S>, wrong: (column: string, code: string, detail: string) => null) => LotRow,
): LotFile {
  return {
    columns,
    read: (source) => {
      const parsed = columns.safeParse(source);
      if (!parsed.success) return parsed.error.issues.flatMap(cellErrors);
      const errors: RowError[] = [];
      const row = rowOf(parsed.data, (column, code, detail) => {
        errors.push({ column, code, detail });
        return null;
      });
      return errors.length > 0 ? errors : row;
    },
  };
}

type Wrong = (column: string, code: string, detail: string) => null;

function lotRecord(sku: string, lot: string, said: z.infer<z.ZodObject<typeof ofLot>>, wrong: Wrong): LotRecord {
  const { gtin, madeOn, expiresOn, dateCode, supplier, supplierLot } = said;
  if (madeOn !== null && expiresOn !== null && expiresOn < madeOn)
    wrong('expiresOn', 'time_invalid', 'is before madeOn');
  if (supplierLot !== null && supplier === null) wrong('supplier', 'missing', 'a supplierLot is that of a supplier');
  const record = { gtin, made_on: madeOn, expires_on: expiresOn, date_code: dateCode };
  return { sku, lot, ...record, supplier, supplier_lot: supplierLot };
}

/** Minor units; null where no value is told. */
function amountOf({ value, currency }: z.infer<z.ZodObject<typeof worth>>, wrong: Wrong): number | null {
  if (value === undefined && currency === null) return null;
  if (value === undefined || currency === null || !isCurrency(currency)) {
    return wrong('currency', 'currency_unknown', 'value and its ISO 4217 currency come together');
  }
  const read = moneyIn(value, currency);
  if (typeof read === 'string') return wrong('value', read satisfies MoneyFault, moneyFaults[read]);
  return read.amount < 0 ? wrong('value', 'amount_negative', 'must not be negative') : read.amount;
}

const nothing = { facilities: {}, consignees: {} };

const consigneeFile = lotFile(
  z.strictObject({
    consignee: id.refine(
      (value) => !/^(buyer|order|sub):/.test(value),
      fault('consignee_reserved', 'names one of orders, or whom a consignee names, which tell it themselves'),
    ),
    kind: oneOf(consigneeKinds),
    parent: optional,
    name: optional,
    language: text
      .transform((value) => value ?? null)
      .refine(
        (value) => value === null || /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value),
        fault('language_invalid', 'use a language’s tag, as in de or pt-BR'),
      ),
    country,
    street1: optional,
    street2: optional,
    city: optional,
    state: optional,
    zip: optional,
    phone: optional,
    email: optional,
  }),
  ({ consignee, kind, parent, name, language, country, ...address }, wrong) => {
    const reachable = Object.values(address).some((value) => value !== null);
    if (kind !== 'shopper' && name === null) wrong('name', 'missing', 'is missing');
    if (reachable && country === null) wrong('country', 'missing', 'an address needs its country');
    if (parent === consignee) wrong('parent', 'parent_is_itself', 'is the consignee itself');
    const contact = `consignee:${consignee}`;
    const isKnown = reachable || (kind === 'shopper' && name !== null);
    const record = { id: consignee, kind, name: kind === 'shopper' ? null : name, country, language, parent };
    return {
      ...nothing,
      key: consignee,
      record: { ...record, contact_id: isKnown ? contact : null },
      lots: [],
      consignees: parent === null ? {} : { parent },
      ...(isKnown
        ? {
            contact: {
              ...{ id: contact, name: name ?? '', company: null, country: country ?? '', ...address },
              ...{ street1: address.street1 ?? '', city: address.city ?? '', zip: address.zip ?? '' },
            },
          }
        : {}),
    };
  },
);

const lotsFile = lotFile(z.strictObject({ sku: code, lot: code, ...ofLot }), ({ sku, lot, ...said }, wrong) => {
  const record = lotRecord(sku, lot, said, wrong);
  return { ...nothing, key: JSON.stringify([sku, lot]), record, lots: [] };
});

const receiptsFile = lotFile(
  z.strictObject({
    reference: code,
    line,
    facility: code,
    sku: code,
    lot: code,
    quantity: units,
    receivedAt: instant,
    ...worth,
    ...ofLot,
  }),
  ({ reference, line, facility, sku, lot, quantity, receivedAt, value, currency, ...said }, wrong) => {
    const worth = { value: amountOf({ value, currency }, wrong), currency };
    return {
      ...nothing,
      key: JSON.stringify([reference, line]),
      record: { reference, line, facility, sku, lot, quantity, ...worth, received_at: receivedAt },
      lots: [lotRecord(sku, lot, said, wrong)],
      facilities: { facility },
    };
  },
);

const shipmentsFile = lotFile(
  z.strictObject({
    ...{
      reference: code,
      line,
      consignee: id,
      facility: anyCode,
      sku: code,
      lot: anyCode,
      serial: anyCode,
      dateCode: optional,
    },
    ...{ quantity: units, shippedAt: instant, ...worth },
  }),
  (
    { reference, line, consignee, facility, sku, lot, serial, dateCode, quantity, shippedAt, value, currency },
    wrong,
  ) => {
    if (serial !== null && quantity !== 1) wrong('quantity', 'quantity_invalid', 'a serial is one unit');
    const worth = { value: amountOf({ value, currency }, wrong), currency };
    const goods = { sku, lot, serial, date_code: dateCode, quantity, ...worth };
    return {
      key: JSON.stringify([reference, line]),
      record: {
        reference,
        line,
        alternative: 1,
        alternatives: 1,
        ...goods,
        facility,
        consignee,
        shipped_at: shippedAt,
      },
      lots: lot === null ? [] : [{ sku, lot }],
      facilities: facility === null ? {} : { facility },
      consignees: { consignee },
    };
  },
);

const linksFile = lotFile(
  z.strictObject({
    reference: code,
    kind: oneOf(lotLinkKinds),
    ...{
      fromSku: code,
      fromLot: code,
      toSku: code,
      toLot: code,
      used: units,
      made: units,
      facility: anyCode,
      at: instant,
    },
  }),
  ({ reference, kind, fromSku, fromLot, toSku, toLot, used, made, facility, at }) => ({
    ...nothing,
    key: reference,
    record: {
      ...{ reference, kind, from_sku: fromSku, from_lot: fromLot, to_sku: toSku, to_lot: toLot },
      ...{ used, made, facility, at },
    },
    lots: [
      { sku: fromSku, lot: fromLot },
      { sku: toSku, lot: toLot },
    ],
    facilities: facility === null ? {} : { facility },
  }),
);

/** The files that say where lots are, by the table that holds their rows. */
export const lotFiles = {
  consignees: consigneeFile,
  lots: lotsFile,
  lot_receipts: receiptsFile,
  lot_shipments: shipmentsFile,
  lot_links: linksFile,
} as const satisfies Readonly<Record<string, LotFile>>;

export type LotTable = keyof typeof lotFiles;
