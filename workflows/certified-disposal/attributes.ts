import type { SearchAttributePair } from '@temporalio/common';
import { deadlines } from '../../domain/certified-disposal/due.ts';
import type { CertifiedDisposalState } from '../../domain/certified-disposal/state.ts';
import { type Changing, fitting, type Halt, lastingPairs } from '../process/attributes.ts';

/** Those that never change in a certified disposal's life. */
export const lastingAttributes = (facility: string, skus: readonly string[]): SearchAttributePair[] =>
  lastingPairs('certified_disposal', facility, [], skus);

export function changingAttributes(state: CertifiedDisposalState, halted: Halt | null): Changing {
  const [first] = state.status === 'initial' ? [] : Object.values(state.attention);
  const lots = state.status === 'initial' ? [] : Object.values(state.items).flatMap((item) => item.lot ?? []);
  return {
    status: state.status === 'initial' ? 'requested' : state.status,
    needsPerson: halted ?? first?.reason ?? null,
    lots: fitting(lots),
    nextDeadline: deadlines(state)[0]?.at ?? null,
  };
}
