import { type RowError, readRow } from '../../api/orders/row.ts';
import { grades } from '../../domain/goods/grading.ts';
import { parseMoney } from '../../domain/money/money.ts';
import { type Mapping, mapped, type Values } from '../import/mapping.ts';
import { type ReturnedRow, readDocument } from '../import/returned-row.ts';
import type { TableRow } from '../import/table.ts';
import type { PastLine } from './judge.ts';
import type { Sales } from './sales.ts';

/** A row of a past return as far as it was understood. */
export type PastRow =
  | { readonly type: 'lines'; readonly row: ReturnedRow; readonly lines: readonly PastLine[] }
  | { readonly type: 'unmatched'; readonly reason: string; readonly row: ReturnedRow; readonly refunded: number }
  | { readonly type: 'rejected'; readonly number: number; readonly errors: readonly RowError[] };

/**
 * Reads a row and finds its sale: in the file of sales where there is one, else in the row itself.
 * @param hasSales whether a file of sales was read
 */
export function readPast(source: TableRow, mapping: Mapping, sales: Sales, hasSales: boolean): PastRow {
  const [placed] = readDocument([source], mapping, 'audit');
  const ours = source.values === null ? {} : mapped(mapping, source.values);
  if (placed === undefined || placed.line === null) {
    return { type: 'rejected', number: source.row, errors: placed?.errors ?? [] };
  }
  const row = placed.line;
  const errors: RowError[] = [];
  const amount = (column: string): number | null => {
    const text = ours[column];
    const read =
      text === undefined ? null : parseMoney(text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), row.currency);
    if (text !== undefined && (read === null || read.amount < 0)) {
      errors.push({ column, code: 'amount_malformed', detail: 'must be a decimal amount, as in 12.34' });
    }
    return read?.amount ?? null;
  };
  const refunded = amount('refunded') ?? (row.unitPrice ?? 0) * row.quantity;
  const claimed = amount('claimed');
  const grade = grades.find((each) => each === ours['grade']) ?? null;
  if (ours['grade'] !== undefined && grade === null) {
    errors.push({ column: 'grade', code: 'grade_unknown', detail: `use one of ${grades.join(', ')}` });
  }
  if (errors.length > 0) return { type: 'rejected', number: source.row, errors };
  const opened = ours['opened'] === undefined ? null : /^(true|yes|1)$/i.test(ours['opened']);
  const rest = { reason: row.reason, opened, grade };
  if (!hasSales) {
    const sale = readRow(saleOf(ours, row));
    if ('errors' in sale) return { type: 'rejected', number: source.row, errors: sale.errors };
    const part = sales.takeItself(sale.row, row.quantity, ours['sold'] !== undefined);
    return { type: 'lines', row, lines: [{ ...part, refunded, claimed, ...rest }] };
  }
  const found = sales.take(row);
  if (found.type === 'unmatched') return { type: 'unmatched', reason: found.reason, row, refunded };
  let before = 0;
  const lines = found.lines.map((part): PastLine => {
    const { quantity } = part;
    const share = (total: number) =>
      Math.round((total * (before + quantity)) / row.quantity) - Math.round((total * before) / row.quantity);
    const line = {
      ...part,
      refunded: share(refunded),
      claimed: claimed === null ? null : share(claimed),
      ...rest,
    };
    before += quantity;
    return line;
  });
  return { type: 'lines', row, lines };
}

/** The sale as the row tells it, in the columns of an import. */
function saleOf(ours: Values, row: ReturnedRow): Values {
  const { discount, tax, category, country = 'ZZ', channel, deliveredAt, finalSale, hygiene, buyer } = ours;
  const placedAt = ours['placedAt'] ?? deliveredAt ?? row.at.toISOString();
  const sale = {
    order: row.order ?? ours['document'],
    sku: row.sku,
    quantity: ours['sold'] ?? String(row.quantity),
    unitPrice: ours['unitPrice'] ?? '0',
    currency: row.currency,
    ...{ discount, tax, category, country, channel, deliveredAt, finalSale, hygiene, buyer, placedAt },
  };
  return Object.fromEntries(
    Object.entries(sale).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
