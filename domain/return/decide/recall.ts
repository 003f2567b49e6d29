import { isAllowed } from '../../goods/disposition.ts';
import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { raise } from '../raise.ts';
import { isLineStopped, isStopped, type RecalledGoods, withStopped } from '../recalled.ts';
import type { Answer } from '../refuse.ts';
import type { ItemState, Opened } from '../state.ts';
import { choiceFor } from './dispose.ts';
import { stockFreed } from './exchange-stock.ts';

/**
 * A recall stops goods of a return that is under way: a person is told. Which of its items an execution has, that person takes out of
 * it: they aren't here.
 */
export function stopGoods(state: Opened, { recall, goods }: Extract<ReturnCommand, { type: 'stop_goods' }>): Answer {
  if (state.phase === 'closed') return [];
  const known = find(state.recalls ?? {}, recall) ?? [];
  const news = goods.filter(
    (each) => !known.some((one) => isSame(one, each)) && hasRecalled({ ...state, recalls: { [recall]: [each] } }),
  );
  if (news.length === 0) return [];
  const all = [...known, ...news];
  const after = { ...state, recalls: { [recall]: all } };
  return [{ type: 'goods_stopped', recall, goods: all }, ...raise(state, 'goods_recalled', recall, whereOf(after))];
}

/** The recall was an error: its goods go the way that they would have gone. */
export function releaseGoods(state: Opened, { recall }: Extract<ReturnCommand, { type: 'release_goods' }>): Answer {
  if (state.phase === 'closed') return [];
  const freedStock = stockFreed(state, recall);
  if (find(state.recalls ?? {}, recall) === undefined) return freedStock;
  const { [recall]: _, ...recalls } = state.recalls ?? {};
  const after = withStopped({ ...state, recalls });
  const freed = Object.values(after.items).filter((item) => find(state.items, item.item)?.recalled !== item.recalled);
  return [{ type: 'goods_released', recall }, ...freedStock, ...freed.flatMap((item) => disposedAnew(after, item))];
}

/** What was on its way to a shelf, a buyer or a charity when its recall came, or comes back from there, waits in quarantine. */
export function whatRecallsBar(state: Opened): readonly ReturnEvent[] {
  if (state.recalls === undefined) return [];
  return Object.values(state.items).flatMap((item) =>
    item.recalled === true && !(item.choice?.vetoes ?? []).includes('recalled') ? disposedAnew(state, item) : [],
  );
}

/** An item's way by the vetoes of now; what a person chose stays where it may. */
function disposedAnew(state: Opened, item: ItemState): ReturnEvent[] {
  if (item.stage !== 'disposing' || item.execution != null || item.choice === null) return [];
  const choice = choiceFor(state, item);
  if (choice === null || choice.vetoes.join() === item.choice.vetoes.join()) return [];
  const isSent = item.chosenByPerson === true && item.choice.disposition !== 'quarantine';
  if (isSent && isAllowed(choice, item.choice.disposition)) return [];
  return [{ type: 'item_disposed', item: item.item, choice, by: null, note: null }];
}

const isSame = (one: RecalledGoods, other: RecalledGoods): boolean =>
  one.sku === other.sku && one.lot === other.lot && one.unread === other.unread;

const isHere = (item: ItemState): boolean => item.stage !== 'disposed';

/** Whether recalls have stopped something that is here or still to come. */
export const hasRecalled = (state: Opened): boolean =>
  Object.values(state.items).some((item) => isHere(item) && isStopped(state, item)) ||
  Object.values(state.lines).some((line) => line.outstanding > 0 && isLineStopped(state, line));

/** Which items a person has to see to, and in which executions they are. */
function whereOf(state: Opened): string | null {
  const items = Object.values(state.items).filter((item) => isHere(item) && isStopped(state, item));
  const named = items.map(({ item, execution }) => (execution == null ? item : `${item} in ${execution}`));
  return named.length === 0 ? null : [...named.slice(0, 20), ...(named.length > 20 ? ['…'] : [])].join(', ');
}
