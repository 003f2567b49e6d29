/** What a line of a section still expects, less what earlier deliveries were counted to bring it. */
export type Expected = {
  readonly section: string;
  readonly line: string;
  readonly sku: string;
  /** Empty where any lot may come. */
  readonly lots: readonly string[];
  readonly quantity: number;
};

/** A row of a delivery: units of one SKU, lot and state, as they were counted. */
export type Counted = {
  readonly row: number;
  readonly sku: string;
  readonly lot: string | null;
  readonly quantity: number;
  readonly damaged: boolean;
};

/** What of a counted row goes to which section; `line` is null for units that no line expects. */
export type Share = Counted & { readonly section: string; readonly line: string | null };

/**
 * Says to which section each counted unit goes. Lines that ask for the very lot come first, then those that take any, then
 * those of another lot. What is more than expected goes to a section that knows the SKU, what nobody asked for to the
 * first: a section books it in as a discrepancy of its own. Nothing that was counted is left out.
 *
 * @param first where goods go that no section knows
 */
export function allocate(expected: readonly Expected[], counted: readonly Counted[], first: string): Share[] {
  const bySku = Map.groupBy(
    expected.map((each) => ({ ...each })),
    ({ sku }) => sku,
  );
  return counted.flatMap((row): Share[] => {
    const same = bySku.get(row.sku) ?? [];
    const ranked = [...same].sort((a, b) => suits(b.lots, row.lot) - suits(a.lots, row.lot));
    const shares: Share[] = [];
    let left = row.quantity;
    for (const line of ranked) {
      const quantity = Math.min(left, line.quantity);
      if (quantity <= 0) continue;
      left -= quantity;
      line.quantity -= quantity;
      shares.push({ ...row, quantity, section: line.section, line: line.line });
    }
    if (left > 0) shares.push({ ...row, quantity: left, section: ranked[0]?.section ?? first, line: null });
    return shares;
  });
}

const suits = (lots: readonly string[], lot: string | null): number =>
  lots.length === 0 || lot === null ? 1 : lots.includes(lot) ? 2 : 0;
