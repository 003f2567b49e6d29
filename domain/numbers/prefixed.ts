import { parseRma, wholeOf } from './rma.ts';

/** A number that begins with two letters for its kind and goes on as an RMA does: `VR-73MN-Q9TX-0`. */
export const prefixed = (prefix: string, rma: string): string => `${prefix}-${rma}`;

/** The number that a person or a scanner meant, in its one form; null where it doesn't begin with the letters, or can't be one. */
export function parsePrefixed(prefix: string, text: string): string | null {
  const match = /^\s*([A-Z]{2})[\s-]*(.*)$/i.exec(text);
  if (match?.[1]?.toUpperCase() !== prefix) return null;
  const rma = parseRma(match[2] ?? '');
  return rma === null || wholeOf(rma) !== null ? null : prefixed(prefix, rma);
}
