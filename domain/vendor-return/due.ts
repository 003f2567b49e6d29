import { type Telling, tellings } from '../execution/telling.ts';
import type { Deadline } from '../process/kind.ts';
import type { VendorReturnState } from './state.ts';

/** What a vendor return says to the returns of its items now. */
export const effects = (state: VendorReturnState): readonly Telling[] =>
  state.status === 'initial' || state.status === 'closed' ? [] : tellings(state.items, 'return_to_vendor', 'vendor');

/** What each side's time is called, by where the vendor return is. */
const named = {
  requested: 'authorization',
  authorized: 'shipment',
  shipped: 'credit',
  disputed: 'dispute',
} as const;

/** The one time that a vendor return waits for by the clock. */
export function deadlines(state: VendorReturnState): readonly Due[] {
  if (state.status === 'initial' || state.status === 'ending' || state.status === 'closed') return [];
  return state.dueAt === null ? [] : [{ deadline: named[state.status], at: state.dueAt }];
}

export type Due = Deadline & { readonly deadline: (typeof named)[keyof typeof named] };
