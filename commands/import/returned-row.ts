import type { RowError } from '../../api/orders/row.ts';
import { type Currency, isCurrency, parseMoney } from '../../domain/money/money.ts';
import { type ReasonCode, reasonCodes } from '../../domain/reasons.ts';
import { isGoods, type Mapping, mapped, theirName, type Values } from './mapping.ts';
import type { TableRow } from './table.ts';

/** A line of a return or credit document that was understood. */
export type ReturnedRow = {
  readonly sku: string;
  readonly quantity: number;
  /** Minor units of the currency; null where the file has no price. */
  readonly unitPrice: number | null;
  readonly currency: Currency;
  readonly buyer: string | null;
  /** The order, where the document names it. */
  readonly order: string | null;
  readonly at: Date;
  readonly reason: ReasonCode;
  readonly isGoods: boolean;
};

/** A row with its place: `id` names it for ever, by its document and its position in it. */
export type PlacedRow = {
  readonly id: string;
  readonly row: number;
  readonly document: string | null;
} & ({ readonly line: ReturnedRow } | { readonly line: null; readonly errors: readonly RowError[] });

/** The columns of returns, with what they mean. */
export const returnColumns = {
  document: 'number of the return or credit document; rows of one stand together',
  sku: 'what came back',
  quantity: 'units, above zero',
  unitPrice: 'what was credited a unit, as in 12.34 (optional)',
  currency: 'ISO 4217',
  buyer: 'who bought it (this or order)',
  order: 'the order that it was bought with (this or buyer)',
  at: 'when, in UTC unless it says so (optional: now)',
  reason: 'a reason code (optional: no_longer_needed)',
} as const;

type Column = keyof typeof returnColumns;

/**
 * Reads adjoining rows of one document.
 * @param before rows of the same document that stood elsewhere in the file
 */
export function readDocument(
  rows: readonly TableRow[],
  mapping: Mapping,
  source: string,
  before = 0,
): readonly PlacedRow[] {
  return rows.map(({ row, values }, index) => {
    const ours = values === null ? null : mapped(mapping, values);
    const document = ours?.['document'] ?? null;
    // A row that names no document has nothing but its place in the file.
    const id = document === null ? `import:${source}:row/${row}` : `import:${source}:${document}/${before + index + 1}`;
    if (ours === null) {
      const detail = 'has another number of columns than the header';
      return { id, row, document, line: null, errors: [{ column: '', code: 'columns_differ', detail }] };
    }
    const read = readLine(ours, mapping);
    return Array.isArray(read) ? { id, row, document, line: null, errors: read } : { id, row, document, line: read };
  });
}

function readLine(values: Values, mapping: Mapping): ReturnedRow | RowError[] {
  const errors: RowError[] = [];
  const wrong = (column: Column, code: string, detail: string) => {
    errors.push({ column: theirName(mapping, column), code, detail });
  };
  const missing = (column: Column): string => {
    if (values[column] === undefined) wrong(column, 'missing', 'is missing');
    return values[column] ?? '';
  };
  missing('document');
  const sku = missing('sku');
  const quantity = missing('quantity');
  if (quantity !== '' && !(/^\d{1,7}$/.test(quantity) && Number(quantity) >= 1)) {
    wrong('quantity', 'quantity_invalid', 'must be a whole number of units above zero');
  }
  const currency = missing('currency').toUpperCase();
  const known = isCurrency(currency) ? currency : null;
  if (known === null && currency !== '') wrong('currency', 'currency_unknown', 'is no ISO 4217 currency');
  const price = values['unitPrice'];
  const amount = price === undefined || known === null ? null : parseMoney(price, known);
  if (price !== undefined && known !== null && (amount === null || amount.amount < 0)) {
    wrong('unitPrice', 'amount_malformed', 'must be a decimal amount, as in 12.34');
  }
  const at = instantOf(values['at']);
  if (at === null) wrong('at', 'time_invalid', 'use 2026-03-01 or 2026-03-01T09:30:00Z');
  const reason = reasonCodes.find((code) => code === (values['reason'] ?? 'no_longer_needed'));
  if (reason === undefined) wrong('reason', 'reason_unknown', `use one of ${reasonCodes.join(', ')}`);
  if (errors.length > 0 || at === null || reason === undefined || known === null) return errors;
  return {
    sku,
    quantity: Number(quantity),
    unitPrice: amount?.amount ?? null,
    currency: known,
    buyer: values['buyer'] ?? null,
    order: values['order'] ?? null,
    at,
    reason,
    isGoods: isGoods(mapping, sku),
  };
}

function instantOf(text: string | undefined): Date | null {
  if (text === undefined) return new Date();
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  if (match === null) return null;
  const [, date = '', clock = '00:00', zone = 'Z'] = match;
  const instant = new Date(`${date}T${clock}${zone}`);
  const isReal = !Number.isNaN(instant.getTime()) && new Date(`${date}T00:00Z`).toISOString().startsWith(date);
  return isReal ? instant : null;
}
