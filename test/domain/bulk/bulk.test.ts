import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, type Counted, type Expected, type Share } from '../../../domain/bulk/allocate.ts';
import { type BulkRow, intoSections } from '../../../domain/bulk/sections.ts';

const whole = '73MN-Q9TX-0';
const someRows = fc
  .array(
    fc.record({
      orderLine: fc.integer({ min: 1, max: 30 }).map((n) => `OL-${n}`),
      quantity: fc.integer({ min: 1, max: 50 }),
      lot: fc.constantFrom(null, 'A', 'B', 'C'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) =>
    rows.map(
      (row, index): BulkRow => ({ ...row, row: index + 1, sku: `SKU-${row.orderLine}`, reason: 'changed_mind' }),
    ),
  );
const units = (of: readonly { readonly quantity: number }[]) => of.reduce((sum, { quantity }) => sum + quantity, 0);

test('every row of the file is on one line of one section, with all its units, and no section is too long', () => {
  fc.assert(
    fc.property(someRows, fc.integer({ min: 1, max: 9 }), (rows, most) => {
      const sections = intoSections(whole, rows, most);
      expect(sections.flatMap((section) => section.rows.map(({ row }) => row)).toSorted((a, b) => a - b)).toEqual(
        rows.map(({ row }) => row),
      );
      const lines = sections.flatMap((section) => section.lines);
      expect(new Set(lines.map(({ orderLine }) => orderLine)).size).toBe(lines.length);
      expect(units(lines)).toBe(units(rows));
      for (const section of sections) {
        if (section.lines.length > 1) expect(section.rows.length).toBeLessThanOrEqual(most);
        for (const { line, quantity } of section.lines) {
          expect(quantity).toBe(units(section.rows.filter((row) => row.line === line)));
        }
      }
    }),
  );
});

const someLines = fc
  .array(
    fc.record({
      sku: fc.constantFrom('X', 'Y'),
      lots: fc.constantFrom([], ['A'], ['B'], ['A', 'B']),
      quantity: fc.integer({ min: 0, max: 9 }),
      section: fc.constantFrom(`${whole}.01`, `${whole}.02`),
    }),
    { maxLength: 8 },
  )
  .map((lines) => lines.map((line, index): Expected => ({ ...line, line: `L${index + 1}` })));
const someCounts = fc
  .array(
    fc.record({
      sku: fc.constantFrom('X', 'Y', 'Z'),
      lot: fc.constantFrom(null, 'A', 'B', 'C'),
      quantity: fc.integer({ min: 1, max: 12 }),
      damaged: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((counts) => counts.map((count, index): Counted => ({ ...count, row: index + 1 })));

test('every counted unit goes to one section, no line gets more than it expects, and a lot to its own line first', () => {
  fc.assert(
    fc.property(someLines, someCounts, (lines, counts) => {
      const shares = allocate(lines, counts, `${whole}.01`);
      for (const { row, quantity } of counts) expect(units(shares.filter((each) => each.row === row))).toBe(quantity);
      for (const line of lines) {
        expect(units(shares.filter((each) => each.line === line.line))).toBeLessThanOrEqual(line.quantity);
      }
      for (const sku of ['X', 'Y']) {
        const over = shares.some((share) => share.sku === sku && share.line === null);
        const open = lines.some(
          ({ line, sku: of, quantity }) =>
            of === sku && quantity > units(shares.filter((share) => share.line === line)),
        );
        expect(over && open).toBe(false);
      }
      const [share] = shares;
      const own = lines.filter((line) => line.sku === share?.sku && line.quantity > 0);
      const asks = own.filter(({ lots }) => share !== undefined && share.lot !== null && lots.includes(share.lot));
      if (asks.length > 0) expect(asks.map(({ line }) => line)).toContain(share?.line);
    }),
  );
});

/** As it is said, without a thought for how long it takes: each row looks at all lines anew. */
function spread(expected: readonly Expected[], counted: readonly Counted[], first: string): Share[] {
  const lines = expected.map((line) => ({ ...line }));
  const suits = (lots: readonly string[], lot: string | null) =>
    lots.length === 0 || lot === null ? 1 : lots.includes(lot) ? 2 : 0;
  return counted.flatMap((row) => {
    const same = lines.filter(({ sku }) => sku === row.sku);
    const ranked = same.sort((a, b) => suits(b.lots, row.lot) - suits(a.lots, row.lot));
    let left = row.quantity;
    const shares: Share[] = [];
    for (const line of ranked) {
      const quantity = Math.min(left, line.quantity);
      if (quantity === 0) continue;
      left -= quantity;
      line.quantity -= quantity;
      shares.push({ ...row, quantity, section: line.section, line: line.line });
    }
    return left === 0
      ? shares
      : [...shares, { ...row, quantity: left, section: ranked[0]?.section ?? first, line: null }];
  });
}

test('lines get the same whether each row looks at all of them, or at those that still expect something', () => {
  fc.assert(
    fc.property(someLines, someCounts, (lines, counts) => {
      expect(allocate(lines, counts, `${whole}.01`)).toEqual(spread(lines, counts, `${whole}.01`));
    }),
    { numRuns: 1_000 },
  );
});
