/** A row as JSON, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** A table that append writes whole rows to: its columns with their types, the key's first. */
export type Table = { readonly key: readonly string[]; readonly columns: Readonly<Record<string, string>> };

/**
 * A row of a projection by column name: its field `shippingFee` is the column `shipping_fee`.
 * @param named fields whose columns are called otherwise
 */
export const byColumn = <R extends object>(row: R, named: Partial<Readonly<Record<string, string>>> = {}): Row =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [named[field] ?? columnOf(field), value]));

const columnOf = (field: string) => field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
