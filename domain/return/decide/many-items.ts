import type { Instant } from '../../time/duration.ts';
import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { foldFrom } from '../fold.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';
import { confirmDisposition } from './dispose.ts';
import { inspect } from './inspect.ts';

/** Grades many items as one decision: what follows, the settlement first of all, follows once for all of them. */
export const inspectItems = (
  state: Opened,
  { items }: Extract<ReturnCommand, { type: 'inspect_items' }>,
  at: Instant,
  by: string,
): Answer => each(state, items, at, by, (now, item) => inspect(now, { type: 'inspect', ...item }, by));

/** Confirms that many items went their way. */
export const confirmItems = (
  state: Opened,
  { items, evidence }: Extract<ReturnCommand, { type: 'confirm_items' }>,
  at: Instant,
  by: string,
): Answer =>
  each(state, items, at, by, (now, item) =>
    confirmDisposition(now, { type: 'confirm_disposition', item, evidence }, at),
  );

/** One after the other, each on what the ones before it left; the first that is refused refuses them all. */
function each<Item>(
  state: Opened,
  items: readonly Item[],
  at: Instant,
  by: string,
  decide: (now: Opened, item: Item) => Answer,
): Answer {
  if (items.length === 0) return refuse('unknown_item', 'items');
  const events: ReturnEvent[] = [];
  const folding = foldFrom(state);
  for (const item of items) {
    const answer = decide(folding.now() as Opened, item);
    if ('refusal' in answer) return answer;
    events.push(...answer);
    for (const event of answer) folding.take({ at, by, event });
  }
  return events;
}
