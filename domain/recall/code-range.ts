/** Codes that are alike but for a number at their end, from one to another, both included: `L2401` to `L2418`. */
export type CodeRange = { readonly from: string; readonly to: string };

export type RangeFault = 'range_without_number' | 'range_of_unlike_codes' | 'range_backwards';

/**
 * What is wrong with a range; null where nothing is. Its codes have one beginning, one length, and digits at their end: then
 * the order of their bytes is that of their numbers, here as in the database, and nobody has to guess whether `L9` comes
 * before `L10`.
 */
export function rangeFault({ from, to }: CodeRange): RangeFault | null {
  const head = rangeHead(from);
  if (head.length === from.length) return 'range_without_number';
  const isLike = to.length === from.length && to.startsWith(head) && isNumber(to.slice(head.length));
  if (!isLike) return 'range_of_unlike_codes';
  return to < from ? 'range_backwards' : null;
}

/** The part of a code before the number at its end. */
const rangeHead = (code: string): string => code.replace(/\d+$/, '');

/** Whether a code is in a range without a fault. */
export function isInRange(code: string, { from, to }: CodeRange): boolean {
  const head = rangeHead(from);
  const isLike = code.length === from.length && code.startsWith(head) && isNumber(code.slice(head.length));
  return isLike && from <= code && code <= to;
}

/** Whether two ranges without faults have a code in common; those of unlike codes have none. */
export const rangesMeet = (one: CodeRange, other: CodeRange): boolean =>
  one.from.length === other.from.length &&
  rangeHead(one.from) === rangeHead(other.from) &&
  one.from <= other.to &&
  other.from <= one.to;

const isNumber = (text: string) => /^\d+$/.test(text);
