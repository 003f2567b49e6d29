import { going, isEnded } from '../../execution/item.ts';
import type { VendorReturnEvent } from '../events.ts';
import { hasShipped, type Opened, owed } from '../state.ts';

/** A vendor return that came to nothing lets go of what it holds; one that never got anything has come to nothing. */
export function letGo(state: Opened): readonly VendorReturnEvent[] {
  const items = Object.values(state.items);
  if (state.ending === 'refused' || state.ending === 'cancelled') {
    return items.flatMap(({ state: s, rma, item }) =>
      s === 'held' ? [{ type: 'item_let_go', rma, item } as const] : [],
    );
  }
  const gotNothing = state.ending === null && items.every(({ state: s }) => s === 'declined' || s === 'released');
  return gotNothing ? [{ type: 'cancelled', note: null }] : [];
}

/** Once the vendor owes nothing more, each return hears what came back for its goods and that they went their way. */
export function endWithVendor(state: Opened): readonly VendorReturnEvent[] {
  if (!hasShipped(state) || owed(state) > 0) return [];
  return going(state.items).map(({ rma, item }) => ({ type: 'item_ending', rma, item }));
}

/** Closes once every return has answered and nobody is asked anything. */
export function close(state: Opened): readonly VendorReturnEvent[] {
  const { ending, items, attention, disagreements } = state;
  const atRest =
    Object.values(items).every(isEnded) && Object.keys(attention).length === 0 && disagreements.length === 0;
  return ending !== null && atRest ? [{ type: 'closed', outcome: ending }] : [];
}
