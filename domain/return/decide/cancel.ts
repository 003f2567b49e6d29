import type { ReturnEvent } from '../events.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';

/**
 * Cancels what has not arrived yet. Before goods are received that is the whole return; after it only the outstanding
 * quantity. What was bought for it (label, pickup) is given back by the collection rules; a line that an override was
 * about to let in again is let go with the rest.
 */
export function cancel(state: Opened, note: string | null): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const events = release(state, 'cancelled');
  if (events.length === 0) return refuse('nothing_outstanding');
  return [{ type: 'cancelled', note }, ...events];
}

/** Gives back every outstanding unit of the return, for others to take. */
export function release(state: Opened, why: 'cancelled' | 'expired'): ReturnEvent[] {
  return Object.values(state.lines)
    .filter((line) => line.outstanding > 0 || (line.reserving && why === 'cancelled'))
    .map(({ line, outstanding, units }) => ({ type: 'units_released', line, quantity: outstanding, units, why }));
}
