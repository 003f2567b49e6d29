import { isAllowed } from '../../goods/disposition.ts';
import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { bySku, exchangeId } from '../exchange.ts';
import { find } from '../find.ts';
import { hasEnded, isPaidFor } from '../paid-repair.ts';
import { type Answer, refuse } from '../refuse.ts';
import { isMended, isRepaired, isUnderRepair, remediesFor } from '../repair.ts';
import type { ItemState, Opened } from '../state.ts';
import { endingOf } from './beyond-repair.ts';
import { endPaidRepair } from './paid-repair.ts';

/**
 * What can't be mended, or isn't worth it, becomes what the policy offers next; and once nothing is left that may, what is
 * to be replaced is replaced together.
 */
export function whatRepairNeeds(state: Opened): readonly ReturnEvent[] {
  if (state.instrument !== 'repair') return [];
  const ended = Object.values(state.items).flatMap((item): ReturnEvent[] => {
    const isDue = isUnderRepair(state, item) && item.stage === 'inspected' && !isPaidFor(state, item);
    const why = isDue ? endingOf(state, item) : null;
    const [instead] = remediesFor(state, item);
    if (why === null || instead === undefined) return [];
    return [{ type: 'repair_ended', item: item.item, why, instead, note: null }];
  });
  return ended.length > 0 ? ended : replacementOf(state);
}

/** One replacement a return: it is asked for when all else is decided. */
function replacementOf(state: Opened): ReturnEvent[] {
  const items = Object.values(state.items);
  const goods = items.filter(
    ({ acceptance, settled, instead }) => acceptance === 'accepted' && !settled && instead === 'replacement',
  );
  const isOpen =
    Object.values(state.lines).some((line) => line.outstanding > 0 || line.reserving) ||
    items.some((item) => isAwaited(state, item));
  if (goods.length === 0 || state.exchange !== undefined || isOpen) return [];
  return [{ type: 'replacement_wanted', exchange: exchangeId, goods: bySku(goods) }];
}

/** It may still come to be replaced. */
const isAwaited = (state: Opened, item: ItemState): boolean =>
  (isUnderRepair(state, item) && !isRepaired(state, item) && !isPaidFor(state, item)) ||
  (item.acceptance === 'pending' && item.line !== null);

/**
 * A person gives goods that are to be mended another remedy, for instance as their owner can't wait. What no warranty covers
 * goes back as it is.
 */
export function endRepair(state: Opened, command: Extract<ReturnCommand, { type: 'end_repair' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (!isUnderRepair(state, item)) return refuse('not_under_repair', 'item');
  if (item.execution != null) return refuse('item_in_execution', 'item', { execution: item.execution });
  if (isPaidFor(state, item)) return withoutRepair(state, item, command);
  const offered = remediesFor(state, item);
  const { why, instead = offered[0] ?? 'original', note } = command;
  if (!offered.includes(instead)) return refuse('remedy_not_offered', 'instead', { offered: offered.join(', ') });
  return [{ type: 'repair_ended', item: item.item, why, instead, note }];
}

function withoutRepair(
  state: Opened,
  item: ItemState,
  { why, instead }: Pick<Extract<ReturnCommand, { type: 'end_repair' }>, 'why' | 'instead'>,
): Answer {
  // What is mended is done and goes home, unless a veto has come to bar that.
  const isDone = isMended(item) && (item.choice === null || isAllowed(item.choice, 'return_to_customer'));
  if (hasEnded(item) || isDone) return refuse('not_under_repair', 'item');
  if (item.paidRepair?.state === 'agreed') return refuse('repair_unpaid', 'item', { item: item.item });
  if (instead !== undefined) return refuse('remedy_not_offered', 'instead', { offered: 'nothing else' });
  return endPaidRepair(state, item, why);
}
