import { isInRange } from './code-range.ts';
import type { RecallScope, ScopeLine } from './scope.ts';

/**
 * The first goods of a scope that a newer one has lost, as a path in the newer or, where the SKU is missing, its lines; null where
 * it holds all of them. A running recall may only grow: whoever was told to stop selling must not find out that they needn't.
 * Both are sound in themselves.
 */
export function lostBy(before: RecallScope, after: RecallScope): string | null {
  for (const line of before.lines) {
    const index = after.lines.findIndex(({ sku }) => sku === line.sku);
    const wider = after.lines[index];
    if (wider === undefined) return 'lines';
    const lost = lostOf(line, wider);
    if (lost !== null) return `lines[${index}].${lost}`;
  }
  return null;
}

function lostOf(before: ScopeLine, after: ScopeLine): keyof ScopeLine | null {
  if (!windowHolds(before.shipped, after.shipped)) return 'shipped';
  if (choosesAll(after)) return null;
  if (choosesAll(before)) return 'lots';
  if (!before.lots.every((lot) => holdsLot(after, lot))) return 'lots';
  if (!before.lotRanges.every((range) => after.lotRanges.some((wider) => holdsRange(wider, range)))) return 'lotRanges';
  if (!before.serialRanges.every((range) => after.serialRanges.some((wider) => holdsRange(wider, range)))) {
    return 'serialRanges';
  }
  if (!before.dateCodes.every((code) => after.dateCodes.includes(code))) return 'dateCodes';
  const { expires } = before;
  if (expires === null) return null;
  const held = after.expires !== null && after.expires.from <= expires.from && expires.to <= after.expires.to;
  return held ? null : 'expires';
}

/** Whether a line says no more than its SKU and when goods left. */
export const choosesAll = ({ lots, lotRanges, serialRanges, dateCodes, expires }: ScopeLine): boolean =>
  lots.length + lotRanges.length + serialRanges.length + dateCodes.length === 0 && expires === null;

export const holdsLot = ({ lots, lotRanges }: ScopeLine, lot: string): boolean =>
  lots.includes(lot) || lotRanges.some((range) => isInRange(lot, range));

type Range = ScopeLine['lotRanges'][number];
export const holdsRange = (wider: Range, range: Range): boolean =>
  isInRange(range.from, wider) && isInRange(range.to, wider);

function windowHolds(before: ScopeLine['shipped'], after: ScopeLine['shipped']): boolean {
  if (after === null) return true;
  return before !== null && after.from <= before.from && before.until <= after.until;
}
