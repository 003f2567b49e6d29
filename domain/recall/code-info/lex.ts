import { type Label, labelAt } from './labels.ts';
import { type NamedDate, namedDateAt } from './named-date.ts';
import type { Span } from './reading.ts';

/** How a value is bounded by the words before it: `before` and `after` leave the value itself out. */
export type Bound = 'until' | 'before' | 'from' | 'after';

/** A piece of text, with where it stands. `wide` is white space that sets apart: a line's end, or more than one blank. */
export type Token = { readonly span: Span } & (
  | { readonly type: 'space'; readonly wide: boolean }
  | { readonly type: 'label'; readonly label: Label }
  | { readonly type: 'date'; readonly date: NamedDate }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'size' }
  | { readonly type: 'enumerator' }
  | { readonly type: 'between' }
  | { readonly type: 'to' }
  | { readonly type: 'bound'; readonly bound: Bound }
  | { readonly type: 'and_earlier' }
  | { readonly type: 'and_later' }
  | { readonly type: 'and' }
  | { readonly type: 'list' }
  | { readonly type: 'all_lots' }
  | { readonly type: 'negation' | 'exception' }
  | { readonly type: 'connective' }
  /** Joins a label to what follows only where a label follows. */
  | { readonly type: 'with' }
  | { readonly type: 'open' | 'close' | 'stop' | 'mark' | 'slash' | 'dash' }
  | { readonly type: 'unknown' }
);

type Plain = Exclude<Token['type'], 'space' | 'label' | 'date' | 'code' | 'bound'>;

const UNIT =
  '(?:fl\\.?\\s?)?(?:oz|ounces?|lbs?|pounds?|kgs?|grams?|ml|ct|count|pk|packs?|qts?|quarts?|pints?|gal|gallons?|cs|cases?|bags?|boxes|units?|bottles?|jars?|cans?|pieces|inch(?:es)?)\\b\\.?';

/** Phrases, longest first. */
const phrases: readonly (readonly [Plain | Bound, string])[] = [
  ['enumerator', '(?<=^|\\s\\s|[\\n\\r\\t])\\d{1,2}[.)](?=\\s)'],
  ['size', `\\d+(?:[.,]\\d+)?(?:\\s?-?${UNIT}|\\s(?:g|l)\\b)`],
  [
    'and_earlier',
    '(?:and|or|&)\\s(?:any\\s|all\\s)?(?:earlier|before|prior|sooner|older|smaller|lower|below)\\b(?:\\s(?:dates?|codes?|lots?)\\b)?',
  ],
  [
    'and_later',
    '(?:and|or|&)\\s(?:any\\s|all\\s)?(?:later|after|beyond|newer|larger|higher|above|greater)\\b(?:\\s(?:dates?|codes?|lots?)\\b)?',
  ],
  ['until', '(?:on\\sor\\sbefore|up\\sto(?:\\sand\\sincluding)?|until)\\b'],
  ['from', 'on\\sor\\safter\\b'],
  ['before', '(?:before|prior\\sto|earlier\\sthan)\\b'],
  ['after', '(?:after|later\\sthan)\\b'],
  ['between', '(?:between|(?:rang(?:es?|ing|ed)\\s)?from)\\b'],
  ['to', '(?:through|thru|to)\\b'],
  ['all_lots', '(?:all|any|every)\\s(?:lots?|batch(?:es)?|codes?|products?)\\b(?:\\s(?:codes?|numbers?)\\b)?'],
  ['exception', '(?:except(?:ing)?|excluding|excludes?|other\\sthan|but)\\b'],
  ['negation', '(?:no(?!\\.)|not|none|without|unknown|n/a)\\b'],
  ['with', '(?:with|having|bearing|all|any)\\b'],
  ['and', '(?:and\\b|or\\b|&)'],
  ['connective', '(?:of|the|are|is|include[sd]?|including|following|listed\\sas|only)\\b'],
];

const marks: Readonly<Record<string, Plain>> = {
  ',': 'list',
  ';': 'list',
  '(': 'open',
  '[': 'open',
  ')': 'close',
  ']': 'close',
  '/': 'slash',
  '-': 'dash',
  '–': 'dash',
  '—': 'dash',
  '.': 'stop',
  ':': 'mark',
  '#': 'mark',
  '*': 'mark',
  '"': 'mark',
  "'": 'mark',
  '“': 'mark',
  '”': 'mark',
  '=': 'unknown',
};

/** The text in tokens: every character is in exactly one of them. */
export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.span.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  const span = (end: number): Span => ({ start, end });
  const space = match(text, start, '\\s+');
  if (space !== null)
    return { type: 'space', wide: space.length > 1 || /[\n\r\t]/.test(space), span: span(start + space.length) };
  if (beginsWord(text, start)) {
    const label = labelAt(text, start);
    if (label !== null) return { type: 'label', label: label.label, span: span(label.end) };
    const named = namedDateAt(text, start);
    if (named !== null) return { type: 'date', date: named.date, span: span(named.end) };
    for (const [type, pattern] of phrases) {
      const found = match(text, start, pattern);
      if (found === null) continue;
      const end = span(start + found.length);
      if (type === 'until' || type === 'before' || type === 'from' || type === 'after') {
        return { type: 'bound', bound: type, span: end };
      }
      return { type, span: end };
    }
  }
  const code = codeAt(text, start);
  if (code !== null) {
    return /\d/.test(code)
      ? { type: 'code', text: code, span: span(start + code.length) }
      : { type: 'unknown', span: span(start + code.length) };
  }
  const point = text.codePointAt(start) ?? 0;
  return { type: marks[text.charAt(start)] ?? 'unknown', span: span(start + (point > 0xffff ? 2 : 1)) };
}

/** Letters and digits with single joints between (24024-43, 12/07/23), up to where a label begins. */
function codeAt(text: string, start: number): string | null {
  let end = start + (match(text, start, '[\\p{L}\\d]+')?.length ?? 0);
  if (end === start) return null;
  for (;;) {
    const more = match(text, end, "[-–/_'’][\\p{L}\\d]+") ?? match(text, end, '(?<=\\d)\\.\\d+');
    if (more === null || breaks(text, end)) return text.slice(start, end);
    end += more.length;
  }
}

/** Whether a label begins behind this joint (8302/Best By); the last letters of a code are none (73-007-BB). */
function breaks(text: string, joint: number): boolean {
  const label = labelAt(text, joint + 1);
  return label !== null && (text.charAt(joint) === '/' || label.end - joint > 3);
}

const beginsWord = (text: string, start: number): boolean => start === 0 || !/[\p{L}\d]/u.test(text.charAt(start - 1));

function match(text: string, start: number, pattern: string): string | null {
  const here = new RegExp(pattern, 'iuy');
  here.lastIndex = start;
  const found = here.exec(text)?.[0] ?? '';
  return found === '' ? null : found;
}
