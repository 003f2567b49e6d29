import { beginningOf, isInRange, type OpenRange } from './code-range.ts';
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
  if (!before.lotRanges.every((range) => holdsLots(after, range))) return 'lotRanges';
  if (!prefixesOf(before).every((prefix) => beginsAs(after, prefix))) return 'lotPrefixes';
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
export const choosesAll = ({
  lots,
  lotRanges,
  lotPrefixes = [],
  serialRanges,
  dateCodes,
  expires,
}: ScopeLine): boolean =>
  lots.length + lotRanges.length + lotPrefixes.length + serialRanges.length + dateCodes.length === 0 &&
  expires === null;

export const holdsLot = (line: ScopeLine, lot: string): boolean =>
  line.lots.includes(lot) || line.lotRanges.some((range) => isInRange(lot, range)) || beginsAs(line, lot);

/** Whether a line has all lots of a range. */
const holdsLots = (line: ScopeLine, range: OpenRange): boolean =>
  line.lotRanges.some((wider) => holdsRange(wider, range)) || beginsAs(line, beginningOf(range));

/**
 * An end that is open has to be so in the wider one too. Of two ranges without a beginning only ends of one length compare: up to
 * `L50` has `L07`, up to `L100` hasn't, as its numbers aren't padded.
 */
export const holdsRange = (wider: OpenRange, { from, to }: OpenRange): boolean =>
  (from === null ? wider.from === null && to?.length === wider.to?.length : isInRange(from, wider)) &&
  (to === null ? wider.to === null : isInRange(to, wider));

const prefixesOf = ({ lotPrefixes = [] }: ScopeLine): readonly string[] => lotPrefixes;
const beginsAs = (line: ScopeLine, code: string): boolean => prefixesOf(line).some((prefix) => code.startsWith(prefix));

function windowHolds(before: ScopeLine['shipped'], after: ScopeLine['shipped']): boolean {
  if (after === null) return true;
  return before !== null && after.from <= before.from && before.until <= after.until;
}
