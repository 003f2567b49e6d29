import { parsePrefixed, prefixed } from '../numbers/prefixed.ts';
import type { ExecutionKind } from './projection.ts';

/** What the number of an execution begins with. */
const prefixes = {
  vendor_return: 'VR',
  liquidation: 'LQ',
  certified_disposal: 'CD',
  refurbishment: 'RF',
} as const satisfies Record<ExecutionKind, string>;

/** @param rma a number that no other execution of the kind has */
export const executionNumber = (kind: ExecutionKind, rma: string): string => prefixed(prefixes[kind], rma);

/** The number that a person or a scanner meant, in its one form; null where it can't be one of the kind. */
export const parseExecutionNumber = (kind: ExecutionKind, text: string): string | null =>
  parsePrefixed(prefixes[kind], text);
