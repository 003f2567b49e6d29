import { parseGtin } from '../../goods/gtin.ts';
import { isPlausible, isProbable } from './calendar.ts';
import { isCode, isRange, mayBeRange, separateCodes, spacedCodes } from './code-list.ts';
import { type Circumstances, dateInDigits, rangeInDigits } from './date.ts';
import { readGtins } from './gtin-digits.ts';
import { isDateKind, type Label } from './labels.ts';
import type { Token } from './lex.ts';
import type { CodeDate, DateKind, Proposal, QuestionCode, Span, Told } from './reading.ts';

/** Codes or dates that stand side by side, with single blanks between. */
export type Value = { readonly token: Token; readonly span: Span; readonly text: string };
export type Cell = { readonly values: readonly Value[]; readonly span: Span };

/** How the values after a label become proposals. */
type Resolver = {
  readonly list: (cells: readonly Cell[]) => readonly Told[];
  /** Null where the two can't be the ends of one range. */
  /** Whether it is a range by itself (8/8/2023-8/9/2023). */
  readonly isRange: (cell: Cell) => boolean;
  readonly range: (from: Cell | null, to: Cell | null) => readonly Proposal[] | null;
};

/** @param touching words that weren't understood follow the last value so closely that they may be part of it */
export function resolverOf(
  labels: readonly Label[],
  cells: readonly Cell[],
  circumstances: Circumstances,
  touching: boolean,
): Resolver {
  const kinds = labels.filter(isDateKind);
  const [code, ...more] = labels.filter((label) => !isDateKind(label));
  if (code === undefined) return dates(kinds, cells, circumstances);
  if (more.length > 0) return neither;
  if (code === 'gtin') return kinds.length > 0 ? neither : gtins;
  const last = touching ? cells.at(-1) : undefined;
  if (kinds.length > 0) return mixed(codes(code, last), dates(kinds, cells, circumstances), kinds, circumstances);
  return codes(code, last);
}

const ask = (code: QuestionCode, { span }: { span: Span }): Told => ({ code, span });

const neither: Resolver = {
  list: (cells) => cells.map((cell) => ask('code_unclear', cell)),
  range: () => null,
  isRange: () => false,
};

const gtins: Resolver = {
  list: (cells) => cells.flatMap(({ values }) => readGtins(values)),
  range: () => null,
  isRange: () => false,
};

function dates(kinds: readonly DateKind[], cells: readonly Cell[], circumstances: Circumstances): Resolver {
  const all = cells.flatMap(({ values }) => values);
  // Digits without strokes are dates only among their like; beside written dates they are codes.
  const compact = all.every(({ text }) => /^\d+$/.test(text));
  const read = (value: Value): readonly Proposal[] | null => {
    if (/^\d+$/.test(value.text) && !compact) return null;
    const proposals: Proposal[] = [];
    for (const kind of kinds) {
      const day = dateOf(value, kind, circumstances);
      const span = day === null ? spanned(value, kind, circumstances) : null;
      if (day !== null) proposals.push({ type: 'date', kind, date: day });
      else if (span !== null) proposals.push({ type: 'date_range', kind, ...span });
      else return null;
    }
    return proposals;
  };
  const end = (cell: Cell, kind: DateKind): CodeDate | null => {
    const [value, ...more] = cell.values;
    return value === undefined || more.length > 0 ? null : dateOf(value, kind, circumstances);
  };
  return {
    isRange: ({ values: [value, ...more] }) =>
      value !== undefined && more.length === 0 && read(value)?.[0]?.type === 'date_range',
    list: (cells) =>
      cells
        .flatMap(({ values }) => values)
        .map((value) => {
          const proposals = read(value);
          if (proposals !== null) return { proposals, span: value.span };
          return ask(
            /\p{L}/u.test(value.text) && value.token.type === 'code' ? 'unlabelled_code' : 'date_unclear',
            value,
          );
        }),
    range: (from, to) => {
      const proposals: Proposal[] = [];
      for (const kind of kinds) {
        const first = from === null ? null : end(from, kind);
        const last = to === null ? null : end(to, kind);
        if ((from !== null && first === null) || (to !== null && last === null)) return null;
        if (first !== null && last !== null && (first.length !== last.length || first > last)) return null;
        proposals.push({ type: 'date_range', kind, from: first, to: last });
      }
      return proposals;
    },
  };
}

function dateOf({ token, text }: Value, kind: DateKind, circumstances: Circumstances): CodeDate | null {
  if (token.type !== 'date') return dateInDigits(text, circumstances, kind);
  const { date } = token;
  if (date.type === 'either') {
    const [only, ...others] = date.dates.filter((one) => isProbable(one, kind, circumstances.began));
    return others.length === 0 ? (only ?? null) : null;
  }
  return date.type === 'date' && isPlausible(date.date, kind, circumstances.began) ? date.date : null;
}

function spanned({ token, text }: Value, kind: DateKind, circumstances: Circumstances) {
  if (token.type !== 'date') return rangeInDigits(text, circumstances, kind);
  const { date } = token;
  if (date.type !== 'range' || !isPlausible(date.from, kind, circumstances.began)) return null;
  return { from: date.from, to: date.to };
}

const UPC = /^\d-\d{5}-\d{5}-\d$/;

function codes(label: 'lot' | 'serial' | 'item_number', unsure: Cell | undefined): Resolver {
  const one = (code: string): Proposal => {
    // A "product code" that is written as a UPC is one, if its check digit says so too.
    const gtin = label === 'item_number' && UPC.test(code) ? parseGtin(code.replaceAll('-', '')) : null;
    return gtin === null ? { type: label, code } : { type: 'gtin', gtin };
  };
  const of = (cell: Cell): readonly Told[] => {
    const separate = separateCodes(cell.values);
    const unclear = cell === unsure || cell.values.some(({ token }) => token.type === 'date');
    if (separate === null || unclear) return [ask('code_unclear', cell)];
    return separate.map((code) =>
      isCode(code.text) && !mayBeRange(code.text) && !(label === 'item_number' && isSeries(code.text))
        ? { proposals: [one(code.text)], span: code.span }
        : ask('code_unclear', code),
    );
  };
  return {
    isRange: () => false,
    list: (cells) => {
      const spaced = unsure === undefined ? spacedCodes(cells.map(({ values }) => values)) : null;
      return spaced?.every(({ text }) => text.split(' ').some((part) => isCode(part)))
        ? spaced.map(({ text, span }) => ({ proposals: [one(text)], span }))
        : cells.flatMap(of);
    },
    range: (from, to) => {
      if (label === 'item_number' || from === unsure || to === unsure) return null;
      const [first, last] = [from?.values, to?.values].map((values) =>
        values?.length === 1 ? values[0]?.text : undefined,
      );
      if ((from !== null && !isEnd(first)) || (to !== null && !isEnd(last))) return null;
      if (first !== undefined && last !== undefined && !isRange(first, last)) return null;
      return [{ type: label === 'lot' ? 'lot_range' : 'serial_range', from: first ?? null, to: last ?? null }];
    },
  };
}

/** 81-82-84-90: several numbers, or one? */
const isSeries = (text: string): boolean => text.split('-').length > 4;

const isEnd = (text: string | undefined): boolean => text !== undefined && isCode(text) && !mayBeRange(text);

/** After "lot / best by": what is written as a date is one, the rest are codes. */
function mixed(code: Resolver, date: Resolver, kinds: readonly DateKind[], circumstances: Circumstances): Resolver {
  const isDate = (value: Value) =>
    value.token.type === 'date' ||
    (!/^\d+$/.test(value.text) && kinds.some((kind) => dateInDigits(value.text, circumstances, kind) !== null));
  const only = (cell: Cell, wanted: boolean): readonly Cell[] => {
    const values = cell.values.filter((value) => isDate(value) === wanted);
    const [first, last] = [values[0], values.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      values.length === cell.values.length ? cell : { values, span: { start: first.span.start, end: last.span.end } },
    ];
  };
  return {
    list: (cells) => [
      ...code.list(cells.flatMap((cell) => only(cell, false))),
      ...date.list(cells.flatMap((cell) => only(cell, true))),
    ],
    range: () => null,
    isRange: () => false,
  };
}
