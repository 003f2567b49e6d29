import type { SearchAttributePair } from '@temporalio/common';
import { deadlines } from '../../domain/liquidation/due.ts';
import type { LiquidationState } from '../../domain/liquidation/state.ts';
import { type Changing, fitting, type Halt, lastingPairs } from '../process/attributes.ts';

/** Those that never change in a liquidation's life. */
export const lastingAttributes = (facility: string, skus: readonly string[]): SearchAttributePair[] =>
  lastingPairs('liquidation', facility, [], skus);

export function changingAttributes(state: LiquidationState, halted: Halt | null): Changing {
  const [first] = state.status === 'initial' ? [] : Object.values(state.attention);
  const lots = state.status === 'initial' ? [] : Object.values(state.items).flatMap((item) => item.lot ?? []);
  return {
    status: state.status === 'initial' ? 'open' : state.status,
    needsPerson: halted ?? first?.reason ?? null,
    lots: fitting(lots),
    nextDeadline: deadlines(state)[0]?.at ?? null,
  };
}
