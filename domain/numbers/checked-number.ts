/**
 * Numbers that people write on boxes: eight characters of Crockford's base 32 (no I, L, O, U) and a check character of the
 * same alphabet, as in `7K3M-Q9TX-C`. A `kind` from 0 to 31 is part of what is checked, so that a number of one kind is
 * never a good number of another.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** A new number from at least 8 random bytes (40 of their bits are used). Two may fall together: whoever stores it must look. */
export function makeNumber(random: Uint8Array, kind: number): string {
  if (random.length < length) throw new RangeError(`a number needs ${length} random bytes`);
  const values = [...random.subarray(0, length)].map((byte) => byte % alphabet.length);
  return write([...values, timesAlpha(remainder(values, kind))]);
}

/**
 * The number that a person or a scanner meant, in its one form; null where it can't be one. Forgives case, blanks, dashes
 * in other places, and letters read for digits (O for 0, I and L for 1).
 */
export function parseNumber(text: string, kind: number): string | null {
  const characters = text
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const values = [...characters].map((character) => alphabet.indexOf(character));
  if (values.length !== length + 1 || values.includes(-1) || remainder(values, kind) !== 0) return null;
  return write(values);
}

/**
 * The characters as a polynomial over the field of 32 elements, at its generator α. Each position so weighs another power
 * of α: any one wrong character and any two exchanged ones change the result, which sums modulo 32 can't promise
 * (and Crockford's own check, modulo 37, needs five characters more).
 */
function remainder(values: readonly number[], kind: number): number {
  return values.reduce((sum, value) => timesAlpha(sum) ^ value, kind);
}

/** Multiplies by α in GF(32) with x⁵ + x² + 1. */
function timesAlpha(value: number): number {
  return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}

function write(values: readonly number[]): string {
  const text = values.map((value) => alphabet.charAt(value)).join('');
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
