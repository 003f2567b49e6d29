import { isEnded } from './item.ts';
import type { ExecutionState } from './state.ts';

/** Closes once every return has answered and nobody is asked anything. */
export function close<Outcome>({
  ending,
  items,
  attention,
  disagreements,
}: Pick<ExecutionState<string, Outcome>, 'ending' | 'items' | 'attention' | 'disagreements'>): readonly {
  readonly type: 'closed';
  readonly outcome: Outcome;
}[] {
  const atRest =
    Object.values(items).every(isEnded) && Object.keys(attention).length === 0 && disagreements.length === 0;
  return ending !== null && atRest ? [{ type: 'closed', outcome: ending }] : [];
}

/** What came to nothing lets go of what it holds; what never got anything has come to nothing. */
export function letGo({ ending, items }: Pick<ExecutionState, 'ending' | 'items'>) {
  const all = Object.values(items);
  if (ending === 'refused' || ending === 'cancelled') {
    return all.flatMap(({ state, rma, item }) =>
      state === 'held' ? [{ type: 'item_let_go', rma, item } as const] : [],
    );
  }
  const gotNothing = ending === null && all.every(({ state }) => state === 'declined' || state === 'released');
  return gotNothing ? [{ type: 'cancelled', note: null } as const] : [];
}
