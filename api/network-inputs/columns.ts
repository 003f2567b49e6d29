import { z } from 'zod';
import { cellErrors, code, fault, needed, text, time, whole } from '../cells.ts';
import { isCurrency, type MoneyFault, moneyFaults, moneyIn } from '../money.ts';
import type { RowError, SourceRow } from '../orders/row.ts';

/** A row of one of the files that plans are made of, as the database takes it. */
export type InputRow = {
  /** By which it is known again. */
  readonly key: string;
  /** Columns of its table. */
  readonly record: Readonly<Record<string, string | number | null>>;
  /** Facilities that it names, by column. */
  readonly facilities: Readonly<Record<string, string>>;
};

/** One of these files: what becomes of a row that is known already is that it is as the last file says. */
export type InputFile = {
  readonly table: string;
  /** With their types in the database; those of the key first. */
  readonly types: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly names: readonly string[];
  readonly read: (source: SourceRow) => InputRow | readonly RowError[];
};

type Wrong = (column: string, code: string, detail: string) => null;

function inputFile<S extends z.ZodObject>(
  { table, types, key }: Pick<InputFile, 'table' | 'types' | 'key'>,
  columns: S,
  recordOf: (row: z.infer<S>, wrong: Wrong) => InputRow['record'],
): InputFile {
  return {
    ...{ table, types, key, names: Object.keys(columns.shape) },
    read: (source) => {
      const parsed = columns.safeParse(source);
      if (!parsed.success) return parsed.error.issues.flatMap(cellErrors);
      const errors: RowError[] = [];
      const record = recordOf(parsed.data, (column, code, detail) => {
        errors.push({ column, code, detail });
        return null;
      });
      if (errors.length > 0) return errors;
      const facilities = ['facility', 'origin', 'destination'].flatMap((column) =>
        typeof record[column] === 'string' ? [[column, record[column]] as const] : [],
      );
      return {
        record,
        key: JSON.stringify(key.map((column) => record[column])),
        facilities: Object.fromEntries(facilities),
      };
    },
  };
}

const units = whole(0, 1_000_000_000);
const neededUnits = units
  .refine((value) => value !== null, fault('missing', 'is missing'))
  .transform((value) => value ?? 0);
const currency = needed
  .transform((value) => value.toUpperCase())
  .refine(isCurrency, fault('currency_unknown', 'is in no ISO 4217 currency'));

/** Minor units; null where there is no amount. */
function amountOf(value: string | undefined, currency: string, column: string, wrong: Wrong): number | null {
  if (value === undefined) return null;
  const read = moneyIn(value, currency);
  if (typeof read === 'string') return wrong(column, read satisfies MoneyFault, moneyFaults[read]);
  return read.amount < 0 ? wrong(column, 'amount_negative', 'must not be negative') : read.amount;
}

/** What should lie where, and what a missing unit costs. */
export const stockLimits = inputFile(
  {
    table: 'stock_limits',
    key: ['sku', 'facility'],
    types: { sku: 'text', facility: 'text', minimum: 'int', maximum: 'int', value: 'bigint', currency: 'text' },
  },
  z.strictObject({ sku: code, facility: code, minimum: neededUnits, maximum: neededUnits, value: needed, currency }),
  ({ value, ...row }, wrong) => {
    if (row.maximum < row.minimum) wrong('maximum', 'quantity_invalid', 'is less than the minimum');
    return { ...row, value: amountOf(value, row.currency, 'value', wrong) };
  },
);

/** What will be asked for. */
export const demandForecasts = inputFile(
  {
    table: 'demand_forecasts',
    key: ['sku', 'facility', 'from_day'],
    types: { sku: 'text', facility: 'text', from_day: 'date', days: 'int', quantity: 'int' },
  },
  z.strictObject({ sku: code, facility: code, from: time, days: whole(1, 366), quantity: neededUnits }),
  ({ sku, facility, from, days, quantity }, wrong) => {
    if (from === null) wrong('from', 'missing', 'is missing');
    return { sku, facility, from_day: from?.toISOString().slice(0, 10) ?? '', days: days ?? 7, quantity };
  },
);

/** Ways from one facility to another. */
export const lanes = inputFile(
  {
    table: 'lanes',
    key: ['origin', 'destination'],
    types: {
      ...{ origin: 'text', destination: 'text', currency: 'text', per_unit: 'bigint', per_shipment: 'bigint' },
      ...{ days: 'int', capacity: 'int' },
    },
  },
  z.strictObject({
    ...{ origin: code, destination: code, currency, perUnit: needed, perShipment: text },
    ...{ days: whole(0, 365), capacity: units },
  }),
  ({ origin, destination, currency, perUnit, perShipment, days, capacity }, wrong) => {
    if (origin === destination) wrong('destination', 'same_facility', 'is the origin itself');
    return {
      ...{ origin, destination, currency, days: days ?? 1, capacity },
      per_unit: amountOf(perUnit, currency, 'perUnit', wrong),
      per_shipment: amountOf(perShipment, currency, 'perShipment', wrong) ?? 0,
    };
  },
);

/** What a unit of a SKU takes of a vehicle, and what it brings where nobody needs it. */
export const skuFacts = inputFile(
  {
    table: 'sku_facts',
    key: ['sku'],
    types: {
      ...{ sku: 'text', millilitres: 'int', grams: 'int', currency: 'text' },
      ...{ vendor_return: 'bigint', liquidation: 'bigint', markdown: 'bigint' },
    },
  },
  z.strictObject({
    ...{ sku: code, millilitres: whole(1, 100_000_000), grams: whole(1, 100_000_000) },
    ...{ currency: text, vendorReturn: text, liquidation: text, markdown: text },
  }),
  ({ sku, millilitres, grams, currency: given, vendorReturn, liquidation, markdown }, wrong) => {
    if ((millilitres === null) !== (grams === null))
      wrong('grams', 'missing', 'volume and weight of a unit come together');
    const currency = given?.toUpperCase() ?? null;
    const isPriced = [vendorReturn, liquidation, markdown].some((price) => price !== undefined);
    if (isPriced !== (currency !== null)) wrong('currency', 'missing', 'prices and their currency come together');
    const price = (value: string | undefined, column: string) =>
      currency === null ? null : amountOf(value, currency, column, wrong);
    return {
      ...{ sku, millilitres, grams, currency, vendor_return: price(vendorReturn, 'vendorReturn') },
      ...{ liquidation: price(liquidation, 'liquidation'), markdown: price(markdown, 'markdown') },
    };
  },
);
