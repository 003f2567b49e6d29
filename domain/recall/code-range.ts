/** Codes that are alike but for a number at their end, from one to another, both included: `L2401` to `L2418`. */
export type CodeRange = { readonly from: string; readonly to: string };

/** The same, or one that is open: `L2401` and later (`to` is null), or all up to `L2418` (`from` is). */
export type OpenRange = { readonly from: string | null; readonly to: string | null };

export type RangeFault = 'range_without_ends' | 'range_without_number' | 'range_of_unlike_codes' | 'range_backwards';

/**
 * What is wrong with a range; null where nothing is. Its codes have one beginning, one length, and digits at their end: then
 * the order of their bytes is that of their numbers, here as in the database, and nobody has to guess whether `L9` comes
 * before `L10`. Of an open one that is said of its end alone.
 */
export function rangeFault({ from, to }: OpenRange): RangeFault | null {
  const end = from ?? to;
  if (end === null) return 'range_without_ends';
  const head = headOf(end);
  if (head.length === end.length) return 'range_without_number';
  if (from === null || to === null) return null;
  const isLike = to.length === from.length && to.startsWith(head) && isNumber(to.slice(head.length));
  if (!isLike) return 'range_of_unlike_codes';
  return to < from ? 'range_backwards' : null;
}

/** The part of a code before the number at its end. */
const headOf = (code: string): string => code.replace(/\d+$/, '');

/** What all codes of a range without a fault begin with. */
export const beginningOf = ({ from, to }: OpenRange): string => headOf(from ?? to ?? '');

/**
 * Whether a code is in a range without a fault. Beyond the end of an open one lie the same number of digits and, where numbers
 * aren't padded with zeros, more or fewer of them: after `L99` comes `L100`, and before `L0100` never `L99`.
 */
export function isInRange(code: string, { from, to }: OpenRange): boolean {
  if (from !== null && to !== null) {
    const head = headOf(from);
    const isLike = code.length === from.length && code.startsWith(head) && isNumber(code.slice(head.length));
    return isLike && from <= code && code <= to;
  }
  const end = from ?? to ?? '';
  const head = headOf(end);
  if (!code.startsWith(head)) return false;
  const [number, bound] = [code.slice(head.length), end.slice(head.length)];
  if (!isNumber(number)) return false;
  if (number.length === bound.length) return to === null ? bound <= number : number <= bound;
  if (number.startsWith('0')) return false;
  return to === null ? number.length > bound.length : number.length < bound.length && !bound.startsWith('0');
}

/** Whether an end of one of two ranges without faults lies in the other: those of unlike codes have none in common. */
export const rangesMeet = (one: OpenRange, other: OpenRange): boolean =>
  endsOf(one).some((end) => isInRange(end, other)) || endsOf(other).some((end) => isInRange(end, one));

const endsOf = ({ from, to }: OpenRange): readonly string[] => [from, to].filter((end) => end !== null);

const isNumber = (text: string) => /^\d+$/.test(text);
