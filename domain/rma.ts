import { makeNumber, parseNumber } from './checked-number.ts';

/** The first kind of number there was: its check is over its own characters alone. */
const kind = 0;

/**
 * A new RMA, the number of a return, from at least 8 random bytes: `7K3M-Q9TX-C`. That form, with its dashes, is the id
 * everywhere: on labels, in tables, in workflow ids.
 */
export const makeRma = (random: Uint8Array): string => makeNumber(random, kind);

/** The RMA that a person or a scanner meant, in its one form; null where it can't be one. */
export const parseRma = (text: string): string | null => parseNumber(text, kind);
