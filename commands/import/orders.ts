import { z } from 'zod';
import { type OrderRow, type RowError, readRow } from '../../api/orders/row.ts';
import type { ApiClient } from './client.ts';
import { isGoods, type Mapping, mapped, theirName, type Values } from './mapping.ts';
import { adjoining, type TableRow } from './table.ts';

/** What became of a row. */
export type RowOutcome = {
  readonly row: number;
  readonly status: 'created' | 'unchanged' | 'rejected';
  readonly order: string | null;
  /** By the file's own column names; empty for the row as a whole. */
  readonly errors: readonly RowError[];
};

/** An order whose rows are all good, as it is sent. */
export type WholeOrder = { readonly order: string; readonly total: number; readonly currency: string };

export type OrderImport = {
  readonly client: ApiClient;
  readonly mapping: Mapping;
  /** More columns for the rows of each order, e.g. its payment; asked once a batch. */
  readonly complete?: (orders: readonly WholeOrder[]) => Promise<ReadonlyMap<string, Values>>;
};

/** Rows a request: few enough to hold in memory, enough for the round trips not to count. */
const BATCH_ROWS = 1_000;

/**
 * Imports orders from a table with a row an order line. An order with a bad row is left out whole: half an order would let
 * the wrong amount go back. The same file may come again: what is stored stays as it is.
 */
export async function* importOrders(
  rows: AsyncIterable<TableRow>,
  { client, mapping, complete }: OrderImport,
): AsyncIterable<RowOutcome> {
  let batch: CheckedOrder[] = [];
  let size = 0;
  // One request at a time, and the next rows are read and checked while it is under way.
  let sending: Promise<readonly RowOutcome[]> = Promise.resolve([]);
  for await (const group of adjoining(readRows(rows, mapping), ({ order }) => order)) {
    const checked = checkOrder(group, mapping);
    if (Array.isArray(checked)) {
      yield* checked;
      continue;
    }
    batch.push(checked);
    size += group.length;
    if (size < BATCH_ROWS) continue;
    yield* await sending;
    sending = send(batch, client, mapping, complete);
    // Whoever awaits it hears of a failure; until then nobody does.
    sending.catch(() => undefined);
    batch = [];
    size = 0;
  }
  yield* await sending;
  if (batch.length > 0) yield* await send(batch, client, mapping, complete);
}

type MappedRow = { readonly row: number; readonly order: string | null; readonly values: Values | null };
type CheckedOrder = WholeOrder & { readonly rows: readonly { readonly row: number; readonly values: Values }[] };

async function* readRows(rows: AsyncIterable<TableRow>, mapping: Mapping): AsyncIterable<MappedRow> {
  for await (const { row, values } of rows) {
    const ours = values === null ? null : mapped(mapping, values);
    yield { row, order: ours?.['order'] ?? null, values: ours };
  }
}

function checkOrder(group: readonly MappedRow[], mapping: Mapping): CheckedOrder | RowOutcome[] {
  const order = group[0]?.order ?? null;
  const rows: { row: number; values: Values }[] = [];
  const good: OrderRow[] = [];
  const errors = new Map<number, readonly RowError[]>();
  for (const [index, { row, values }] of group.entries()) {
    if (values === null) {
      errors.set(row, [
        { column: '', code: 'columns_differ', detail: 'has another number of columns than the header' },
      ]);
      continue;
    }
    const category = isGoods(mapping, values['sku'] ?? '') ? {} : { category: 'fee' };
    const line = { line: String(index + 1), ...category, ...values };
    const read = readRow(line);
    if ('row' in read) good.push(read.row);
    else errors.set(row, saleErrors(values) ?? read.errors);
    rows.push({ row, values: line });
  }
  const [first] = good;
  if (errors.size === 0 && first !== undefined) {
    const total = good.reduce((sum, { price, discount, tax }) => sum + price - discount + tax, 0);
    return { order: first.order, currency: first.currency, total, rows };
  }
  const [bad] = errors.keys();
  const held: RowError = {
    column: '',
    code: 'order_incomplete',
    detail: `row ${bad} of the same order is wrong, and half an order is never taken`,
  };
  return group.map(({ row }) => ({
    row,
    status: 'rejected',
    order,
    errors: (errors.get(row) ?? [held]).map((error) => ({ ...error, column: theirName(mapping, error.column) })),
  }));
}

/** What is no sale is named as such, whatever else may be wrong with it. */
function saleErrors({ quantity = '', buyer = '', price, unitPrice }: Values): readonly RowError[] | null {
  if (!/^-\d*[1-9]\d*$/.test(quantity)) return null;
  const nothingPaid = Number(price ?? unitPrice ?? '') === 0;
  return buyer === '' && nothingPaid
    ? [{ column: 'quantity', code: 'write_off', detail: 'goods that were written off: no sale' }]
    : [
        {
          column: 'quantity',
          code: 'negative_quantity',
          detail: 'an order sells; what came back is imported as returns',
        },
      ];
}

const Result = z.object({
  row: z.int(),
  status: z.enum(['created', 'unchanged', 'rejected']),
  errors: z.array(z.object({ column: z.string(), code: z.string(), detail: z.string() })).optional(),
});
const Done = z.object({ done: z.boolean(), detail: z.string().optional() });

async function send(
  orders: readonly CheckedOrder[],
  client: ApiClient,
  mapping: Mapping,
  complete: OrderImport['complete'],
): Promise<RowOutcome[]> {
  const more = (await complete?.(orders)) ?? new Map<string, Values>();
  const rows = orders.flatMap(({ order, rows: lines }) =>
    lines.map(({ row, values }) => ({ row, order, values: { ...values, ...more.get(order) } })),
  );
  const answers = await client.postLines(
    '/v1/orders/import',
    rows.map(({ values }) => values),
  );
  const end = Done.safeParse(answers.at(-1)).data;
  if (end?.done !== true) throw new Error(`The orders were not all taken: ${end?.detail ?? 'the answer broke off'}.`);
  return answers.slice(0, -1).map((answer): RowOutcome => {
    const { row, status, errors = [] } = Result.parse(answer);
    const sent = rows[row - 1];
    if (sent === undefined) throw new Error(`The API answered for row ${row}, which was not sent.`);
    const named = errors.map((error) => ({ ...error, column: theirName(mapping, error.column) }));
    return { row: sent.row, status, order: sent.order, errors: named };
  });
}
