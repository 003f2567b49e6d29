import type { RowError } from '../../api/orders/row.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type Mapping, mapped } from '../import/mapping.ts';
import { adjoining, type TableRow } from '../import/table.ts';
import { judge, type PastLine } from './judge.ts';
import { type PastRow, readPast } from './past-return.ts';
import { Report } from './report.ts';
import { Sales } from './sales.ts';

type Table = { readonly rows: AsyncIterable<TableRow>; readonly mapping: Mapping };

export type Audit = {
  readonly returns: Table;
  readonly sales: readonly (Table & { readonly file: string })[];
  readonly policy: Policy;
  /** Told of each row that can't be read; `file` names a file of sales, and is null for the returns. */
  readonly wrong: (file: string | null, row: number, errors: readonly RowError[]) => void;
  readonly progress?: (rows: number) => void;
};

const TOLD_EVERY = 10_000;
const DAY_MS = 86_400_000;

/** Reads the sales, then one document of returns after the other; only the sales stay in memory. */
export async function auditFile({ returns, sales, policy, wrong, progress }: Audit): Promise<Report> {
  const book = new Sales();
  const report = new Report();
  const rejectIn = (file: string | null) => (row: number, errors: readonly RowError[]) => {
    report.counts.rejected += 1;
    wrong(file, row, errors);
  };
  const reject = rejectIn(null);
  for (const { file, rows, mapping } of sales) {
    report.counts.salesLeftOut += await book.readAll(rows, mapping, rejectIn(file));
  }
  const buyers = new Map<string, number[]>();
  const keyOf = ({ values }: TableRow) =>
    values === null ? null : (mapped(returns.mapping, values)['document'] ?? null);
  for await (const group of adjoining(returns.rows, keyOf)) {
    const before = report.counts.rows;
    report.counts.rows += group.length;
    if (Math.floor(before / TOLD_EVERY) < Math.floor(report.counts.rows / TOLD_EVERY)) progress?.(report.counts.rows);
    // One row after the other is matched, so that a later one doesn't find the units of an earlier one.
    for (const one of returnsOf(
      group,
      (row) => readPast(row, returns.mapping, book, sales.length > 0),
      report,
      reject,
    )) {
      const recent = countRecent(buyers, one, policy.review.frequentReturns.days);
      report.add(one.lines[0]?.sold.row.currency ?? '', judge(one.lines, one.at, policy, recent));
    }
  }
  return report;
}

type OneReturn = { readonly at: Date; readonly lines: readonly PastLine[] };

/** The lines of a document as returns: one an order, and another where an order line comes twice. */
function* returnsOf(
  group: readonly TableRow[],
  read: (row: TableRow) => PastRow,
  report: Report,
  reject: (row: number, errors: readonly RowError[]) => void,
): Iterable<OneReturn> {
  let open: { at: Date; lines: PastLine[] } | null = null;
  for (const source of group) {
    const past = read(source);
    if (past.type === 'rejected') reject(past.number, past.errors);
    else if (past.type === 'unmatched') report.unmatched(past.row.currency, past.reason, past.refunded);
    else {
      const joins =
        open !== null &&
        past.lines.every(
          ({ sold }) =>
            sold.row.order === open?.lines[0]?.sold.row.order &&
            !open.lines.some((line) => line.sold.orderLine === sold.orderLine),
        );
      if (open !== null && joins) open.lines.push(...past.lines);
      else {
        if (open !== null) yield open;
        open = { at: past.row.at, lines: [...past.lines] };
      }
    }
  }
  if (open !== null) yield open;
}

/** Returns of the same buyer in the days before it. */
function countRecent(buyers: Map<string, number[]>, { at, lines }: OneReturn, days: number): number {
  const buyer = lines[0]?.sold.row.buyer;
  if (buyer == null) return 0;
  const recent = (buyers.get(buyer) ?? []).filter((time) => time > at.getTime() - days * DAY_MS);
  buyers.set(buyer, [...recent, at.getTime()]);
  return recent.length;
}
