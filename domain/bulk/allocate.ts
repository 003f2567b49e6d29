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
  const queues = new Map([...bySku].map(([sku, lines]) => [sku, queuesOf(lines)]));
  return counted.flatMap((row): Share[] => {
    const ranked = rankedFor(queues.get(row.sku), row.lot);
    const shares: Share[] = [];
    let left = row.quantity;
    for (const queue of ranked) {
      for (let line = next(queue); line !== undefined && left > 0; line = next(queue)) {
        const quantity = Math.min(left, line.quantity);
        left -= quantity;
        line.quantity -= quantity;
        shares.push({ ...row, quantity, section: line.section, line: line.line });
      }
    }
    const section = ranked.find(({ lines }) => lines.length > 0)?.lines[0]?.section ?? first;
    if (left > 0) shares.push({ ...row, quantity: left, section, line: null });
    return shares;
  });
}

type Open = { -readonly [Key in keyof Expected]: Expected[Key] };

/** Lines in their order; those before `at` expect nothing more, so that no row looks at them again. */
type Queue = { readonly lines: readonly Open[]; at: number };

/** The lines of one SKU: by each lot that they ask for, those that take any, and all. */
type Queues = { readonly byLot: ReadonlyMap<string, Queue>; readonly anyLot: Queue; readonly all: Queue };

function queuesOf(lines: readonly Open[]): Queues {
  const asked = lines.flatMap((line) => [...new Set(line.lots)].map((lot) => ({ lot, line })));
  const byLot = Map.groupBy(asked, ({ lot }) => lot);
  return {
    byLot: new Map([...byLot].map(([lot, of]) => [lot, queueOf(of.map(({ line }) => line))])),
    anyLot: queueOf(lines.filter(({ lots }) => lots.length === 0)),
    all: queueOf(lines),
  };
}

const queueOf = (lines: readonly Open[]): Queue => ({ lines, at: 0 });

/** Where a lot is looked for. By the time it comes to all lines, those that suit it better expect nothing more. */
function rankedFor(queues: Queues | undefined, lot: string | null): readonly Queue[] {
  if (queues === undefined) return [];
  if (lot === null) return [queues.all];
  return [queues.byLot.get(lot) ?? queueOf([]), queues.anyLot, queues.all];
}

/** The first line of a queue that still expects something. */
function next(queue: Queue): Open | undefined {
  while ((queue.lines[queue.at]?.quantity ?? 1) <= 0) queue.at += 1;
  return queue.lines[queue.at];
}
