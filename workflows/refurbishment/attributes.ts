import type { SearchAttributePair } from '@temporalio/common';
import { deadlines } from '../../domain/refurbishment/due.ts';
import { type RefurbishmentState, statusOf } from '../../domain/refurbishment/state.ts';
import { type Changing, fitting, type Halt, lastingPairs } from '../process/attributes.ts';

/** Those that never change in a refurbishment's life. */
export const lastingAttributes = (facility: string, sku: string): SearchAttributePair[] =>
  lastingPairs('refurbishment', facility, [], [sku]);

export function changingAttributes(state: RefurbishmentState, halted: Halt | null): Changing {
  if (state.phase === 'initial') return { status: 'requested', needsPerson: halted, lots: [], nextDeadline: null };
  const [first] = Object.values(state.attention);
  return {
    status: statusOf(state),
    needsPerson: halted ?? first?.reason ?? null,
    lots: fitting(Object.values(state.items).flatMap((item) => item.lot ?? [])),
    nextDeadline: deadlines(state)[0]?.at ?? null,
  };
}
