import { parsePrefixed, prefixed } from '../numbers/prefixed.ts';
import type { NetworkKind } from './kinds.ts';

/** What the number of each begins with. */
const prefixes = {
  transfer: 'TR',
  trip: 'TP',
  loan: 'LN',
  rebalance: 'RB',
} as const satisfies Record<NetworkKind, string>;

/** @param rma a number that no other process of the kind has */
export const networkNumber = (kind: NetworkKind, rma: string): string => prefixed(prefixes[kind], rma);

/** The number that a person or a scanner meant, in its one form; null where it can't be one of the kind. */
export const parseNetworkNumber = (kind: NetworkKind, text: string): string | null =>
  parsePrefixed(prefixes[kind], text);
