import { type OrderRow, type RowError, readRow } from '../../api/orders/row.ts';
import { matchPurchase, type Purchase, type Taken } from '../../domain/sale/matching.ts';
import { isGoods, type Mapping, mapped } from '../import/mapping.ts';
import type { ReturnedRow } from '../import/returned-row.ts';
import type { TableRow } from '../import/table.ts';

/** An order line of the past. */
export type Sold = { readonly orderLine: string; readonly row: OrderRow };

/** Units of it that came back: `from` is the position of the first, so that none is counted twice. */
export type Part = { readonly sold: Sold; readonly quantity: number; readonly from: number };

export type Found =
  | { readonly type: 'found'; readonly lines: readonly Part[] }
  | { readonly type: 'unmatched'; readonly reason: string };

/** The sales of a file: all that the audit keeps in memory of it, a line each. */
export class Sales {
  readonly #lines = new Map<string, Sold>();
  readonly #taken = new Map<string, number>();
  readonly #byBuyer = new Map<string, Sold[]>();
  readonly #byOrder = new Map<string, Sold[]>();

  /** Takes up every line of a file; rows that can't be read are told. Answers how many it left out, as nothing was sold with them. */
  async readAll(
    rows: AsyncIterable<TableRow>,
    mapping: Mapping,
    wrong: (row: number, errors: readonly RowError[]) => void,
  ): Promise<number> {
    let leftOut = 0;
    for await (const { row, values } of rows) {
      if (values === null) {
        wrong(row, [{ column: '', code: 'columns_differ', detail: 'has another number of columns than the header' }]);
        continue;
      }
      const ours = mapped(mapping, values);
      // Credits, corrections and fees stand among the sales of real files: nothing was sold with them.
      if (!/^[1-9]\d*$/.test(ours['quantity'] ?? '') || !isGoods(mapping, ours['sku'] ?? '')) {
        leftOut += 1;
        continue;
      }
      const read = readRow(ours);
      if ('errors' in read) wrong(row, read.errors);
      else this.add(read.row);
    }
    return leftOut;
  }

  add(row: OrderRow): Sold {
    const orderLine = `${row.order}:${this.#byOrder.get(row.order)?.length ?? 0}`;
    const sold: Sold = { orderLine, row };
    this.#lines.set(orderLine, sold);
    push(this.#byOrder, row.order, sold);
    if (row.buyer !== null) push(this.#byBuyer, row.buyer, sold);
    return sold;
  }

  /**
   * Takes units of the sale that a row tells of itself: the same one each time where it says how many were sold, else one of
   * its own, as nothing then shows that these units had come back before.
   */
  takeItself(row: OrderRow, quantity: number, saysSold: boolean): Part {
    const known = saysSold ? this.#byOrder.get(row.order)?.find((each) => each.row.sku === row.sku) : undefined;
    return this.#take({ orderLine: (known ?? this.add(row)).orderLine, quantity });
  }

  /** Takes units of the purchase that a returned line is about, by the rules of an import (see domain/sale/matching.ts). */
  take(row: ReturnedRow): Found {
    const candidates =
      row.order !== null ? this.#byOrder.get(row.order) : row.buyer === null ? [] : this.#byBuyer.get(row.buyer);
    const lines = (candidates ?? []).filter((sold) => sold.row.sku === row.sku);
    const line = { ...row, at: row.at.toISOString(), isIdentified: row.buyer !== null || row.order !== null };
    const match = matchPurchase(
      line,
      lines.map((sold) => this.#purchaseOf(sold)),
    );
    if (match.type === 'unmatched') return { type: 'unmatched', reason: match.reason };
    return { type: 'found', lines: match.lines.map((taken) => this.#take(taken)) };
  }

  #take({ orderLine, quantity }: Taken): Part {
    const sold = this.#lines.get(orderLine);
    if (sold === undefined) throw new Error(`a match names ${orderLine}, which was not sold`);
    const from = this.#taken.get(orderLine) ?? 0;
    this.#taken.set(orderLine, Math.min(sold.row.quantity, from + quantity));
    return { sold, quantity, from };
  }

  #purchaseOf({ orderLine, row }: Sold): Purchase {
    return {
      order: row.order,
      orderLine,
      placedAt: row.placedAt.toISOString(),
      quantity: row.quantity,
      paid: row.price - row.discount,
      returnable: row.quantity - (this.#taken.get(orderLine) ?? 0),
    };
  }
}

function push(lists: Map<string, Sold[]>, key: string, sold: Sold): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [sold]);
  else list.push(sold);
}
