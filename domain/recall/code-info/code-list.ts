import { rangeFault } from '../code-range.ts';
import { type Circumstances, dateInDigits } from './date.ts';
import type { Token } from './lex.ts';
import type { Span } from './reading.ts';

export type Code = { readonly text: string; readonly span: Span };

/**
 * Codes that stand side by side with single blanks between: are they several codes, or one with blanks in it? Null where the text
 * doesn't tell. `C189 0239` may be one code; `MS040621J MS040721J` are two, as they are made alike.
 */
export function separateCodes(cell: readonly Code[]): readonly Code[] | null {
  if (cell.length === 1) return cell;
  const alike = new Set(cell.map(({ text }) => shape(text))).size === 1;
  const long = cell.every(({ text }) => text.length >= (cell.length > 2 ? 5 : 6));
  return alike && long ? cell : null;
}

/**
 * Cells of a list that are each one code with blanks in it: all have the same parts, and the parts differ among themselves
 * (`CM21126 B01, CM21126 B02`). Null where it isn't so.
 */
export function spacedCodes(cells: readonly (readonly Code[])[]): readonly Code[] | null {
  const parts = cells.map((cell) => cell.map(({ text }) => shape(text)));
  const [first] = parts;
  if (cells.length < 2 || first === undefined || first.length < 2 || new Set(first).size !== first.length) return null;
  if (new Set(parts.map((shapes) => shapes.join(' '))).size !== 1) return null;
  return cells.map((cell) => ({
    text: cell.map(({ text }) => text).join(' '),
    span: { start: cell[0]?.span.start ?? 0, end: cell.at(-1)?.span.end ?? 0 },
  }));
}

/** How many codes make a list, and how long each must be, to be lots without a word that says so. */
const FEWEST_ALONE = 3;
const SHORTEST_ALONE = 5;

/** The lots of a text that is nothing but a list of codes made alike; null where it isn't, or where they may be dates or GTINs. */
export function lotsAlone(tokens: readonly Token[], circumstances: Circumstances): readonly Code[] | null {
  const codes = tokens.filter((token) => token.type === 'code');
  const listed = tokens.every(
    ({ type }) => type === 'code' || type === 'space' || type === 'list' || type === 'and' || type === 'stop',
  );
  if (!listed || codes.length < FEWEST_ALONE || new Set(codes.map(({ text }) => shape(text))).size > 1) return null;
  const sure = codes.every(
    ({ text }) =>
      isCode(text) &&
      text.length >= SHORTEST_ALONE &&
      !mayBeRange(text) &&
      !/^\d{8}$|^\d{10,14}$/.test(text) &&
      dateInDigits(text, circumstances, 'best_before') === null,
  );
  return sure ? codes : null;
}

/** Whether it can be a lot's or unit's code: a date with strokes is none, nor is a number of one or two digits, nor a sentence. */
export const isCode = (text: string): boolean =>
  /^[\p{L}\d]+(?:[-_.][\p{L}\d]+)*$/u.test(text) && text.length >= 3 && text.length <= 30 && !looksLikeDate(text);

/** Whether two codes are the ends of a range that a recall's scope can hold. */
export const isRange = (from: string, to: string): boolean => from !== to && rangeFault({ from, to }) === null;

/** Two codes made alike with a hyphen between may be a range or one code. */
export const mayBeRange = (text: string): boolean => {
  const [from = '', to = '', ...more] = text.split(/[-–]/);
  return more.length === 0 && from.length > 2 && isRange(from, to);
};

const looksLikeDate = (text: string): boolean => /^\d{1,2}([-.])\d{1,2}\1(?:\d\d|\d{4})$/.test(text);

/** How a code is made: letters as A, digits as 9, joints as they are. */
const shape = (text: string): string => text.replace(/\p{L}/gu, 'A').replace(/\d/g, '9');
