import { makeNumber, parseNumber } from '../numbers/checked-number.ts';

/** Not that of an RMA or a receipt: a recall's number without its letters is never taken for either. */
const kind = 13;

/**
 * A new number for a recall, as notices name it: `RC-7K3M-Q9TX-0`. Needs at least 8 random bytes; two may fall together,
 * so whoever stores it must look.
 */
export const makeRecallNumber = (random: Uint8Array): string => `RC-${makeNumber(random, kind)}`;

/** The recall's number that a person meant, in its one form; null where it can't be one. */
export function parseRecallNumber(text: string): string | null {
  const [, rest] = /^\s*RC[\s-]*(.*)$/isu.exec(text) ?? [];
  const number = rest === undefined ? null : parseNumber(rest, kind);
  return number === null ? null : `RC-${number}`;
}

/** What stands where a sale stands otherwise: the goods that a consignee has in a recall. */
export const goodsInRecall = (recall: string, consignee: string): string => `${recall}:${consignee}`;
