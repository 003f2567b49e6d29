import { type CodeRange, isInRange, type OpenRange, type RangeFault, rangeFault, rangesMeet } from './code-range.ts';

/**
 * Which goods a recall is about. A line is one SKU with what chooses goods of it; these add up, and a line that names none is
 * about all of the SKU. Goods whose lot nobody told can't be excluded: a trace names them apart.
 */
export type RecallScope = { readonly lines: readonly ScopeLine[] };

export type ScopeLine = {
  readonly sku: string;
  readonly lots: readonly string[];
  readonly lotRanges: readonly OpenRange[];
  /** What lots begin with, as a plant's code; absent in scopes that were made before there were any: none. */
  readonly lotPrefixes?: readonly string[];
  readonly serialRanges: readonly CodeRange[];
  /** As they are printed on the goods, for want of a lot or beside it. */
  readonly dateCodes: readonly string[];
  /** Days on which lots expire, the first and the last; ISO 8601. */
  readonly expires: { readonly from: string; readonly to: string } | null;
  /**
   * Instants between which goods left, the second one excluded. It narrows shipments of the SKU; stock counts where something
   * else chooses it, and what was made of its lots counts whenever it left.
   */
  readonly shipped: { readonly from: string; readonly until: string } | null;
};

/** What is wrong with a scope, and where: a path as `lines[0].lots[2]`. */
export type ScopeFault = {
  readonly field: string;
  readonly code: 'scope_empty' | 'scope_overlap' | 'window_empty' | RangeFault;
  readonly detail: string;
};

/** All that is wrong with a scope: it is empty, says a thing twice, or has a range or a window that holds nothing. */
export function scopeFaults({ lines }: RecallScope): readonly ScopeFault[] {
  if (lines.length === 0) {
    return [{ field: 'lines', code: 'scope_empty', detail: 'name at least one SKU' }];
  }
  const seen = new Map<string, number>();
  return lines.flatMap((line, index) => {
    const field = `lines[${index}]`;
    const before = seen.get(line.sku);
    seen.set(line.sku, before ?? index);
    const twice = before === undefined ? [] : [overlap(`${field}.sku`, `${line.sku} is in lines[${before}] already`)];
    return [...twice, ...lineFaults(line, field)];
  });
}

function lineFaults(line: ScopeLine, field: string): readonly ScopeFault[] {
  const { lots, lotPrefixes = [], dateCodes, expires, shipped } = line;
  return [
    ...repeated(lots, `${field}.lots`),
    ...repeated(dateCodes, `${field}.dateCodes`),
    ...prefixFaults(lotPrefixes, `${field}.lotPrefixes`),
    ...rangeFaults(line.lotRanges, `${field}.lotRanges`),
    ...rangeFaults(line.serialRanges, `${field}.serialRanges`),
    ...lots.flatMap((lot, index) => {
      const at = `${field}.lots[${index}]`;
      const prefix = lotPrefixes.find((each) => lot.startsWith(each));
      if (prefix !== undefined) return [overlap(at, `${lot} begins with ${prefix}, which is named already`)];
      const range = line.lotRanges.find((each) => rangeFault(each) === null && isInRange(lot, each));
      return range === undefined ? [] : [overlap(at, `${lot} is in the range ${inWordsOf(range)} already`)];
    }),
    ...(expires !== null && expires.to < expires.from
      ? [windowEmpty(`${field}.expires.to`, 'the last day is before the first')]
      : []),
    ...(shipped !== null && shipped.until <= shipped.from
      ? [windowEmpty(`${field}.shipped.until`, 'it ends before it begins')]
      : []),
  ];
}

function repeated(codes: readonly string[], field: string): readonly ScopeFault[] {
  return codes.flatMap((code, index) =>
    codes.indexOf(code) < index ? [overlap(`${field}[${index}]`, `${code} is named twice`)] : [],
  );
}

/** Of two that begin alike the shorter one has all of the longer. */
function prefixFaults(prefixes: readonly string[], field: string): readonly ScopeFault[] {
  return prefixes.flatMap((prefix, index) => {
    const other = prefixes.find((each, at) => prefix.startsWith(each) && (each !== prefix || at < index));
    return other === undefined
      ? []
      : [overlap(`${field}[${index}]`, `${prefix} begins with ${other}, which is named too`)];
  });
}

const inWordsOf = ({ from, to }: OpenRange): string =>
  to === null ? `${from} and later` : from === null ? `up to ${to}` : `${from} to ${to}`;

const inWords: Readonly<Record<RangeFault, string>> = {
  range_without_ends: 'name its first code, its last one, or both',
  range_without_number: 'its code doesn’t end in a number, so nobody can tell which codes lie between; name each code',
  range_of_unlike_codes:
    'its codes differ in their length or before the number at their end; name two ranges, or each code',
  range_backwards: 'its last code comes before its first',
};

function rangeFaults(ranges: readonly OpenRange[], field: string): readonly ScopeFault[] {
  return ranges.flatMap((range, index) => {
    const fault = rangeFault(range);
    if (fault !== null) return [{ field: `${field}[${index}]`, code: fault, detail: inWords[fault] }];
    const other = ranges.slice(0, index).find((each) => rangeFault(each) === null && rangesMeet(each, range));
    if (other === undefined) return [];
    return [overlap(`${field}[${index}]`, `has codes in common with ${inWordsOf(other)}`)];
  });
}

const overlap = (field: string, detail: string): ScopeFault => ({ field, code: 'scope_overlap', detail });
const windowEmpty = (field: string, detail: string): ScopeFault => ({ field, code: 'window_empty', detail });
