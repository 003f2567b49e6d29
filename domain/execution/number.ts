import { parseRma, wholeOf } from '../numbers/rma.ts';
import type { ExecutionKind } from './projection.ts';

/** The number of an execution begins with two letters that name its kind and goes on as an RMA does: `VR-73MN-Q9TX-0`. */
const prefixes = {
  vendor_return: 'VR',
  liquidation: 'LQ',
  certified_disposal: 'CD',
  refurbishment: 'RF',
} as const satisfies Record<ExecutionKind, string>;

/** @param rma a number that no other execution of the kind has */
export const executionNumber = (kind: ExecutionKind, rma: string): string => `${prefixes[kind]}-${rma}`;

/** The number that a person or a scanner meant, in its one form; null where it can't be one of the kind. */
export function parseExecutionNumber(kind: ExecutionKind, text: string): string | null {
  const match = /^\s*([A-Z]{2})[\s-]*(.*)$/i.exec(text);
  if (match?.[1]?.toUpperCase() !== prefixes[kind]) return null;
  const rma = parseRma(match[2] ?? '');
  return rma === null || wholeOf(rma) !== null ? null : executionNumber(kind, rma);
}
