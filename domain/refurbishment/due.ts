import { type Telling, tellings } from '../execution/telling.ts';
import type { Deadline } from '../process/kind.ts';
import { after, type Instant } from '../time/duration.ts';
import type { Opened, RefurbishmentState } from './state.ts';

/** What a refurbishment says to the returns of its items now. */
export const effects = (state: RefurbishmentState): readonly Telling[] =>
  state.phase === 'initial' || state.phase === 'closed' ? [] : tellings(state.items, state.disposition, null);

type Late = 'finish' | 'parts' | 'hold' | 'decision';
export type Due = Deadline & { readonly deadline: Late };

/** The one time that a refurbishment waits for by the clock: that of what it stands still for, else its end. */
export function deadlines(state: RefurbishmentState): readonly Due[] {
  if (state.phase !== 'in_work') return [];
  const [deadline, at] = waitsFor(state);
  return at === null ? [] : [{ deadline, at }];
}

function waitsFor({ hold, overBudgetSince, awaiting, finishBy, terms }: Opened): readonly [Late, Instant | null] {
  if (hold !== null) return ['hold', hold.until];
  if (overBudgetSince !== null) return ['decision', after(overBudgetSince, terms.decideWithin)];
  return awaiting === null ? ['finish', finishBy] : ['parts', awaiting.until];
}
