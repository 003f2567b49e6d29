import { makeNumber, parseNumber } from './checked-number.ts';

/** The first kind of number there was: its check is over its own characters alone. */
const kind = 0;

/**
 * A new RMA, the number of a return, from at least 8 random bytes: `7K3M-Q9TX-C`. That form, with its dashes, is the id
 * everywhere: on labels, in tables, in workflow ids.
 */
export const makeRma = (random: Uint8Array): string => makeNumber(random, kind);

/**
 * The RMA that a person or a scanner meant, in its one form; null where it can't be one. A section of a bulk return has the
 * number of the whole and its own: `7K3M-Q9TX-C.07`.
 */
export function parseRma(text: string): string | null {
  const [, number = text, section] = /^(.+)\.(\d{2,3})\s*$/.exec(text) ?? [];
  const whole = parseNumber(number, kind);
  if (whole === null || section === undefined) return whole;
  return Number(section) > 0 ? sectionRma(whole, Number(section)) : null;
}

/** The number of a section of a bulk return, counted from 1. */
export const sectionRma = (whole: string, section: number): string => `${whole}.${String(section).padStart(2, '0')}`;

/** The bulk return that a return is a section of; null where it is a return of its own. */
export function wholeOf(rma: string): string | null {
  const dot = rma.indexOf('.');
  return dot < 0 ? null : rma.slice(0, dot);
}
