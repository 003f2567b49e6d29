import { isAllowed } from '../../goods/disposition.ts';
import { awaitsSecond } from '../agreement.ts';
import type { RepairEnding } from '../events/repair.ts';
import { isMended } from '../repair.ts';
import type { ItemState, Opened } from '../state.ts';
import { choiceFor } from './dispose.ts';

/** Why an item can't be mended after all, by what is known of it; null where it may be. */
export function endingOf(state: Opened, item: ItemState): RepairEnding | null {
  if (awaitsSecond(state, item)) return null;
  if (item.work?.outcome === 'beyond_repair') return 'not_repairable';
  if (item.work?.outcome === 'given_up') return 'too_costly';
  const choice = choiceFor(state, item);
  return choice === null || isMended(item) || isAllowed(choice, 'repair_and_return') ? null : 'not_repairable';
}
