import type { Projection } from '../../domain/return/projection.ts';

type Table = Map<string, Record<string, unknown>>;

/** The read model as append keeps it: rows upserted by key, gone items deleted, the end of an attention merged. */
export class Tables {
  return: unknown = null;
  readonly #tables = new Map<string, Table>();

  apply(projection: Projection): string[] {
    this.return = projection.return;
    const item = (row: { item: string }) => row.item;
    const twice = [
      ...this.#put('lines', projection.lines, (row) => row.line),
      ...this.#put('items', projection.items, item),
      ...this.#put('parcels', projection.parcels, (row) => row.parcel),
      ...this.#put('claims', projection.claims, (row) => row.claim),
      ...this.#put('pickups', projection.pickups, (row) => row.pickup),
      ...this.#put('refunds', projection.refunds, (row) => row.refund),
      ...this.#put('settlements', projection.settlements, (row) => row.settlement),
      ...this.#put('clawbacks', projection.clawbacks, (row) => row.clawback),
      ...this.#put('exchanges', projection.exchanges, (row) => row.exchange),
      ...this.#put('holds', projection.holds, (row) => row.hold),
      ...this.#put('charges', projection.charges, (row) => row.clawback),
      ...this.#put('warranties', projection.warranties, ({ orderLine, serial }) => `${orderLine} ${serial}`),
      ...this.#put('inspections', projection.inspections, item),
      ...this.#put('attention', projection.attention, (row) => row.attention),
    ];
    for (const gone of projection.goneItems) this.#table('items').delete(gone);
    return twice;
  }

  get content(): string {
    const tables = [...this.#tables].sort(([a], [b]) => (a < b ? -1 : 1));
    const rows = tables.map(([name, table]) => [name, [...table].sort(([a], [b]) => (a < b ? -1 : 1))]);
    return JSON.stringify([this.return, rows]);
  }

  /** One statement can't write a row twice: names those that it would. */
  #put<Row extends object>(name: string, rows: readonly Row[], keyOf: (row: Row) => string): string[] {
    const table = this.#table(name);
    const keys = new Set<string>();
    return rows.flatMap((row) => {
      const key = keyOf(row);
      const isTwice = keys.has(key);
      keys.add(key);
      const news = Object.entries(row).filter(([, value]) => name !== 'attention' || value !== null);
      const before = name === 'attention' ? table.get(key) : undefined;
      table.set(key, { ...before, ...Object.fromEntries(news) });
      return isTwice ? [`${name} ${key} is written twice in one step`] : [];
    });
  }

  #table(name: string): Table {
    const table = this.#tables.get(name) ?? new Map();
    this.#tables.set(name, table);
    return table;
  }
}
