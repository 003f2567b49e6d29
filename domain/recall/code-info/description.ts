import type { Circumstances } from './date.ts';
import { lex, type Token } from './lex.ts';
import { Notes, type Reading, type Span } from './reading.ts';
import { readRun } from './run.ts';

/** How many words may stand between "UPC" and its digits ("UPC on master case: 1 08 …"). */
const MOST_WORDS = 4;

/**
 * Reads the identifiers that stand in a product's description: what follows "UPC", "item #", "lot", "best by" at once. The rest is
 * the product's name and wording, and stays as prose: it is shown, and asks nothing.
 */
export function readDescription(text: string, circumstances: Circumstances): Reading {
  const notes = new Notes();
  const tokens = lex(text);
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.type !== 'label') continue;
    const start = firstValue(tokens, at + 1, token.label === 'gtin' ? MOST_WORDS : 0);
    if (start === null) continue;
    const end = endOfValues(tokens, start);
    notes.pass('label', token.span);
    const next = tokens[end];
    const touching = next?.type === 'unknown' && /^[A-Z]{1,4}$/.test(text.slice(next.span.start, next.span.end));
    readRun([token.label], tokens.slice(start, end), text, circumstances, notes, { touching, takenBack: false });
    at = end - 1;
  }
  const found = notes.reading();
  for (const span of gaps(text, found)) notes.pass('prose', span);
  return notes.reading();
}

/** Where the first value of a label stands, or the words that bound it; null where prose goes on instead. */
function firstValue(tokens: readonly Token[], start: number, mostWords: number): number | null {
  let words = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) return null;
    const { type } = token;
    if (type === 'code' || type === 'date' || type === 'between' || type === 'bound') return at;
    if (type === 'unknown' || type === 'connective') words += 1;
    else if (type !== 'space' && type !== 'mark' && !(type === 'list' && at === start)) return null;
    if (words > mostWords) return null;
  }
  return null;
}

/** Where the values end: at anything that isn't one, or between two. What joins nothing more stays outside. */
function endOfValues(tokens: readonly Token[], start: number): number {
  let end = start;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const { type } = token;
    const isValue = type === 'code' || type === 'date' || type === 'and_earlier' || type === 'and_later';
    if (isValue) end = at + 1;
    const joins =
      type === 'list' || type === 'and' || type === 'to' || type === 'dash' || type === 'between' || type === 'bound';
    if (!isValue && !joins && !(type === 'space' && !token.wide)) break;
  }
  const space = tokens[end];
  const after = tokens[end + 1];
  return space?.type === 'space' && !space.wide && after?.type === 'unknown' ? end + 1 : end;
}

/** The stretches of a text that nothing was read from, without the blanks around them. */
export function gaps(
  text: string,
  { proposals, questions, noise }: Pick<Reading<unknown>, keyof Reading>,
): readonly Span[] {
  const taken = [...proposals, ...questions, ...noise].map(({ span }) => span).sort((a, b) => a.start - b.start);
  const found: Span[] = [];
  let from = 0;
  for (const { start, end } of [...taken, { start: text.length, end: text.length }]) {
    const between = text.slice(from, start);
    const trimmed = between.trim();
    if (trimmed !== '') {
      const begins = from + between.indexOf(trimmed);
      found.push({ start: begins, end: begins + trimmed.length });
    }
    from = Math.max(from, end);
  }
  return found;
}
