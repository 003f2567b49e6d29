import { makeNumber, parseNumber } from '../numbers/checked-number.ts';

/** Not an RMA's: a receipt's number without its letter is never taken for a return. */
const kind = 21;

/**
 * A new number for a parcel that nobody expected, to be written on the box: `U-7K3M-Q9TX-1`. Numbers of returns hold no U.
 * Needs at least 8 random bytes; two may fall together, so whoever stores it must look.
 */
export const makeReceiptNumber = (random: Uint8Array): string => `U-${makeNumber(random, kind)}`;

/** The receipt's number that a person or a scanner meant, in its one form; null where it can't be one. */
export function parseReceiptNumber(text: string): string | null {
  const [, rest] = /^\s*[Uu](.*)$/su.exec(text) ?? [];
  const number = rest === undefined ? null : parseNumber(rest, kind);
  return number === null ? null : `U-${number}`;
}
