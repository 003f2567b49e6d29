import type { ItemEvent } from './events/items.ts';
import type { Recorded, ReturnEvent } from './events.ts';
import { itemAlone } from './evolve/items.ts';
import { evolve } from './evolve.ts';
import type { ItemState, ReturnState } from './state.ts';

/** Folds what happened into the state, as `evolve` does it event by event, in time that grows with events and items alone. */
export function fold(state: ReturnState, recorded: readonly Recorded[]): ReturnState {
  const folding = foldFrom(state);
  for (const each of recorded) folding.take(each);
  return folding.now();
}

/** One event's part in a fold. Of an event of one item, both states have that item alone, and what came of it. */
export type FoldStep = { readonly before: ReturnState; readonly after: ReturnState };

export type Folding = {
  /** The state as it is; whoever takes more afterwards must have let go of it. */
  readonly now: () => ReturnState;
  readonly take: (recorded: Recorded) => FoldStep;
};

/**
 * Folds event by event for whoever looks at the state between them. An event of one item is shown that item alone, and what
 * it makes of it goes into a copy of the items that is made once: copied for each event, hundreds of items at once would take
 * the square of their time.
 */
export function foldFrom(start: ReturnState): Folding {
  let state = start;
  let copy: Record<string, ItemState> | null = null;
  return { now: () => state, take };

  function take(recorded: Recorded): FoldStep {
    const { event } = recorded;
    if (state.phase === 'initial' || !isOfOneItem(event)) {
      const before = state;
      state = evolve(before, recorded);
      if (state.phase === 'initial' || state.items !== copy) copy = null;
      return { before, after: state };
    }
    copy ??= { ...state.items };
    const before = itemAlone({ ...state, items: copy }, event.item);
    const after = evolve(before, recorded);
    if (after.phase === 'initial') throw new Error('a return that has begun begins but once');
    // What comes of a split stands behind the others.
    if (ofOneItem[event.type] === 'splits') delete copy[event.item];
    Object.assign(copy, after.items);
    state = { ...after, items: copy };
    return { before, after };
  }
}

type OfOneItem = Exclude<ItemEvent, { type: 'parcel_received' | 'surplus_accepted' | 'item_handed_on' }>;

/** Events that look at one item and change no other: in its place, or splitting it. */
const ofOneItem = {
  item_inspected: 'splits',
  item_worked_on: 'splits',
  inspection_confirmed: 'changes',
  inspection_overdue: 'changes',
  item_disposed: 'changes',
  evidence_recorded: 'changes',
  disposition_overdue: 'changes',
  disposition_confirmed: 'changes',
  item_taken_up: 'changes',
  item_set_free: 'changes',
  recovery_recorded: 'changes',
  item_accepted: 'changes',
  item_rejected: 'changes',
} as const satisfies Record<OfOneItem['type'], 'changes' | 'splits'>;

const isOfOneItem = (event: ReturnEvent): event is OfOneItem => Object.hasOwn(ofOneItem, event.type);
