import { expandUpcE, parseGtin } from '../../goods/gtin.ts';
import type { Span, Told } from './reading.ts';

type Digits = { readonly text: string; readonly span: Span };

/**
 * GTINs as they are printed under bars, in groups (`6 81131 32894 4`), or several in a row. A number whose check digit is wrong or
 * missing isn't guessed at: it is asked.
 */
export function readGtins(groups: readonly Digits[]): readonly Told[] {
  const whole = groups.every(({ text }) => isWhole(text));
  return whole ? groups.map((group) => readOne([group])) : [readOne(groups)];
}

/** Digits enough to be a number by itself. */
const isWhole = (text: string): boolean => text.replace(/\D/g, '').length >= 8;

function readOne(groups: readonly Digits[]): Told {
  const [first, last] = [groups[0], groups.at(-1)];
  const span = { start: first?.span.start ?? 0, end: last?.span.end ?? 0 };
  const text = groups.map((group) => group.text).join('-');
  const digits = text.replaceAll('-', '');
  const gtin = /^[\d-]+$/.test(text) ? parseGtin(digits) : null;
  const upc = digits.length === 8 ? expandUpcE(digits) : null;
  // Eight digits that are good as a GTIN-8 and as a UPC-E name two products.
  if ((gtin === null) === (upc === null)) return { code: 'gtin_incomplete', span };
  const known = gtin ?? (upc === null ? null : parseGtin(upc));
  return known === null ? { code: 'gtin_incomplete', span } : { proposals: [{ type: 'gtin', gtin: known }], span };
}
