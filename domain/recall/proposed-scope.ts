import type { DateKind, Proposal } from './code-info/reading.ts';
import { type CodeRange, isInRange, type OpenRange, rangeFault, rangesMeet } from './code-range.ts';
import type { RecallScope, ScopeLine } from './scope.ts';

/** A product of ours that a record is about, with those of the lots that it names which we know. */
export type ProposedProduct = { readonly sku: string; readonly knownLots: ReadonlySet<string> };

/**
 * The scope that a record proposes for products, to be corrected and confirmed by a coordinator. It names less rather than more:
 * lots that we know, ranges whose order is beyond doubt (open where their text leaves them so), and days alone only where the record names no codes and the days are one
 * window (beside codes they may be what is printed on those lots). A product of which nothing was read has no line, since a line
 * without a code would be all of it.
 */
export function proposedScope(proposals: readonly Proposal[], products: readonly ProposedProduct[]): RecallScope {
  const all = proposals.some(({ type }) => type === 'all_lots');
  const lotRanges = soundRanges(
    proposals.filter((each) => each.type === 'lot_range').map(({ from, to }) => ({ from, to })),
  );
  const serials = proposals.flatMap((each) => (each.type === 'serial' ? [{ from: each.code, to: each.code }] : []));
  const serialRanges = soundRanges([...closedSerials(proposals), ...serials]);
  const named = [...new Set(proposals.flatMap((each) => (each.type === 'lot' ? [each.code] : [])))].filter(
    (lot) => !lotRanges.some((range) => isInRange(lot, range)),
  );
  const hasCodes = named.length + lotRanges.length + serialRanges.length > 0;
  const expires = hasCodes ? null : oneWindow(proposals);
  const lines = products.map(
    ({ sku, knownLots }): ScopeLine => ({
      sku,
      lots: named.filter((lot) => knownLots.has(lot)),
      lotRanges,
      serialRanges,
      dateCodes: [],
      expires,
      shipped: null,
    }),
  );
  return { lines: all && !hasCodes && expires === null ? lines : lines.filter(choosesSome) };
}

const choosesSome = ({ lots, lotRanges, serialRanges, expires }: ScopeLine): boolean =>
  lots.length + lotRanges.length + serialRanges.length > 0 || expires !== null;

const closedSerials = (proposals: readonly Proposal[]): readonly CodeRange[] =>
  proposals.flatMap((each) =>
    each.type === 'serial_range' && each.from !== null && each.to !== null ? [{ from: each.from, to: each.to }] : [],
  );

/** Those that have an order and nothing in common with one before. */
function soundRanges<Range extends OpenRange>(ranges: readonly Range[]): readonly Range[] {
  const sound: Range[] = [];
  for (const range of ranges) {
    if (rangeFault(range) === null && !sound.some((other) => rangesMeet(other, range))) sound.push(range);
  }
  return sound;
}

/** Dates after which goods aren't sold or used, which is what a lot's day of expiry is. */
const ofExpiry: readonly DateKind[] = ['best_before', 'use_by', 'sell_by', 'expiration'];

type Dated = Extract<Proposal, { type: 'date' | 'date_range' }>;

/** The days, first and last, that a date or a range of dates is about; null where an end is open or a lot doesn't bear such a day. */
export function daysOf(proposal: Dated): { readonly from: string; readonly to: string } | null {
  if (!ofExpiry.includes(proposal.kind)) return null;
  const [from, to] = proposal.type === 'date' ? [proposal.date, proposal.date] : [proposal.from, proposal.to];
  return from === null || to === null ? null : { from: firstDay(from), to: lastDay(to) };
}

const firstDay = (date: string): string => (date.length === 7 ? `${date}-01` : date);

/** A month's last day. */
function lastDay(date: string): string {
  if (date.length !== 7) return date;
  const [year = '', month = ''] = date.split('-');
  return `${date}-${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()}`;
}

const DAY_MS = 86_400_000;

/** The one window that all days make together; null where there are none, or a day between isn't named. */
function oneWindow(proposals: readonly Proposal[]): ScopeLine['expires'] {
  const dated = proposals.filter((each): each is Dated => each.type === 'date' || each.type === 'date_range');
  const windows = dated.map(daysOf);
  const known = windows.filter((each) => each !== null).sort((a, b) => (a.from < b.from ? -1 : 1));
  const [first, ...rest] = known;
  if (first === undefined || known.length < windows.length) return null;
  let { to } = first;
  for (const each of rest) {
    if (Date.parse(each.from) > Date.parse(to) + DAY_MS) return null;
    if (each.to > to) to = each.to;
  }
  return { from: first.from, to };
}
